"""doctor: what this machine lacks, and how to mend it."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.doctor_desktop import desktop_findings, desktop_selftest
from bilagsbot.cli.exits import Exit
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, BilagsbotError
from bilagsbot.model.finding import Finding


def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help="Install the browser and what desktop bots need, where it is lacking.")
    ] = False,
    selftest: Annotated[
        bool, typer.Option("--selftest", help="Drive a small window of its own, and time it. Keep hands off meanwhile.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="JSON lines.")] = False,
    workspace: Workspace = None,
) -> None:
    """Looks at Python, the browser, the keyring, what desktop bots need, the workspace and the ledger."""
    ill = 0
    for finding in desktop_selftest() if selftest else _findings(workspace, fix):
        ill += not finding.well
        if json_:
            print(as_json(vars(finding)))
        else:
            print(f"{'well' if finding.well else 'ILL ':4}  {finding.name:14} {finding.found} {finding.mend}".rstrip())
    if ill:
        raise typer.Exit(Exit.SOME_LEFT)


def _findings(workspace: Path | None, fix: bool) -> Iterator[Finding]:
    new_enough = sys.version_info >= (3, 11)
    yield Finding("Python", new_enough, sys.version.split()[0], "" if new_enough else "Install Python 3.11 or newer.")
    yield _browser(fix)
    yield _keyring()
    yield from desktop_findings(fix, _drives_desktop(workspace), _say)
    try:
        folder = find_workspace(workspace)
    except BadInput as bad:
        yield Finding("workspace", False, bad.mistakes[0].what, bad.mistakes[0].instead)
        return
    yield Finding("workspace", True, str(folder))
    yield _ledger(folder)


def _drives_desktop(workspace: Path | None) -> bool:
    """Whether the workspace has a bot for a desktop program."""
    from bilagsbot.run.bot import bot_names, load_job

    with suppress(BadInput):
        folder = find_workspace(workspace)
        for name in bot_names(folder):
            with suppress(BadInput):
                if load_job(folder, name).bot.target.program:
                    return True
    return False


def _browser(fix: bool) -> Finding:
    from bilagsbot.drivers.web.browser import ensure_browser, find_browser

    try:
        browser = ensure_browser(_say) if fix else find_browser()
    except BilagsbotError as error:
        return Finding("browser", False, "none", str(error))
    if browser is None:
        return Finding("browser", False, "none", "Run 'bilagsbot doctor --fix', or install Google Chrome.")
    return _starts(browser.program, lambda: f"{browser.program} ({browser.origin})")


def _starts(program: Path, named: Callable[[], str]) -> Finding:
    """A browser that is there but does not start is no browser: some lack a system library, some a sandbox."""
    from bilagsbot.drivers.web.browser import starts

    wrong = starts(program)
    return Finding("browser", not wrong, named(), f"It does not start: {wrong}" if wrong else "")


def _keyring() -> Finding:
    import keyring
    from keyring.backends.fail import Keyring

    backend = keyring.get_keyring()
    if isinstance(backend, Keyring):
        return Finding(
            "keyring", True, "none on this machine; logins come from the environment, BILAGSBOT_<LOGIN>_PASSWORD"
        )
    return Finding("keyring", True, type(backend).__module__)


def _ledger(folder: Path) -> Finding:
    from bilagsbot.run.launch import LEDGER, open_store

    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
        open_store(folder).close()
    except (BilagsbotError, OSError) as error:
        return Finding("ledger", False, "cannot be used", f"{error} Make the workspace writable, or free some disk.")
    where = "PostgreSQL" if os.environ.get(LEDGER) else f"SQLite {sqlite3.sqlite_version}"
    return Finding("ledger", True, where)


def _say(text: str) -> None:
    print(text, file=sys.stderr)
