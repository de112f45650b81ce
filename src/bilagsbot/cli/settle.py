"""settle: a person resolves an unknown item; who and why is recorded."""

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, BadValue, Mistake, suggest
from bilagsbot.model.receipt import State
from bilagsbot.run.bot import load_job
from bilagsbot.run.entry import Entry
from bilagsbot.run.launch import open_store
from bilagsbot.run.ledger import Ledger


def settle(
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help="The item's id, as `bilagsbot items --state unknown` shows it.")
    ],
    posted: Annotated[
        list[str] | None, typer.Option("--posted", help="It was posted: FIELD=VALUE of the receipt; may be repeated.")
    ] = None,
    not_posted: Annotated[
        bool, typer.Option("--not-posted", help="It was not posted, and may be keyed again.")
    ] = False,
    why: Annotated[str, typer.Option(help="How you know.")] = "looked in the program",
    workspace: Workspace = None,
) -> None:
    """Only an unknown item can be settled; look in the program first."""
    if bool(posted) == not_posted:
        raise BadInput([Mistake("settle", "say one of --posted FIELD=VALUE and --not-posted.",
                                "Example: --posted transaction_id=10432")])  # fmt: skip
    receipt = dict(_field(text) for text in posted or [])
    folder = find_workspace(workspace)
    store = open_store(folder)
    try:
        ledger = Ledger(store)
        found = ledger.entries(id_=item)
        if not found:
            near = suggest(item, (entry.id for entry in ledger.entries(state=State.UNKNOWN)))
            near = near or "Look with: bilagsbot items --state unknown"
            raise BadInput([Mistake("settle", f"the ledger has no item '{item}'.", near)])
        if posted:
            _fits(folder, found[0], receipt)
        state = State.READY if not_posted else State.POSTED
        if not ledger.settle(item, state, receipt, getpass.getuser(), why):
            raise BadInput(
                [Mistake("settle", f"item {item} is {found[0].state}, not unknown; there is nothing to settle.")]
            )
    finally:
        store.close()
    print(f"{' / '.join(found[0].key.values())} is {'ready to be keyed again' if not_posted else 'posted'}.")


def _fits(folder: Path, entry: Entry, receipt: Mapping[str, str]) -> None:
    """Raise BadInput unless the receipt has the fields, of the types, that the item's flow asks for."""
    fields = load_job(folder, entry.bot).flow.receipt
    mistakes = [Mistake("--posted", f"the flow's receipt has no '{name}'.", suggest(name, fields))
                for name in receipt if name not in fields]  # fmt: skip
    for name, field in fields.items():
        if name not in receipt:
            mistakes.append(Mistake("--posted", f"'{name}' is missing.", f"Add --posted {name}=VALUE."))
            continue
        try:
            field.type.parse(receipt[name])
        except BadValue as bad:
            mistakes.append(Mistake(f"--posted {name}", bad.what, bad.instead))
    if mistakes:
        raise BadInput(mistakes)


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise BadInput([Mistake("--posted", f"'{text}' is no FIELD=VALUE.", "Write for example transaction_id=10432")])
    return name, value
