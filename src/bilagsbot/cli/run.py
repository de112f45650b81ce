"""run: the main job."""

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.exits import Exit, Warnings, code_of
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.progress import Bar, Lines
from bilagsbot.cli.stepping import terminal
from bilagsbot.cli.stopping import ask_person, stop_on_signals
from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.model.receipt import State
from bilagsbot.run import launch
from bilagsbot.run.bot import load_job
from bilagsbot.run.items import demand, read_batch
from bilagsbot.run.runner import Outcome, Unwatched
from bilagsbot.run.secrets import Redactor, load_login
from bilagsbot.run.stepping import Stepper
from bilagsbot.sinks.text import grouped


def run(
    bot: Annotated[str, typer.Argument(metavar="BOT", help="The bot: bots/BOT.yaml.")],
    input_: Annotated[Path | None, typer.Option("--input", help="Another workbook than the bot's.")] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Key at most so many items, besides those left unknown.")
    ] = None,
    headed: Annotated[
        bool, typer.Option("--headed", help="Show the browser, or the desktop program on your own screen.")
    ] = False,
    valid_only: Annotated[bool, typer.Option("--valid-only", help="Key the rows without mistakes.")] = False,
    retry_rejected: Annotated[bool, typer.Option("--retry-rejected", help="Try rejected items again.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for a login that is in use.")] = 0,
    step: Annotated[
        bool, typer.Option("--step", help="One step at a time, with what it is about outlined on the screen.")
    ] = False,
    no_pictures: Annotated[bool, typer.Option("--no-pictures", help="Keep no pictures of the screen.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the last lines.")] = False,
    json_: Annotated[
        bool, typer.Option("--json", help="Receipts and the summary, or mistakes, as JSON lines on stdout.")
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Key the workbook; resumes by itself after a crash."""
    outcome = run_bot(
        find_workspace(workspace), bot, input_, valid_only,
        limit=limit, headed=headed, retry_rejected=retry_rejected, wait=wait, pictures=not no_pictures,
        quiet=quiet, json_=json_, step=step,
    )  # fmt: skip
    raise typer.Exit(exit_code(outcome))


def run_bot(
    folder: Path, bot: str, workbook: Path | None = None, valid_only: bool = False,
    limit: int | None = None, headed: bool = False, retry_rejected: bool = False, wait: float = 0,
    pictures: bool = True, quiet: bool = False, json_: bool = False, step: bool = False,
) -> Outcome:  # fmt: skip
    """Check, key, and tell what came of it."""
    redact = Redactor()
    open_log(folder, redact, quiet or json_)
    job = load_job(folder, bot)
    batch = read_batch(job, (workbook or job.workbook).resolve())
    demand(batch, valid_only)
    with Warnings() as warnings:
        warnings.add((*batch.warnings, *batch.mistakes))
    login = load_login(job.bot.target.login, job.logs_in)
    redact.learn(login)
    pace = Stepper(job, lambda: load_job(folder, bot), terminal()) if step else None
    options = launch.Options(headed or step, wait, limit, retry_rejected, pictures, pace)
    watcher = Lines() if json_ else Unwatched() if quiet or step else Bar()
    with watcher if isinstance(watcher, Bar) else nullcontext():
        outcome = launch.run(job, batch, login, redact, options, stop_on_signals(), ask_person, watcher, _say)
    if isinstance(watcher, Lines):
        _tell_json(outcome, watcher)
    else:
        _tell(outcome)
    return outcome


def exit_code(outcome: Outcome) -> int:
    """The exit code of a run, by the manual's table."""
    if outcome.ended_by is not None:
        return code_of(outcome.ended_by)
    return Exit.DONE if outcome.count(State.POSTED, State.SKIPPED) == len(outcome.receipts) else Exit.SOME_LEFT


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _tell(outcome: Outcome) -> None:
    """The proof, and where the files are."""
    proof = outcome.delivered.proof
    for state, tally in proof.by_state.items():
        if tally.items:
            print(f"{state:>10}  {tally.items:6} items  {tally.rows:6} rows  {grouped(tally.sum):>18} kr")
    held = "balances" if proof.balances else "DOES NOT BALANCE with the file"
    print(f"{'in file':>10}  {proof.in_file.items:6} items  {proof.in_file.rows:6} rows  "
          f"{grouped(proof.in_file.sum):>18} kr  {held}")  # fmt: skip
    for line in outcome.drift:
        print(f"drift: {line}; see bilagsbot drift")
    for receipt in outcome.receipts:
        if receipt.status is State.UNKNOWN:
            print(f"unknown: {' / '.join(receipt.key.values())}: {receipt.message} (item {receipt.item})")
    if waiting := outcome.count(State.WAITING):
        print(f"waiting: {waiting} for approval; see bilagsbot approve")
    if outcome.ended_by is not None:
        print(f"The run ended early: {outcome.ended_by}", file=sys.stderr)
    print(f"Receipts: {outcome.delivered.workbook}")
    print(f"Report:   {outcome.delivered.report}")


def _tell_json(outcome: Outcome, lines: Lines) -> None:
    """The receipts of what was not attempted (skipped, rejected earlier, not come to), and the summary."""
    for receipt in outcome.receipts:
        if receipt.item not in lines.told:
            lines.done(receipt)
    proof = outcome.delivered.proof
    counts = {state.value: {"items": t.items, "rows": t.rows, "sum": t.sum} for state, t in proof.by_state.items()}
    print(as_json({
        "run": outcome.run, "balances": proof.balances, "states": counts, "drift": outcome.drift,
        "workbook": str(outcome.delivered.workbook), "report": str(outcome.delivered.report),
        "ended_by": str(outcome.ended_by) if outcome.ended_by else None,
    }))  # fmt: skip
