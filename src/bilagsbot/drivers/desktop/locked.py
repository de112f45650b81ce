"""Whether a person's screen is locked: what is typed then goes to the lock, or nowhere. Linux only."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import closing

from jeepney import DBusAddress, Message, MessageFlag, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

TIMEOUT = 2.0  # seconds, for each of those asked
SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)


def screen_is_locked() -> bool:
    """Whether a screen saver of the session, or systemd, says so; False where nobody can be asked."""
    return _by_systemd() or any(_by_screen_savers())


def _by_screen_savers() -> Iterator[bool]:
    try:
        connection = open_dbus_connection("SESSION")
    except (KeyError, OSError, ValueError, RuntimeError):  # no bus is named, none is there, it does not let us in
        return
    with closing(connection):
        for name, path in SAVERS:
            yield _is_active(connection, DBusAddress(path, name, interface=name))


def _is_active(connection: DBusConnection, saver: DBusAddress) -> bool:
    question: Message = new_method_call(saver, "GetActive")
    question.header.flags |= MessageFlag.no_auto_start  # one that does not run has locked nothing
    try:
        answer = connection.send_and_get_reply(question, timeout=TIMEOUT)
    except (OSError, EOFError):  # it does not answer, or has gone
        return False
    return bool(answer.header.message_type == MessageType.method_return and answer.body == (True,))


def _by_systemd() -> bool:
    session = os.environ.get("XDG_SESSION_ID")
    if not session:
        return False
    question = ["loginctl", "show-session", session, "--property", "LockedHint", "--value"]
    try:
        answer = subprocess.run(question, capture_output=True, text=True, timeout=TIMEOUT)  # noqa: S603 - our own words
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == "yes"
