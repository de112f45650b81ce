"""items: the ledger, as a table or as JSON lines."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated

import typer

from bilagsbot.cli.console import table_console
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.receipt import State
from bilagsbot.run.entry import Entry
from bilagsbot.run.launch import open_store
from bilagsbot.run.ledger import Ledger
from bilagsbot.sinks.text import grouped


def items(
    bot: Annotated[str, typer.Option(help="Only this bot's items.")] = "",
    state: Annotated[str, typer.Option(help=f"Only items in this state: {', '.join(State)}.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
    workspace: Workspace = None,
) -> None:
    """What the ledger knows, the last changed last."""
    if state and state not in list(State):
        raise BadInput([Mistake("--state", f"there is no state '{state}'.", suggest(state, State))])
    store = open_store(find_workspace(workspace))
    try:
        found = Ledger(store).entries(bot, state)
    finally:
        store.close()
    if json_:
        for entry in found:
            print(as_json({**asdict(entry), "changed_at": _time(entry).isoformat()}))
    else:
        _table(found)


def _table(found: list[Entry]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Item", "State", "Key", "Sum", "Receipt", "Changed", "Bot", "Message"):
        table.add_column(heading, no_wrap=heading in ("Item", "State"), overflow="fold")  # ids are copied from here
    for e in found:
        receipt = ", ".join(f"{name} {value}" for name, value in e.receipt.items())
        total = "" if e.sum is None else grouped(e.sum)
        changed = _time(e).astimezone().strftime("%d.%m.%Y %H:%M")
        cells = (e.id, e.state, " / ".join(e.key.values()), total, receipt, changed, e.bot, e.message)
        table.add_row(*(cell.replace("[", r"\[") for cell in cells))
    console = table_console()
    console.print(table if found else "No items.")


def _time(entry: Entry) -> datetime:
    return datetime.fromtimestamp(entry.changed_at, UTC)
