"""draft: from a recording to a flow, its selectors and its bot."""

from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.exits import Exit
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.flow.drafting.crops import Crops
from bilagsbot.flow.drafting.draft import Draft, Existing, draft_desktop
from bilagsbot.flow.drafting.draft import draft as make
from bilagsbot.flow.drafting.yamltext import CHECK
from bilagsbot.flow.folders import wrong_name
from bilagsbot.flow.load import load_selectors
from bilagsbot.flow.recordings import read_recording, recording_folder
from bilagsbot.flow.sample import SampleRows, beside, read_sample
from bilagsbot.model.errors import BadInput, Mistake, writable
from bilagsbot.model.recording import Head, Recording
from bilagsbot.run.bot import load_job


def draft(
    recording: Annotated[str, typer.Argument(help="The recording: recordings/RECORDING.")],
    sample: Annotated[Path | None, typer.Option(help="The workbook that was keyed from; default: as recorded.")] = None,
    row: Annotated[list[int] | None, typer.Option(min=1, help="The row that was keyed; repeat it for each.")] = None,
    sheet: Annotated[str, typer.Option(help="The workbook's sheet; default: the first.")] = "",
    header_row: Annotated[int, typer.Option(min=1, help="The row of the column headers.")] = 1,
    app: Annotated[str, typer.Option(help="The application: selectors/APP.yaml; default: the recording's name.")] = "",
    name: Annotated[str, typer.Option(help="The flow's and the bot's name; default: the recording's.")] = "",
    workspace: Workspace = None,
) -> None:
    """Writes flows/NAME.yaml, selectors/APP.yaml and bots/NAME.yaml; selectors that are there are used again."""
    folder = find_workspace(workspace)
    place = recording_folder(folder, recording)
    recorded = read_recording(place)
    head = _with_sample(recorded.head, folder, sample, row, sheet, header_row)
    recorded = recorded.model_copy(update={"head": head})
    name, app = name or head.recording, app or head.recording.replace("/", "-")
    bot = name.replace("/", "-")
    _refuse_taken(folder, name, bot, app)
    rows = read_sample(folder, head.sample) if head.sample else None
    existing = None
    if (file := folder / "selectors" / f"{app}.yaml").exists():
        existing = Existing(file.read_bytes().decode(), load_selectors(folder, app))
    if existing and existing.selectors.driver != head.driver:
        raise BadInput([Mistake(f"selectors/{app}.yaml", f"it is for a program of driver: {existing.selectors.driver}, "
                                f"the recording of driver: {head.driver}.", "Take another --app.")])  # fmt: skip
    crops = Crops(place / "crops", folder / "selectors" / app)
    made = _drafted(recorded, place, name, app, rows, crops, existing)
    _write(folder, name, bot, app, made)
    crops.copy(made.pictures)
    _tell(folder, name, bot, app, made)


def _drafted(
    recorded: Recording, place: Path, name: str, app: str, rows: SampleRows | None, crops: Crops,
    existing: Existing | None,
) -> Draft:  # fmt: skip
    if recorded.head.driver == "desktop":
        return draft_desktop(recorded, name, app, rows, crops, existing)
    if not any(action.page for action in recorded.actions):
        return make(recorded, name, app, rows, None, existing)
    from bilagsbot.drivers.web.recorded import RecordedPages

    with RecordedPages(place) as pages:
        return make(recorded, name, app, rows, pages.hits, existing)


def _with_sample(
    head: Head, folder: Path, workbook: Path | None, rows: list[int] | None, sheet: str, header_row: int
) -> Head:
    if workbook is None and not rows:
        return head
    if workbook is not None:
        return head.model_copy(update={"sample": beside(folder, workbook, sheet, header_row, rows or ())})
    if head.sample is None:
        raise BadInput([Mistake("--row", "the recording names no workbook.", "Write --sample WORKBOOK.")])
    return head.model_copy(update={"sample": head.sample.model_copy(update={"rows": tuple(rows or ())})})


def _refuse_taken(folder: Path, name: str, bot: str, app: str) -> None:
    mistakes = [
        Mistake(f"--{option}", f"{word!r} is no name.", "Use letters, digits, '-' and '/' only.")
        for option, word in (("name", name), ("app", app)) if wrong_name(word)
    ]  # fmt: skip
    for file in (f"flows/{name}.yaml", f"flows/{name}.py", f"bots/{bot}.yaml"):
        if not mistakes and (folder / file).exists():
            mistakes.append(Mistake(file, "there is one already.", "Take another --name, or remove it."))
    if mistakes:
        raise BadInput(mistakes)


def _write(folder: Path, name: str, bot: str, app: str, made: Draft) -> None:
    if made.selectors is None:
        raise BadInput([Mistake(f"selectors/{app}.yaml", "its 'targets' are written in braces or are not there.",
                                "Write them as a block, one a line, and draft again.")])  # fmt: skip
    texts = (
        (f"selectors/{app}.yaml", made.selectors),
        (f"flows/{name}.yaml", made.flow),
        (f"bots/{bot}.yaml", made.bot),
    )
    for file, text in texts:
        with writable(file):
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(text.encode())


def _tell(folder: Path, name: str, bot: str, app: str, made: Draft) -> None:
    print(f"flows/{name}.yaml, bots/{bot}.yaml and selectors/{app}.yaml are drafted: {len(made.new)} new targets, "
          f"{len(made.reused)} used again.")  # fmt: skip
    for file, text in ((f"flows/{name}.yaml", made.flow), (f"bots/{bot}.yaml", made.bot),
                       (f"selectors/{app}.yaml", made.selectors or "")):  # fmt: skip
        for number, line in enumerate(text.splitlines(), 1):
            if CHECK in line:
                print(f"{file}:{number}: {line.partition(CHECK)[2]}")
    try:
        load_job(folder, bot)
    except BadInput as bad:
        print("The draft is not whole yet:")
        for mistake in bad.mistakes:
            print(mistake)
        raise typer.Exit(Exit.SOME_LEFT) from None
    print(f"Next: bilagsbot check {bot}, bilagsbot show {name}, bilagsbot rehearse {bot}")
