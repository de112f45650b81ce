"""Logins: user name and password from the OS keyring, or from the environment for CI and containers."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake

SERVICE = "bilagsbot"
SHORTEST = 4  # a shorter secret would blank out half of every text


@dataclass(frozen=True)
class Login:
    """A user name and password. Its repr shows neither."""

    name: str
    username: str = field(repr=False)
    password: str = field(repr=False)

    def values(self) -> Mapping[str, str]:
        """As templates see it."""
        return {"username": self.username, "password": self.password}


def variable(login: str, part: str) -> str:
    """The environment variable of a login's `username` or `password`."""
    return f"BILAGSBOT_{re.sub(r'[^A-Za-z0-9]', '_', login).upper()}_{part.upper()}"


def load_login(name: str, needed: bool = True) -> Login:
    """The login's secret. Raises BadInput saying where to put it where there is none and it is needed."""
    if not needed:
        return Login(name, "", "")
    found = {part: os.environ.get(variable(name, part)) or _kept(name, part) for part in ("username", "password")}
    missing = [part for part, value in found.items() if not value]
    if missing:
        raise BadInput([
            Mistake(f"login {name}", f"there is no {' and no '.join(missing)}.",
                    f"Run 'bilagsbot login {name}', or set {' and '.join(variable(name, p) for p in missing)}.")
        ])  # fmt: skip
    return Login(name, found["username"] or "", found["password"] or "")


def _kept(name: str, part: str) -> str | None:
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, f"{name}/{part}")
    except keyring.errors.KeyringError:
        return None


def keep_login(login: Login) -> None:
    """Put a login into the OS keyring. Raises BilagsbotError where this machine has none."""
    import keyring
    import keyring.errors

    try:
        for part, value in login.values().items():
            keyring.set_password(SERVICE, f"{login.name}/{part}", value)
    except keyring.errors.KeyringError as error:
        names = " and ".join(variable(login.name, part) for part in ("username", "password"))
        raise BilagsbotError(f"This machine has no keyring to keep the login in. Set {names} instead.") from error


class Redactor:
    """Takes secrets out of a text, also where they are written as in URLs or JSON."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, login: Login) -> None:
        """From now on, take this login's user name and password out."""
        self.hide(*login.values().values())

    def hide(self, *secrets: str) -> None:
        """From now on, take these texts out."""
        for secret in secrets:
            if len(secret) >= SHORTEST:
                self._forms |= {secret, quote(secret), quote_plus(secret), json.dumps(secret)[1:-1]}
        if self._forms:
            self._pattern = re.compile("|".join(map(re.escape, sorted(self._forms, key=len, reverse=True))))

    def __call__(self, text: str) -> str:
        return self._pattern.sub("***", text) if self._pattern else text
