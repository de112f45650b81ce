"""How large a program draws: dots per inch, 96 being 100 %."""

import os
import re
import sys
from contextlib import closing

from bilagsbot.model.errors import Unreachable

USUAL = 96
SETTING = re.compile(r"^Xft\.dpi:\s*([\d.]+)", re.MULTILINE)


def screen_dpi() -> int:
    """Xft.dpi of the X server's resources, times GDK_SCALE; 96 where nothing tells."""
    told = SETTING.search(resources())
    scale = os.environ.get("GDK_SCALE", "")
    return round(float(told[1]) if told else USUAL) * (int(scale) if scale.isdigit() and int(scale) else 1)


def resources() -> str:
    """What xrdb has put down on the X server; empty where there is none."""
    if sys.platform != "linux":
        return ""
    from bilagsbot.drivers.desktop.x11.connection import connect, text

    try:
        display = connect()
    except Unreachable:
        return ""
    with closing(display):
        return text(display, display.screen().root, "RESOURCE_MANAGER")
