"""What desktop bots need of the machine besides Python's packages, and how it gets there."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from bilagsbot.drivers import debian
from bilagsbot.drivers.desktop.languages import languages
from bilagsbot.drivers.desktop.virtual import lacking_packages
from bilagsbot.model.errors import Unreachable

NORWEGIAN = "nor"
BUS_SERVICE = "dbus-1/services/org.a11y.Bus.service"


def has_accessibility() -> bool:
    """Whether the accessibility bus can be started; Linux only."""
    folders = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return any((Path(folder) / BUS_SERVICE).is_file() for folder in folders.split(":"))


def lacking() -> list[str]:
    """The Debian packages that desktop bots need and this machine has not; none elsewhere than on Linux."""
    if sys.platform != "linux":
        return []
    access = [] if has_accessibility() else ["at-spi2-core"]
    reading = [] if NORWEGIAN in languages() else ["tesseract-ocr-nor"]
    return [*lacking_packages(), *access, *reading]


def install(say: Callable[[str], None]) -> None:
    """Install what is lacking. Raises Unreachable, with what to do, where we may not or cannot."""
    if not (wanted := lacking()):
        return
    names = " ".join(wanted)
    if not debian.may_install():
        raise Unreachable(f"Have an administrator run: apt-get install {names}")
    say(f"Installing Debian's packages {names} …")
    debian.renew_lists()
    if not debian.install(wanted):
        raise Unreachable(f"They could not be installed. Run by hand, and see why: apt-get install {names}")


if __name__ == "__main__":
    try:
        install(lambda text: print(text, file=sys.stderr))  # noqa: T201 - `make test` runs this file
    except Unreachable as none:  # tests that need a screen say why they are skipped
        print(none, file=sys.stderr)  # noqa: T201
