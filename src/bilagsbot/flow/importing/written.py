"""Write an imported recording into the workspace."""

import re
from pathlib import Path

from bilagsbot.drivers.notebook import Notebook
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.recordings import new_recording
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.recording import Head


def default_name(file: Path, part: str) -> str:
    """A recording's name from the file's, or from that of the part that was imported. Raises BadInput."""
    for text in (part, file.stem):
        if name := re.sub(r"[^\w.]+", "-", text).strip("-.").lower():
            return name[:100]
    raise BadInput([Mistake(str(file), "no name can be made of the file's.", "Write --name NAME.")])


def write(workspace: Path, name: str, kind: str, out: Outcome) -> None:
    """recordings/NAME. Raises BadInput where the name is taken, Unwritable where there is no room."""
    url = next((action.url for action in out.actions if action.action == "open"), "")
    notebook = Notebook(new_recording(workspace, name), Head(recording=name, url=url, imported=kind))
    for action in out.actions:
        notebook.add(**action.model_dump(exclude_defaults=True, exclude={"n"}))
    notebook.close()
