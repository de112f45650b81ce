"""The key to an X display: without it, every user of the machine could watch and type."""

import secrets
import socket
import struct
from pathlib import Path

LOCAL, ANY = 256, 65535  # families of /usr/include/X11/Xauth.h


def make_key() -> bytes:
    """A new MIT-MAGIC-COOKIE-1."""
    return secrets.token_bytes(16)


def write_key(file: Path, key: bytes) -> None:
    """A file for the X server and its programs. The second entry is for python-xlib, which wants the machine's name."""
    file.touch(mode=0o600)
    file.write_bytes(_entry(ANY, b"", key) + _entry(LOCAL, socket.gethostname().encode(), key))


def _entry(family: int, address: bytes, key: bytes) -> bytes:
    # No display number: the entry is for all of them.
    texts = (address, b"", b"MIT-MAGIC-COOKIE-1", key)
    return struct.pack(">H", family) + b"".join(struct.pack(">H", len(text)) + text for text in texts)
