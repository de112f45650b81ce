"""Which machine this is: for people's records, and for leases, where two that claim to be the same are two."""

import hashlib
import uuid
from contextlib import suppress
from pathlib import Path

from bilagsbot.run.clock import boot


def id_of(state: Path) -> str:
    """An id of this workspace on this machine, kept in its state folder."""
    file = state / "machine-id"
    state.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        if named := file.read_text(encoding="ascii").strip():
            return named
    # Wholly or not at all: a full disk must not leave an empty one, with which two machines would be the same.
    own = file.with_name(f"machine-id.{uuid.uuid4().hex}")
    try:
        own.write_text(uuid.uuid4().hex[:12], encoding="ascii")
        own.replace(file)
    finally:
        own.unlink(missing_ok=True)
    return file.read_text(encoding="ascii").strip()


def mark(state: Path) -> str:
    """The same, but other on a copy: of the folder (the file is another one), or of the machine (it runs by itself)."""
    named, file = id_of(state), (state / "machine-id").stat()
    running = boot() or f"{uuid.getnode():x}"
    return hashlib.sha256(f"{named} {file.st_ino} {file.st_ctime_ns} {running}".encode()).hexdigest()[:12]
