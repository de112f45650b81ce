"""rehearse: key every item, read back, and stop before submit."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.exits import Exit
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.stopping import ask_person, stop_on_signals
from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.flow.recordings import read_recording, recording_folder
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run import launch
from bilagsbot.run.batch import Batch
from bilagsbot.run.bot import Job, load_job
from bilagsbot.run.items import demand, read_batch
from bilagsbot.run.secrets import Redactor, load_login


def rehearse(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="The bot: bots/BOT.yaml.")],
    input_: Annotated[Path | None, typer.Option("--input", help="Another workbook than the bot's.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rehearse at most so many items.")] = None,
    headed: Annotated[
        bool, typer.Option("--headed", help="Show the browser, or the desktop program on your own screen.")
    ] = False,
    valid_only: Annotated[bool, typer.Option("--valid-only", help="Rehearse the rows without mistakes.")] = False,
    on: Annotated[
        str | None, typer.Option(metavar="RECORDING", help="Offline, on the pages of a recording, with its rows.")
    ] = None,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for a login that is in use.")] = 0,
    json_: Annotated[bool, typer.Option("--json", help="A JSON line an item, or a mistake, on stdout.")] = False,
    workspace: Workspace = None,
) -> None:
    """Posts nothing, and leaves the ledger's items as they are."""
    folder = find_workspace(workspace)
    redact = Redactor()
    open_log(folder, redact, quiet=json_)
    job = load_job(folder, bot)
    batch = read_batch(job, (input_ or job.workbook).resolve())
    demand(batch, valid_only)
    if on is not None:
        return _on_recording(job, batch, folder, on, json_)
    login = load_login(job.bot.target.login, job.logs_in)
    redact.learn(login)
    options = launch.Options(headed=headed, wait=wait, limit=limit)
    bad = done = 0
    for result in launch.rehearsal(job, batch, login, redact, options, stop_on_signals(), ask_person, _say):
        done += 1
        bad += bool(result.wrong)
        if json_:
            print(as_json({"key": result.item.key, "rows": result.item.rows, "wrong": result.wrong}), flush=True)
        else:
            print(f"{'WRONG' if result.wrong else 'well ':5}  {result.item.label}  {result.wrong}".rstrip(), flush=True)
    if not json_:
        print(f"{done} items rehearsed, {bad} went wrong. Nothing was posted.")
    if bad:
        raise typer.Exit(Exit.SOME_LEFT)


def _on_recording(job: Job, batch: Batch, folder: Path, name: str, as_lines: bool) -> None:
    """Whether the flow does on the recorded pages what the person did there."""
    from bilagsbot.run.replay import keyed_items, replay

    place = recording_folder(folder, name)
    recording = read_recording(place)
    if not any(action.page for action in recording.actions):
        raise BadInput([Mistake(f"recordings/{name}", "it has no pages to rehearse on: it was imported, or is of a "
                                "desktop program.", "Record it in the browser.")])  # fmt: skip

    def note(step: str, target: str, value: str) -> None:
        if not as_lines:
            print(f"  {step:8} {target}  {value}".rstrip(), flush=True)

    bad = False
    for result in replay(job, keyed_items(batch, recording), recording, place, note):
        bad = bad or bool(result.wrong)
        if as_lines:
            print(as_json({"key": result.item.key, "rows": result.item.rows, "wrong": result.wrong,
                           "receipt": result.receipt, "left": result.left}), flush=True)  # fmt: skip
            continue
        told = ", ".join(f"{field} {value}" for field, value in result.receipt.items())
        print(f"{'WRONG' if result.wrong else 'well ':5}  {result.item.label}  {result.wrong or told}")
        for left in result.left:
            print(f"  the recording did more: {left}")
    if bad:
        raise typer.Exit(Exit.SOME_LEFT)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
