"""settle: a person resolves an unknown item; who and why is recorded."""

import getpass
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.receipt import State
from bilagsbot.run.launch import open_store
from bilagsbot.run.ledger import Ledger


def settle(
    item: Annotated[str, typer.Argument(help="The item's id, as `bilagsbot items --state unknown` shows it.")],
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
    store = open_store(find_workspace(workspace))
    try:
        ledger = Ledger(store)
        found = ledger.entries(id_=item)
        if not found:
            near = suggest(item, (entry.id for entry in ledger.entries(state=State.UNKNOWN)))
            raise BadInput([Mistake("settle", f"the ledger has no item '{item}'.", near)])
        state = State.READY if not_posted else State.POSTED
        if not ledger.settle(item, state, receipt, getpass.getuser(), why):
            raise BadInput(
                [Mistake("settle", f"item {item} is {found[0].state}, not unknown; there is nothing to settle.")]
            )
    finally:
        store.close()
    print(f"{' / '.join(found[0].key.values())} is {'ready to be keyed again' if not_posted else 'posted'}.")


def _field(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign and value):
        raise BadInput([Mistake("--posted", f"'{text}' is no FIELD=VALUE.", "Write for example transaction_id=10432")])
    return name, value
