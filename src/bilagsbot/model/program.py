"""ProgramSpec: which desktop program a bot drives, and how it is started."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class ProgramSpec(BaseModel):
    """A desktop program as the bot's file describes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: str = Field(
        min_length=1, description="The program's name, or its file: a full path, or one that begins in the workspace."
    )
    arguments: tuple[str, ...] = Field((), description="What follows the program's name, a list entry a word.")
    file: str = Field(
        "", description="The books to open, from the workspace on: its last argument, and `target.file` in flows."
    )
    leaves: tuple[str, ...] = Field(
        (), description="Files that it leaves behind when it is killed, such as a lock, from the workspace on: removed "
        "before it is started, when no other program has the books open."
    )  # fmt: skip
    folder: str = Field("", description="The folder it works in, from the workspace on; default: the workspace.")
    environment: Mapping[str, str] = Field(
        {}, description="Environment variables to add. They are no place for secrets."
    )
    adopt: bool = Field(False, description="Use the one that already runs, and leave it running.")
    display: Literal["screen", "virtual"] = Field(
        "screen", description="`virtual` is a screen of the run's own that nobody sees; Linux only."
    )

    @model_validator(mode="after")
    def _nothing_runs_on_a_new_screen(self) -> Self:
        if self.adopt and self.display == "virtual":
            raise ValueError("'adopt' does not go with 'display: virtual': nothing runs on that screen yet; drop one")
        return self
