"""schedule: when bots start by themselves, paused and resumed, and the worker as a service."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.console import table_console
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.schedule_install import install
from bilagsbot.cli.schedule_next import ADD, Planned, next_starts, plan, shown
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.run.launch import open_store
from bilagsbot.run.unattended.holding import held, hold, let_go

ACTIONS = ("list", "next", "pause", "resume", "install")


def schedule(
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="`list`, `next`, `pause` BOT, `resume` BOT, or `install`.")
    ],
    bot: Annotated[
        str, typer.Argument(metavar="BOT", help="The bot; without it `next` shows all, and `list` always does.")
    ] = "",
    count: Annotated[int, typer.Option(min=1, max=1000, help="`next`: how many starts.")] = 10,
    json_: Annotated[bool, typer.Option("--json", help="`list` and `next`: JSON lines.")] = False,
    print_: Annotated[bool, typer.Option("--print", help="`install`: print what to install, and do nothing.")] = False,
    workspace: Workspace = None,
) -> None:
    """When bots start by themselves. `pause` stops new starts only; what runs goes on."""
    _check(action, bot)
    folder = find_workspace(workspace)
    if action == "install":
        install(folder, print_)
    elif action == "list":
        _list(folder, json_)
    elif action == "next":
        next_starts(folder, bot, count, json_)
    else:
        _pause(folder, bot, action == "pause")


def _check(action: str, bot: str) -> None:
    """Raise BadInput unless the action exists and has a bot where it needs one."""
    if action not in ACTIONS:
        raise BadInput([Mistake("schedule", f"there is no action '{action}'.", suggest(action, ACTIONS))])
    if action in ("pause", "resume") and not bot:
        raise BadInput([Mistake("schedule", "whose schedule?", f"Write: bilagsbot schedule {action} BOT")])
    if action in ("list", "install") and bot:
        instead = f"Write: bilagsbot schedule next {bot}" if action == "list" else "One worker runs all bots."
        raise BadInput([Mistake("schedule", f"'{action}' takes no bot.", instead)])


def _list(folder: Path, json_: bool) -> None:
    plans, mistakes = plan(folder)
    now = datetime.now(UTC)
    if json_:
        for one in plans:
            print(as_json(_line(one, now)))
    elif plans:
        _table(plans, now)
    elif not mistakes:
        print(f"No bot has a schedule. {ADD}")
    if mistakes:
        raise BadInput(mistakes)


def _line(one: Planned, now: datetime) -> dict[str, object]:
    start, slot = next(one.schedule.starts(now), None), next(one.schedule.slots(now), None)
    return {
        "bot": one.bot, "cron": one.schedule.cron, "zone": one.schedule.zone, "held_by": one.held_by,
        "held_since": one.held_since.isoformat() if one.held_since else None,
        "next": start.isoformat() if start else None,
        "passed_over": {"at": slot.at.isoformat(), "why": slot.why} if slot and slot.why else None,
    }  # fmt: skip


def _table(plans: list[Planned], now: datetime) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Bot", "Cron", "Zone", "Next start", "Passed over before", "Paused"):
        table.add_column(heading, overflow="fold")
    for one in plans:
        start, slot = next(one.schedule.starts(now), None), next(one.schedule.slots(now), None)
        passed = f"{shown(slot.at)}: {slot.why}" if slot and slot.why else ""
        paused = f"by {one.held_by}, {shown(one.held_since.astimezone())}" if one.held_since else ""
        when = shown(start) if start else "none within two years"
        cells = (one.bot, "\n".join(one.schedule.cron), one.schedule.zone, when, passed, paused)
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = table_console()
    console.print(table)


def _pause(folder: Path, bot: str, stop: bool) -> None:
    plans, mistakes = plan(folder, bot)
    if mistakes:
        raise BadInput(mistakes)
    store = open_store(folder)
    try:
        done = hold(store, bot, getpass.getuser()) if stop else let_go(store, bot)
        by, at = held(store).get(bot, ("", 0.0))
    finally:
        store.close()
    if stop:
        since = f"by {by}, {shown(datetime.fromtimestamp(at, UTC).astimezone())}"
        print(f"{bot} is paused{'' if done else f' already, {since}'}. Go on with: bilagsbot schedule resume {bot}")
        return
    start = next((at for one in plans for at in one.schedule.starts(datetime.now(UTC))), None)
    when = f"starts next {shown(start)}" if start else "does not start within two years"
    print(f"{bot} {when}." if done else f"{bot} was not paused. It {when}.")
