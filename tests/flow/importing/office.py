"""A workspace into which foreign recordings are imported."""

import json
import subprocess
from pathlib import Path
from typing import Any

from bilagsbot.flow.recordings import read_recording
from bilagsbot.model.recording import Recording
from tests.workspaces import PROGRAM

FILES = Path(__file__).parent / "files"


class Office:
    """`bilagsbot import` in a workspace of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bots").mkdir(parents=True)

    def __call__(self, file: Path | str, *words: str, code: int = 0) -> str:
        """What the command printed; it must end with `code` and never with a traceback."""
        done = subprocess.run(
            [PROGRAM, "import", str(file), *words], cwd=self.folder, capture_output=True, text=True,
            encoding="utf-8", timeout=120,
        )  # fmt: skip
        said = done.stdout + done.stderr
        assert done.returncode == code, said
        assert "Traceback" not in said
        assert "Internal error" not in said
        return said

    def recording(self, name: str) -> Recording:
        """A recording, read as every command reads it."""
        return read_recording(self.folder / "recordings" / name)

    def of(self, name: str, content: object) -> list[dict[str, Any]]:
        """The actions that a file with this content gives, without their numbers."""
        file = self.folder / name
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        self(file, "--name", "it")
        return [one.model_dump(exclude_defaults=True, exclude={"n", "source"}) for one in self.recording("it").actions]
