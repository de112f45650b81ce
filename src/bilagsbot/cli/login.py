"""login: keep a user name and password in this machine's keyring."""

import getpass
import sys
from typing import Annotated

import typer

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.secrets import Login, keep_login


def login(name: Annotated[str, typer.Argument(metavar="NAME", help="The login's name, as bots say it.")]) -> None:
    """Asks for both; neither is ever a part of the command line."""
    if not sys.stdin.isatty():
        raise BadInput([Mistake("login", "nobody is at the keyboard to type the password.",
                                "Run it in a terminal, or set the environment variables.")])  # fmt: skip
    username = input("User name: ").strip()
    password = getpass.getpass("Password: ")
    if not username or not password:
        raise BadInput([Mistake("login", "the user name or the password is empty.")])
    keep_login(Login(name, username, password))
    print(f"The login {name} is kept in this machine's keyring.")
