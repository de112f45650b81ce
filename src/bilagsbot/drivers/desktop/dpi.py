"""How large a program draws: dots per inch, 96 being 100 %."""

import os
import re
import sys

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
    from Xlib import X, Xatom, display, error

    try:
        server = display.Display()
    except (error.DisplayError, OSError):
        return ""
    try:
        found = server.screen(0).root.get_full_property(Xatom.RESOURCE_MANAGER, X.AnyPropertyType)
        return found.value.decode("latin-1") if found else ""
    finally:
        server.close()
