"""record: a person does the job once, and it is written down."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.flow.recordings import new_recording
from bilagsbot.flow.sample import as_read, beside, read_sample
from bilagsbot.model.errors import BadInput, Mistake, Stopped
from bilagsbot.model.recording import Head, Sample
from bilagsbot.run.launch import STATE
from bilagsbot.run.secrets import Redactor
from bilagsbot.sinks.words import Language

HOW = (
    "Do the job as usual, with the bar's help. 'Ferdig', or 'Done', ends the recording, and so does closing the window."
)


def record(
    name: Annotated[str, typer.Argument(help="The recording's name: recordings/NAME.")],
    url: Annotated[str, typer.Option(help="Where the web program answers.")] = "",
    sample: Annotated[Path | None, typer.Option(help="The workbook that you key from.")] = None,
    row: Annotated[list[int] | None, typer.Option(min=1, help="The row that you key; repeat it for each.")] = None,
    sheet: Annotated[str, typer.Option(help="The workbook's sheet; default: the first.")] = "",
    header_row: Annotated[int, typer.Option(min=1, help="The row of the column headers.")] = 1,
    attach: Annotated[str, typer.Option(metavar="CDP", help="A browser that is open, e.g. http://127.0.0.1:9222")] = "",
    desktop: Annotated[
        bool, typer.Option("--desktop", help="A desktop program on X11, instead of a web page.")
    ] = False,
    program: Annotated[str, typer.Option(help="Desktop: the command that starts the program.")] = "",
    adopt: Annotated[bool, typer.Option("--adopt", help="Desktop: it is running already.")] = False,
    language: Annotated[Language, typer.Option("--language", "-l", help="The bar's: `nb` or `en`.")] = "nb",
    workspace: Workspace = None,
) -> None:
    """Opens a browser with a bar in the page. Passwords, and what you mark as secret, are written nowhere."""
    folder = find_workspace(workspace)
    redact = Redactor()
    open_log(folder, redact, quiet=False)
    _refuse(url, attach, desktop, program)
    given = _sample(folder, sample, row or [], sheet, header_row)
    rows = read_sample(folder, given) if given else None
    place = new_recording(folder, name)
    if desktop:
        return _record_desktop(place, Head(recording=name, driver="desktop", program=program, sample=given),
                               folder, redact, adopt)  # fmt: skip
    shown = [(header, as_read(rows.keyed[0][header])) for header in rows.headers] if rows else []
    notebook = Notebook(place, Head(recording=name, url=url, sample=given), redact)

    from bilagsbot.drivers.web.recorder.recorder import Recorder
    from bilagsbot.drivers.web.recorder.words import words
    from bilagsbot.drivers.web.recording import record as record_web

    _say(HOW)
    try:
        record_web(Recorder(notebook, redact.hide, words(language), shown, _say), url, attach, redact)
    except KeyboardInterrupt:  # ^C is a way to be done
        pass
    finally:
        notebook.close()
    _told(name, notebook)


def _refuse(url: str, attach: str, desktop: bool, program: str) -> None:
    """Raise BadInput where it is not said, or said twice, what to record."""
    if desktop and (url or attach):
        raise BadInput([Mistake("--desktop", "a desktop program has no --url and no --attach.", "Remove them.")])
    if desktop and not program:
        raise BadInput([Mistake("--program", "it is not said which program.", "Write --program 'homebank books.xhb'.")])
    if not desktop and not url and not attach:
        raise BadInput([Mistake("--url", "it is not said what to record.", "Write --url http://…, or --attach.")])


def _record_desktop(place: Path, head: Head, folder: Path, redact: Redactor, adopt: bool) -> None:
    from bilagsbot.drivers.desktop.recorder.start import record_desktop

    log = folder / STATE / "logs" / "record.program.log"
    notebook = record_desktop(place, head, head.program, workspace=folder, log=log, redact=redact, learn=redact.hide,
                              say=_say, adopt=adopt)  # fmt: skip
    _told(head.recording, notebook)


def _told(name: str, notebook: Notebook) -> None:
    if not notebook.actions:
        raise Stopped("Nothing was done, so nothing is recorded.")
    print(f"{len(notebook.actions)} actions in recordings/{name}. Next: bilagsbot draft {name}")


def _sample(folder: Path, workbook: Path | None, rows: list[int], sheet: str, header_row: int) -> Sample | None:
    if workbook is None:
        if rows:
            raise BadInput([Mistake("--row", "there is no workbook that it is a row of.", "Write --sample WORKBOOK.")])
        return None
    return beside(folder, workbook, sheet, header_row, rows)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
