"""Read a recording: recordings/NAME, every mistake as file:line."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bilagsbot.flow.folders import wrong_name
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.recording import FILE, Action, Head, Recording

Model = TypeVar("Model", bound=BaseModel)


def recording_names(workspace: Path) -> list[str]:
    """The names of the workspace's recordings, sorted."""
    folder = workspace / "recordings"
    return sorted(file.parent.relative_to(folder).as_posix() for file in folder.rglob(FILE))


def recording_folder(workspace: Path, name: str) -> Path:
    """The folder of a recording: its name in recordings/, or a path to it. Raises BadInput where there is none."""
    for folder in (workspace / "recordings" / name, Path(name)):
        if (folder / FILE).is_file():
            return folder
    instead = suggest(name, recording_names(workspace)) or "Make one with 'bilagsbot record NAME --url URL'."
    raise BadInput([Mistake(f"recordings/{name}", "there is no such recording.", instead)])


def new_recording(workspace: Path, name: str) -> Path:
    """The folder of a recording that is to be made. Raises BadInput where the name is taken, or is no name."""
    folder = workspace / "recordings" / name
    if wrong_name(name):
        raise BadInput([Mistake(f"recordings/{name}", "this is no name.", "Use letters, digits, '-' and '/' only.")])
    if folder.exists():
        raise BadInput([Mistake(f"recordings/{name}", "there is one already.", "Take another name, or remove it.")])
    return folder


def read_recording(folder: Path) -> Recording:
    """A recording's head and actions. Raises BadInput with every line that is none."""
    file, mistakes = folder / FILE, list[Mistake]()
    where = f"{folder.name}/{FILE}"
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput([Mistake(where, f"it cannot be read: {error}.", "Record anew.")]) from error

    head = _parsed(Head, f"{where}:1", lines[0] if lines else "", mistakes)
    actions = [_parsed(Action, f"{where}:{i}", line, mistakes) for i, line in enumerate(lines[1:], 2) if line.strip()]
    if mistakes or head is None:
        raise BadInput(mistakes)
    return Recording(head=head, actions=tuple(action for action in actions if action is not None))


def _parsed(model: type[Model], where: str, line: str, mistakes: list[Mistake]) -> Model | None:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        for one in error.errors():
            place = ".".join(str(part) for part in one["loc"])
            what = f"{place + ': ' if place else ''}{one['msg'].rstrip('.')}."
            mistakes.append(Mistake(where, what, "Mend or remove the line, or record anew."))
        return None
