"""import: a recording of another program as one of ours."""

from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.flow.importing.formats import Format, read_foreign
from bilagsbot.flow.importing.written import default_name, write
from bilagsbot.flow.recordings import new_recording
from bilagsbot.model.errors import BadInput, Mistake


def import_(
    file: Annotated[Path, typer.Argument(help="Of codegen (JSON lines), Chrome's Recorder (JSON) or Selenium IDE.")],
    name: Annotated[str, typer.Option(help="The recording's name; default: the file's.")] = "",
    format_: Annotated[
        Format | None, typer.Option("--format", help="What FILE is; default: what it looks like.")
    ] = None,
    test: Annotated[str, typer.Option(help="Which test of a Selenium IDE project that has several.")] = "",
    workspace: Workspace = None,
) -> None:
    """Writes recordings/NAME. What has no counterpart is listed with its line; passwords are written nowhere."""
    folder = find_workspace(workspace)
    wrong = _wrong_name(folder, name) if name else []
    try:
        kind, part, out = read_foreign(file, format_, test)
    except BadInput as bad:
        raise BadInput([*bad.mistakes, *wrong]) from None
    if wrong:
        raise BadInput(wrong)
    name = name or default_name(file, part)
    write(folder, name, kind, out)
    passed = ", ".join(f"{what} {count}" for what, count in out.passed.most_common())
    print(
        f"{out.commands} commands ({kind}): {out.mapped} mapped, {out.passed.total()} passed over"
        f"{f' ({passed})' if passed else ''}, {out.left} not mapped."
    )
    for note in out.notes:
        print(f"  {note}")
    if lines := out.shaky:
        print(f"Found by positions or made-up ids only, which change with the screen: line {', '.join(lines)}.")
    print(f"{len(out.actions)} actions in recordings/{name}. Next: bilagsbot draft {name}")


def _wrong_name(folder: Path, name: str) -> list[Mistake]:
    try:
        new_recording(folder, name)
    except BadInput as bad:
        return list(bad.mistakes)
    return []
