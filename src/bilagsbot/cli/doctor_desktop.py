"""doctor's part for desktop programs: a display, the reading of text on it, and the programs' accessibility."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from bilagsbot.model.errors import BilagsbotError, Unreachable
from bilagsbot.model.finding import Finding

FIX = "'bilagsbot doctor --fix' installs it"


def desktop_findings(fix: bool, needed: bool, say: Callable[[str], None]) -> Iterator[Finding]:
    """What desktop bots need. What is lacking is no illness where the workspace has no such bot: `needed` says."""
    from bilagsbot.drivers.desktop.packages import NORWEGIAN, install
    from bilagsbot.drivers.desktop.preflight import reading

    mend = ""
    if fix:
        try:
            install(say)
        except BilagsbotError as error:
            mend = str(error)
    for finding in (_display(), reading(NORWEGIAN), _accessibility()):
        if finding.well:
            yield finding
        elif needed:
            yield replace(finding, mend=mend or finding.mend)
        else:
            yield Finding(finding.name, True, f"{finding.found}; only desktop bots need it: {mend or FIX}")


def desktop_selftest() -> Iterator[Finding]:
    """Each check of the self-test as it is done. Raises Unreachable where this machine has not what it needs."""
    if sys.platform != "linux":
        raise Unreachable("The self-test is for X11 on Linux as yet.")
    from bilagsbot.drivers.desktop.selftest import selftest

    return selftest()


def _display() -> Finding:
    """A person's screen, else that a virtual one can be made."""
    from bilagsbot.drivers.desktop.preflight import virtual_display
    from bilagsbot.drivers.desktop.sight import look

    sight = look()
    if sight is None and sys.platform == "linux":
        return virtual_display()
    size = f"a screen of {sight.width}x{sight.height}" if sight else "none"
    return Finding("display", sight is not None, size, "" if sight else "Log in at the screen, and run there.")


def _accessibility() -> Finding:
    from bilagsbot.drivers.desktop.packages import has_accessibility

    if sys.platform != "linux":
        return Finding("access", True, "not used on this system")
    if has_accessibility():
        return Finding("access", True, "the programs' accessibility bus, AT-SPI")
    return Finding("access", False, "no accessibility bus", "Install Debian's package at-spi2-core.")
