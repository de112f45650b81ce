"""status: whether unattended runs are well, for a person and for monitoring."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bilagsbot.cli.console import table_console
from bilagsbot.cli.exits import Exit
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from rich.table import Table

    from bilagsbot.run.unattended.health import Health


def status(
    json_: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    workspace: Workspace = None,
) -> None:
    """What a person has to see to comes first; then workers, runs, items, logins in use and the next starts.

    Exit code 0: all is well. 1: a person has to see to something. 4: the ledger is out of reach, or runs are due and
    no worker is alive.
    """
    from bilagsbot.run.launch import open_store
    from bilagsbot.run.unattended.health import read_health
    from bilagsbot.run.unattended.orders import next_starts

    folder = find_workspace(workspace)
    store = open_store(folder)
    try:
        health = read_health(store, store.time(), next_starts(folder, store, datetime.now(UTC)))
    finally:
        store.close()
    problems = health.problems()
    if json_:
        print(as_json({"well": not problems, "problems": problems, **asdict(health, dict_factory=_plain)}))
    else:
        _show(health, problems)
    if problems:
        raise typer.Exit(Exit.UNREACHABLE if health.stranded else Exit.SOME_LEFT)


def _plain(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    """A dataclass's fields with times as ISO 8601, as `items --json` writes them."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in pairs}


def _show(health: "Health", problems: list[str]) -> None:

    console = table_console()
    for problem in problems:
        console.print(f"! {problem}", markup=False, highlight=False, soft_wrap=True)
    if not problems:
        console.print("All is well.")
    for table in _tables(health):
        if table.row_count:
            console.print(table)


def _tables(health: "Health") -> "Iterator[Table]":
    from bilagsbot.run.unattended.vitals import clock, in_its_zone

    workers = (
        (w.executor, w.host, "alive" if w.alive else "gone", str(w.sessions), ", ".join(w.labels), clock(w.at))
        for w in health.workers
    )
    yield _table("Workers", ("Worker", "Host", "State", "At a time", "Labels", "Last beat"), workers)
    runs = ((r.id, r.bot, r.state, _counts(r.counts.items()), clock(r.created_at), clock(r.changed_at), r.message)
            for r in health.runs)  # fmt: skip
    yield _table("Runs", ("Run", "Bot", "State", "Items", "Created", "Changed", "Message"), runs)
    sessions = (
        (run.id, s.login, s.state, s.executor, "" if s.code is None else str(s.code), s.message)
        for run in health.runs
        for s in run.sessions
    )
    yield _table("Sessions", ("Run", "Login", "State", "Worker", "Code", "Message"), sessions)
    yield _table("Items", ("State", "Items"), ((state, str(count)) for state, count in sorted(health.items.items())))
    oldest = (
        (kind, item.id, item.bot, clock(item.since))
        for kind, item in (("unknown", health.oldest_unknown), ("waiting", health.oldest_waiting))
        if item
    )
    yield _table("Oldest items", ("State", "Item", "Bot", "Since"), oldest)
    logins = ((use.login, use.owner, clock(use.since)) for use in health.logins)
    yield _table("Logins in use", ("Login", "By", "Since"), logins)
    yield _table("Next starts", ("Bot", "At"), ((start.bot, in_its_zone(start.at)) for start in health.starts))


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for heading in headings:
        # Ids and times are copied from here, so they are not broken.
        table.add_column(heading, no_wrap=heading not in ("Message", "Labels", "Items"), overflow="fold")
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    return table


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {state}" for state, count in sorted(counts))
