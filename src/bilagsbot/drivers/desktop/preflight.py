"""Preflight: whether this machine is as a desktop bot needs it, asked before the first key."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from bilagsbot.drivers.desktop.languages import data_folder
from bilagsbot.drivers.desktop.sight import Sight, look
from bilagsbot.drivers.desktop.surroundings import without_session
from bilagsbot.drivers.desktop.virtual import lacking_packages
from bilagsbot.model.errors import Unreachable
from bilagsbot.model.finding import Finding

PATIENCE = 10.0  # seconds for a program to say its version
FIX = "Run 'bilagsbot doctor --fix' as root, or have it installed:"


@dataclass(frozen=True)
class Needs:
    """What a bot needs; what is empty is not looked at. `size` (pixels) and `dpi` are those its selectors were recorded
    on. `version` is what `program --version` prints, or the number in it, with `*` for what may change: `5.6.*`."""

    display: Literal["screen", "virtual"] = "screen"
    size: tuple[int, int] | None = None
    dpi: int = 0
    layout: str = ""
    language: str = ""
    program: str = ""
    version: str = ""


def preflight(needs: Needs) -> list[Finding]:
    """Every need, well or not. A virtual display is made as it is needed, so its size and layout are always well."""
    return list(_findings(needs))


def require(needs: Needs) -> None:
    """Raises Unreachable, with a line for each need that is not met."""
    ill = [f"{finding.name}: {finding.found}. {finding.mend}" for finding in preflight(needs) if not finding.well]
    if ill:
        raise Unreachable("\n".join(ill))


def _findings(needs: Needs) -> Iterator[Finding]:
    if needs.display == "virtual":
        yield virtual_display()
    else:
        yield from _screen(needs)
    if needs.language:
        yield reading(needs.language)
    if needs.program and needs.version:
        yield _version(needs.program, needs.version)


def virtual_display() -> Finding:
    """Whether a virtual display can be made here."""
    if sys.platform != "linux":
        return Finding("display", False, "virtual ones are for Linux only", "Write `display: screen` in the bot.")
    packages = " ".join(lacking_packages())
    found = f"no virtual one: this machine lacks {packages}" if packages else "a virtual one can be made"
    return _finding("display", not packages, found, f"{FIX} apt-get install {packages}")


def reading(language: str) -> Finding:
    """Whether text on the screen can be read in that language, or in those: `nor+eng`."""
    try:
        return Finding("reading", True, f"{language} in {data_folder(language)}")
    except Unreachable as none:
        return Finding("reading", False, f"no OCR data for {language}", str(none))


def _screen(needs: Needs) -> Iterator[Finding]:
    if sys.platform == "linux" and os.environ.get("XDG_SESSION_TYPE") == "wayland":
        yield Finding("display", False, "Wayland, which lets no program see or move another", "Log out, and choose "
                      "'Xorg' or 'X11' when you log in; or write `display: virtual` in the bot.")  # fmt: skip
        return
    sight = look()
    if sight is None:
        name = os.environ.get("DISPLAY")
        found = f"none answers at DISPLAY={name}" if name else "none: DISPLAY is not set"
        mend = "Log in at the screen and run there; or write `display: virtual` in the bot."
        yield Finding("display", False, found, mend)
        return
    yield Finding("display", True, f"{sight.width}x{sight.height}")
    yield _lock()
    yield from _likeness(needs, sight)


def _lock() -> Finding:
    if sys.platform == "linux":
        from bilagsbot.drivers.desktop.locked import screen_is_locked

        if screen_is_locked():
            return Finding("lock", False, "the screen is locked", "Unlock it, and keep it from locking during the run.")
    return Finding("lock", True, "the screen is not locked")


def _likeness(needs: Needs, sight: Sight) -> Iterator[Finding]:
    """Whether the screen is like the one that the selectors were recorded on, where that is known."""
    if needs.size:
        width, height = needs.size
        yield _finding(
            "size", sight.width >= width and sight.height >= height, f"{sight.width}x{sight.height}",
            f"The bot was recorded on {width}x{height}: make the screen at least as large.",
        )  # fmt: skip
    if needs.dpi and sight.dpi:
        yield _finding(
            "scale", sight.dpi == needs.dpi, f"{sight.dpi} dots per inch",
            f"The bot was recorded at {needs.dpi}, and its images are found at that scale alone: set the screen's "
            f"scale to {round(needs.dpi * 100 / 96)} %, or record again.",
        )  # fmt: skip
    if needs.layout and sight.layouts:
        first = sight.layouts.split(",")[0]
        yield _finding(
            "keyboard", first == needs.layout, f"layout {sight.layouts}",
            f"The bot was made for '{needs.layout}': choose that layout first in the settings, or run "
            f"'setxkbmap {needs.layout}'.",
        )  # fmt: skip


def _finding(name: str, well: bool, found: str, mend: str) -> Finding:
    return Finding(name, well, found, "" if well else mend)


def _version(program: str, wanted: str) -> Finding:
    said = _said_version(program)
    if said is None:
        return Finding(
            "version", False, f"{program} does not say its version", "Install it, or write its whole path in the bot."
        )
    first = next((line.strip() for line in said.splitlines() if line.strip()), "nothing")
    well = any(fnmatchcase(text, wanted) for text in [*(line.strip() for line in said.splitlines()), *said.split()])
    mend = f"The bot was made for {wanted}: try it on a test company, then write the new version in the bot."
    return _finding("version", well, f"{program} --version says {first!r}", mend)


def _said_version(program: str) -> str | None:
    """Without a screen: a program that does not know --version is not to open its window."""
    if not (file := shutil.which(program)):
        return None
    try:
        done = subprocess.run(  # noqa: S603 - the bot's own words
            [file, "--version"], env=without_session(os.environ), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=PATIENCE,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode(errors="replace")
