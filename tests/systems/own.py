"""This project's own bots in a workspace of a test's, and the programs that they drive."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from bilagsbot.drivers import debian

ROOT = Path(__file__).parents[2]
DISPLAY = ("Xvfb", "openbox", "dbus-daemon", "xkbcomp")
DISPLAYS_PACKAGES = ("xvfb", "openbox", "dbus", "at-spi2-core", "x11-xkb-utils")


def install(program: str, *packages: str) -> str:
    """Install a desktop program and what a virtual display needs; nothing, or why they cannot be had."""
    if all(shutil.which(one) for one in (program, *DISPLAY)):
        return ""
    if not debian.may_install():
        return f"{program} is not installed, and only root on Debian installs it"
    wanted: Sequence[str] = (program, *packages, *DISPLAYS_PACKAGES)
    # The lists may be fresh, and another test may be renewing them just now.
    installed = debian.install(wanted) or (debian.renew_lists() and debian.install(wanted))
    return "" if installed else f"{program} cannot be installed"


def copy_to(workspace: Path, *bots: str) -> None:
    """The project's bots, flows, selectors and workbooks; those bots wait less long for what was submitted."""
    for name in ("bots", "flows", "selectors", "inbox"):
        shutil.copytree(ROOT / name, workspace / name, ignore=shutil.ignore_patterns("*.kvittering*"))
    for bot in (workspace / "bots" / f"{name}.yaml" for name in bots):
        text = bot.read_text(encoding="utf-8")
        assert "settle: 5" in text
        bot.write_text(text.replace("settle: 5", "settle: 1.5"), encoding="utf-8")
