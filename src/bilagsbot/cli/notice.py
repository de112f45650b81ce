"""notice: keep an address that bots' notices go to in this machine's keyring, and try it."""

import getpass
import sys
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace, open_log
from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake
from bilagsbot.run.addresses import Address, keep_address, load_address, notice_variable
from bilagsbot.run.notices import open_address, send_test
from bilagsbot.run.notify import address_name
from bilagsbot.run.secrets import Redactor


def notice(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The address's name, as `notify` of a bot says it.")],
    test: Annotated[bool, typer.Option("--test", help="Only send a test notice to the address kept.")] = False,
    workspace: Workspace = None,
) -> None:
    """Asks for the address, which is never a part of the command line; keeps it, and sends a test notice."""
    folder = find_workspace(workspace)
    try:
        address_name(name)
    except ValueError as error:
        raise BadInput([Mistake("notice", f"{error}.")]) from None
    redact = Redactor()
    open_log(folder, redact, quiet=False)
    address = load_address(name) if test else _asked(name)
    open_address(address, folder, redact)
    if not test:
        keep_address(address)
        print(f"The address {name} is kept in this machine's keyring.")
    if not send_test(address, folder, redact):
        raise BilagsbotError(f"The test notice to {name} was not taken: nobody answered there, or it was refused.")
    print(f"A test notice went to {name}.")


def _asked(name: str) -> Address:
    if not sys.stdin.isatty():
        raise BadInput([Mistake("notice", "nobody is at the keyboard to type the address.",
                                f"Run it in a terminal, or set {notice_variable(name)}.")])  # fmt: skip
    url = getpass.getpass("Address (it is not shown): ").strip()
    if not url:
        raise BadInput([Mistake("notice", "the address is empty.")])
    return Address(name, url)
