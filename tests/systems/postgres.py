"""A private PostgreSQL cluster in a folder and on a port of its own; for tests only, for it may lose data."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = """
port = {port}
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
fsync = off
full_page_writes = off
synchronous_commit = off
"""


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_user(user: str) -> list[str]:
    """The words before a command that make root run it as another user."""
    return ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []


class Postgres:
    """Started in its constructor; `stop()` ends it and removes nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        folder.mkdir(parents=True)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self._as = as_user("postgres")
        # Passwords over TCP; whoever may read the folder gets in by its socket.
        secret = folder / "superuser"
        secret.write_text("postgres-test-only\n")
        if os.geteuid() == 0:
            shutil.chown(secret, "postgres")
        self._run("initdb", "-D", folder / "data", "-U", "postgres", "--auth-local=trust",
                  "--auth-host=scram-sha-256", f"--pwfile={secret}", "--locale=C.UTF-8", "-E", "UTF8")  # fmt: skip
        with (folder / "data" / "postgresql.conf").open("a") as conf:
            conf.write(SETTINGS.format(port=self.port, folder=folder))
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop the server, also in the middle of its work."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "fast", "-w", "stop")

    def crash(self) -> None:
        """End it without ado, as a kill does; it recovers when it is started again."""
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def sql(self, database: str, query: str) -> list[list[str]]:
        """The rows of a query's answer, as text."""
        command = ["psql", "-qAtX", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-h", str(self.folder), "-p", str(self.port),
                   "-U", "postgres", database, "-c", query]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def url(self, database: str) -> str:
        """The database's address for a client."""
        return f"postgresql://postgres:postgres-test-only@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *words: object) -> None:
        command = [*self._as, str(self.bin / program), *map(str, words)]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd="/")
        assert done.returncode == 0, done.stderr


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that other users may pass: the servers run as users of their own, and pytest's folders are private."""
    folder = Path(tempfile.mkdtemp(prefix="bilagsbot-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
