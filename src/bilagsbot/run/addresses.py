"""Addresses of notices: secrets of the OS keyring or the environment, as a mail address may hold a password."""

import os
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake
from bilagsbot.run.secrets import SERVICE

FILE = "file://"
TOKEN = 12  # a shorter part of an address is a host, a user or a setting more often than a secret


@dataclass(frozen=True)
class Address:
    """Where notices go. Its repr does not show it."""

    name: str
    url: str = field(repr=False)

    def secrets(self) -> tuple[str, ...]:
        """What no text may show: all of it, its password, and tokens in it. A file's name is none."""
        if self.url.startswith(FILE):
            return ()
        rest = self.url.partition("://")[2]
        inlaid = re.match(r"([^/?]*)@", rest)
        password = inlaid[1].partition(":")[2] if inlaid else ""
        tokens = [part for part in re.split(r"[/:@?&=,]+", rest) if len(part) >= TOKEN]
        return self.url, password, unquote(password), *tokens, *map(unquote, tokens)


def notice_variable(name: str) -> str:
    """The environment variable of an address."""
    return f"BILAGSBOT_NOTICE_{re.sub(r'[^A-Za-z0-9]', '_', name).upper()}"


def load_address(name: str) -> Address:
    """The address of this name. Raises BadInput saying where to put it where this machine has none."""
    url = os.environ.get(notice_variable(name)) or _kept(name)
    if not url:
        instead = f"Run 'bilagsbot notice {name}', or set {notice_variable(name)}."
        raise BadInput([Mistake(f"notice {name}", "this machine has no such address.", instead)])
    return Address(name, url)


def keep_address(address: Address) -> None:
    """Put an address into the OS keyring. Raises BilagsbotError where this machine has none."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, _entry(address.name), address.url)
    except keyring.errors.KeyringError as error:
        instead = f"Set {notice_variable(address.name)} instead."
        raise BilagsbotError(f"This machine has no keyring to keep the address in. {instead}") from error


def _kept(name: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, _entry(name))
    except keyring.errors.KeyringError:
        return None


def _entry(name: str) -> str:
    return f"{name}/notice"  # beside NAME/username and NAME/password, which are a login's
