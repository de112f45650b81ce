"""runs: what workers have run, run and will run, and a person's word on it."""

import getpass
import secrets
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.console import table_console
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.run.launch import open_store
from bilagsbot.run.store import Store
from bilagsbot.run.unattended import questions
from bilagsbot.run.unattended.run import Run, Wish
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.starting import start

ACTIONS = ("list", "start", "pause", "resume", "cancel", "answer")
SHOWN = 20


def runs(
    action: Annotated[
        str,
        typer.Argument(metavar="ACTION", help="`list`, `start` BOT, `pause`, `resume` or `cancel` RUN, `answer` Q."),
    ] = "list",
    what: Annotated[str, typer.Argument(metavar="WHAT", help="The bot, the run's id, or the question's.")] = "",
    input_: Annotated[Path | None, typer.Option("--input", help="`start`: another workbook than the bot's.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="`list`: all of them, as JSON lines.")] = False,
    workspace: Workspace = None,
) -> None:
    """Unattended runs. What is asked for here is heeded by the workers, on whichever machine they are."""
    if action not in ACTIONS:
        raise BadInput([Mistake("runs", f"there is no action '{action}'.", suggest(action, ACTIONS))])
    if action != "list" and not what:
        raise BadInput(
            [Mistake("runs", f"{action} what?", "Write its name or id after it; 'bilagsbot runs' has them.")]
        )
    folder = find_workspace(workspace)
    store = open_store(folder)
    try:
        if action == "list":
            _list(store, json_)
        elif action == "start":
            _start(folder, store, what, input_)
        elif action == "answer":
            _answer(store, what)
        else:
            _ask(Runs(store), action, what)
    finally:
        store.close()


def _start(folder: Path, store: Store, bot: str, workbook: Path | None) -> None:
    trigger = f"person {bot} {secrets.token_hex(6)}"
    id_ = start(folder, store, bot, "person", trigger, getpass.getuser(), workbook.resolve() if workbook else None)
    print(f"Queued as run {id_}. A worker keys it; 'bilagsbot status' shows how it stands.")


def _ask(kept: Runs, action: str, id_: str) -> None:
    run = kept.get(id_)
    if run is None:
        raise BadInput([Mistake(f"run {id_}", "there is no such run.", suggest(id_, (r.id for r in kept.find())))])
    if action == "resume":
        if not kept.go_on(id_):
            raise BadInput([Mistake(f"run {id_}", f"it is {run.state} and cannot be resumed.")])
        print("Queued again.")
    elif kept.wish(id_, Wish(action)):
        print("The workers end it when the item in hand is done or backed out of.")
    else:
        raise BadInput([Mistake(f"run {id_}", f"it is {run.state}; there is nothing to {action}.")])


def _answer(store: Store, id_: str) -> None:
    if not questions.answer(store, id_, getpass.getuser()):
        known = [question.id for question in questions.open_questions(store)]
        raise BadInput([Mistake(f"question {id_}", "nobody waits for this answer (any more).", suggest(id_, known))])
    print("The session goes on.")


def _list(store: Store, json_: bool) -> None:
    found, asked = Runs(store).find(), questions.open_questions(store)
    if json_:
        for run in found:
            print(as_json(vars(run) | {"questions": [vars(q) for q in asked if q.run == run.id]}))
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Run", "State", "Bot", "Started by", "Workbook", "Items", "Changed", "Message"):
        table.add_column(heading, no_wrap=heading in ("Run", "State"), overflow="fold")
    for run in found[-SHOWN:]:
        table.add_row(*(cell.replace("[", r"\[") for cell in _cells(run)))
    console = table_console()
    console.print(table if found else "No unattended runs.")
    for question in asked:
        who = f"Question {question.id} of {question.run}, login {question.login}"
        console.print(f"{who}: {question.message}", markup=False)
        console.print(f"When it is done: bilagsbot runs answer {question.id}", markup=False)


def _cells(run: Run) -> tuple[str, ...]:
    counts = ", ".join(f"{n} {state}" for state, n in sorted(run.counts.items()))
    changed = datetime.fromtimestamp(run.changed_at).strftime("%d.%m.%Y %H:%M")
    asked = f"{run.state}, {run.wish} asked" if run.wish else str(run.state)
    return run.id, asked, run.bot, f"{run.cause} {run.started_by}", run.workbook, counts, changed, run.message
