"""approve: another person's word on what waits for it; without arguments, what waits."""

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.console import table_console
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.approvals import Approvals, Waiting
from bilagsbot.run.bot import load_job
from bilagsbot.run.launch import open_store
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.sinks.text import grouped


def approve(
    items: Annotated[
        list[str] | None, typer.Argument(metavar="ITEM...", help="Items' ids; without any, what waits is listed.")
    ] = None,
    flow: Annotated[str, typer.Option(metavar="BOT", help="Approve this bot's flow, as its files are now.")] = "",
    why: Annotated[str, typer.Option(help="What you looked at; with --refuse, what is wrong.")] = "",
    refuse: Annotated[bool, typer.Option("--refuse", help="The items become rejected.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="What waits as JSON lines.")] = False,
    workspace: Workspace = None,
) -> None:
    """Whoever started the run in which an item came to wait cannot approve it."""
    ids = list(dict.fromkeys(items or []))
    _demand(ids, flow, why.strip(), refuse, json_)
    folder = find_workspace(workspace)
    store = open_store(folder)
    try:
        approvals, person = Approvals(store), getpass.getuser()
        if flow:
            _flow(folder, approvals, flow, person, why.strip())
        elif ids:
            _items(folder, approvals, ids, person, why.strip(), refuse)
        else:
            _list(approvals.waiting(), json_)
    finally:
        store.close()


def _demand(ids: list[str], flow: str, why: str, refuse: bool, json_: bool) -> None:
    """Raise BadInput where the words do not go together."""
    mistakes = []
    if ids and flow:
        mistakes.append(Mistake("--flow", "say items or --flow, not both.", "Approve one after the other."))
    if refuse and (flow or not ids):
        mistakes.append(Mistake("--refuse", "only items can be refused.", "Write: bilagsbot approve ITEM --refuse"))
    if refuse and not why:
        mistakes.append(Mistake("--refuse", "it is not said why.", "Add --why 'the account is not the supplier's'."))
    if json_ and (ids or flow):
        mistakes.append(Mistake("--json", "it is for the list of what waits.", "Leave it out."))
    if mistakes:
        raise BadInput(mistakes)


def _items(folder: Path, approvals: Approvals, ids: list[str], person: str, why: str, refuse: bool) -> None:
    rules = {bot: load_job(folder, bot).bot.approve for bot in sorted(approvals.bots(ids))}
    if refuse:
        approvals.refuse(ids, person, why, rules.get)
        print(f"{_count(len(ids))} refused.")
        return
    ready = approvals.approve(ids, person, why, rules.get)
    print(f"{_count(len(ids))} approved. The next run keys {'it' if len(ready) == 1 else len(ready)}.")
    _go_on(approvals, ready)
    if len(ready) < len(ids):
        print(f"{_count(len(ids) - len(ready))} still waiting for the flow's approval: bilagsbot approve")


def _go_on(approvals: Approvals, ready: Sequence[str]) -> None:
    """Unattended runs that waited for no more than this go on by themselves."""
    for run in approvals.runs(ready):
        if Runs(approvals.store).go_on(run):
            print(f"The unattended run {run} goes on.")


def _flow(folder: Path, approvals: Approvals, bot: str, person: str, why: str) -> None:
    job = load_job(folder, bot)
    ready = approvals.approve_flow(bot, job.flow.version, job.bot.approve, person, why)
    print(f"Version {job.flow.version} of flow {job.bot.flow} is approved for {bot}. {_count(len(ready))} ready.")
    _go_on(approvals, ready)
    if left := sum(waiting.bot == bot for waiting in approvals.waiting()):
        print(f"{_count(left)} of this bot still waiting for approval: bilagsbot approve")


def _count(number: int) -> str:
    return "1 item is" if number == 1 else f"{number} items are"


def _list(found: list[Waiting], json_: bool) -> None:
    if json_:
        for waiting in found:
            print(as_json({**asdict(waiting), "since": _time(waiting).isoformat()}))
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Item", "Key", "Sum", "Why", "Started by", "Since", "Bot"):
        table.add_column(heading, no_wrap=heading == "Item", overflow="fold")  # ids are copied from here
    for w in found:
        since = _time(w).astimezone().strftime("%d.%m.%Y %H:%M")
        total = "" if w.sum is None else grouped(w.sum)
        cells = (w.id, " / ".join(w.key.values()), total, w.why, w.starter, since, w.bot)
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = table_console()
    console.print(table if found else "Nothing waits for approval.")


def _time(waiting: Waiting) -> datetime:
    return datetime.fromtimestamp(waiting.since, UTC)
