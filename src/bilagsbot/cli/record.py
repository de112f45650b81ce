"""record: a person does the job once, and it is written down."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.flow.recordings import new_recording
from bilagsbot.flow.sample import as_read, read_sample
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.recording import Head, Sample
from bilagsbot.run.secrets import Redactor
from bilagsbot.sinks.words import Language

HOW = "Do the job as usual, with the bar's help. 'Ferdig' ends the recording, and so does closing the window."


def record(
    name: Annotated[str, typer.Argument(help="The recording's name: recordings/NAME.")],
    url: Annotated[str, typer.Option(help="Where the web program answers.")] = "",
    sample: Annotated[Path | None, typer.Option(help="The workbook that you key from.")] = None,
    row: Annotated[list[int] | None, typer.Option(min=1, help="The row that you key; repeat it for each.")] = None,
    sheet: Annotated[str, typer.Option(help="The workbook's sheet; default: the first.")] = "",
    header_row: Annotated[int, typer.Option(min=1, help="The row of the column headers.")] = 1,
    attach: Annotated[str, typer.Option(metavar="CDP", help="A browser that is open, e.g. http://127.0.0.1:9222")] = "",
    language: Annotated[Language, typer.Option("--language", "-l", help="The bar's: `nb` or `en`.")] = "nb",
    workspace: Workspace = None,
) -> None:
    """Opens a browser with a bar in the page. Passwords, and what you mark as secret, are written nowhere."""
    folder = find_workspace(workspace)
    redact = Redactor()
    open_log(folder, redact, quiet=False)
    if not url and not attach:
        raise BadInput([Mistake("--url", "it is not said what to record.", "Write --url http://…, or --attach.")])
    beside = _sample(folder, sample, row or [], sheet, header_row)
    rows = read_sample(folder, beside) if beside else None
    shown = [(header, as_read(rows.keyed[0][header])) for header in rows.headers] if rows else []
    notebook = Notebook(new_recording(folder, name), Head(recording=name, url=url, sample=beside), redact)

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
    print(f"{len(notebook.actions)} actions in recordings/{name}. Next: bilagsbot draft {name}")


def _sample(folder: Path, workbook: Path | None, rows: list[int], sheet: str, header_row: int) -> Sample | None:
    if workbook is None:
        if rows:
            raise BadInput([Mistake("--row", "there is no workbook that it is a row of.", "Write --sample WORKBOOK.")])
        return None
    whole = workbook.resolve()
    inside = whole.relative_to(folder) if whole.is_relative_to(folder) else whole
    return Sample(workbook=inside.as_posix(), sheet=sheet, header_row=header_row, rows=tuple(rows) or (header_row + 1,))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
