"""The browser: one that this machine has, else one that can be installed."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bilagsbot.drivers import debian
from bilagsbot.model.errors import Unreachable

SHELLS = ("chromium-headless-shell", "chrome-headless-shell")  # starts in two thirds of the time, and shows nothing
NAMES = (
    "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge",
    "chromium", "chromium-browser",
)  # fmt: skip
PLACES = (
    r"%PROGRAMFILES%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Google\Chrome\Application\chrome.exe",
    r"%LOCALAPPDATA%\Google\Chrome\Application\chrome.exe",
    r"%PROGRAMFILES(X86)%\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
NONE = (
    "There is no browser: neither Chrome, Edge nor Chromium is installed, and none could be downloaded. "
    "Install Google Chrome, or set BILAGSBOT_BROWSER to the browser's program file."
)


@dataclass(frozen=True)
class Browser:
    """A Chromium-based browser's program file, and how it got here."""

    program: Path
    origin: str


def find_browser(headed: bool = False) -> Browser | None:
    """The browser named by BILAGSBOT_BROWSER, else Chrome, Edge or Chromium of this machine, else Playwright's own.

    Where nobody is to see it, Chromium's headless shell comes first.
    """
    if named := os.environ.get("BILAGSBOT_BROWSER"):
        return Browser(Path(named), "BILAGSBOT_BROWSER") if Path(named).is_file() else None
    found = (shutil.which(name) for name in (*(() if headed else SHELLS), *NAMES))
    placed = (place for place in map(os.path.expandvars, PLACES) if Path(place).is_file())
    for program in (*found, *placed):
        if program:
            return Browser(Path(program), "system")
    return _playwrights()


def _playwrights() -> Browser | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    return Browser(program, "playwright") if program.is_file() else None


def install_browser(say: Callable[[str], None]) -> Browser:
    """Playwright's download, else Debian's package where we are root. Raises Unreachable where neither works."""
    say("No browser found: trying Playwright's download …")
    if debian.runs([sys.executable, "-m", "playwright", "install", "chromium"]) and (browser := _playwrights()):
        return browser
    if debian.may_install():
        say("… and now Debian's package chromium …")
        debian.renew_lists()
        if debian.install(["chromium"]) and (found := find_browser(headed=True)):
            debian.install([SHELLS[0]])  # a newer Debian has it; without it all is only slower
            return found
    raise Unreachable(NONE)


def ensure_browser(say: Callable[[str], None], headed: bool = False) -> Browser:
    """A browser, installed first where there is none. Raises Unreachable."""
    return find_browser(headed) or install_browser(say)


def arguments() -> list[str]:
    """Command line of the browser: no calls home, and no sandbox where root could not have one."""
    quiet = [
        "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-quic", "--disable-default-apps",
    ]  # fmt: skip
    root = sys.platform == "linux" and os.geteuid() == 0
    return [*quiet, "--no-sandbox"] if root else quiet


def starts(program: Path) -> str:
    """Open a page in the browser; nothing where it works, else the reason in the browser's words."""
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch(executable_path=program, args=arguments()).close()
        except Error as error:
            return error.message.splitlines()[0]
    return ""


if __name__ == "__main__":
    try:
        ensure_browser(lambda text: print(text, file=sys.stderr))  # noqa: T201 - `make setup` runs this file
    except Unreachable as none:
        sys.exit(str(none))
