"""Surroundings: the environment that a desktop program is started with."""

from collections.abc import Mapping

OURS = "BILAGSBOT_"  # among them are the logins' passwords
SESSION = (
    "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "DBUS_STARTER_ADDRESS",
    "DBUS_STARTER_BUS_TYPE", "XDG_RUNTIME_DIR", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP",
    "XDG_SESSION_DESKTOP", "DESKTOP_SESSION", "SESSION_MANAGER", "DESKTOP_STARTUP_ID", "AT_SPI_BUS_ADDRESS",
    "NO_AT_BRIDGE", "GTK_IM_MODULE", "QT_IM_MODULE", "XMODIFIERS", "GDK_BACKEND", "GDK_SCALE", "GDK_DPI_SCALE",
    "QT_QPA_PLATFORM", "QT_SCALE_FACTOR",
)  # fmt: skip


def for_programs(environment: Mapping[str, str]) -> dict[str, str]:
    """A person's environment without our own variables, for a program on the person's screen."""
    return {name: value for name, value in environment.items() if not name.startswith(OURS)}


def without_session(environment: Mapping[str, str]) -> dict[str, str]:
    """The same without all that leads to the person's screen and session."""
    return {name: value for name, value in for_programs(environment).items() if name not in SESSION}
