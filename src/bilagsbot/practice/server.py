"""The practice program as a server that starts, stops, and can be asked what it stored."""

import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self

from bilagsbot.practice.handler import Handler
from bilagsbot.practice.knobs import Knobs
from bilagsbot.practice.live_knobs import LiveKnobs
from bilagsbot.practice.program import Program
from bilagsbot.practice.sessions import Sessions
from bilagsbot.practice.store import Store
from bilagsbot.practice.work import Work

__all__ = ["Knobs", "PracticeServer"]

_POLL_SECONDS = 0.05


class _Http(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that went away is what this program is for; anything else is a bug to be seen.
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class PracticeServer:
    """The practice program on a port of this machine; a context manager that starts and stops it."""

    def __init__(
        self,
        db: Path,
        port: int = 0,
        user: str = "ola",
        password: str = "practice-only",  # noqa: S107  # it guards made-up vouchers, and is in the manual
        knobs: Knobs | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        """Nothing is opened before start(). Port 0 is a free one; `db` is made if missing."""
        self._db, self._host, self._port = db, host, port
        self._user, self._password = user, password
        self._live = LiveKnobs(knobs or Knobs())
        self._running: tuple[_Http, Thread, Program] | None = None

    @property
    def knobs(self) -> Knobs:
        """The knobs as they stand; to set one works at once."""
        return self._live.now

    @property
    def port(self) -> int:
        """The port; RuntimeError if the program is not started."""
        return self._started()[0].server_port

    @property
    def url(self) -> str:
        """The address of the login screen; RuntimeError if the program is not started."""
        return f"http://{self._host}:{self.port}/login"

    def set_knobs(self, **changes: Any) -> None:
        """Turn some knobs; ValueError if one is unknown or does not fit, and then none is turned."""
        self._live.turn(**changes)

    def vouchers(self) -> list[dict[str, Any]]:
        """Every stored voucher with its lines, oldest first; amounts in øre, dates ISO."""
        return self._started()[2].store.vouchers()

    def start(self) -> Self:
        """Listen, in a thread of its own; OSError if the port is taken, sqlite3.Error if the file is no database."""
        if self._running:
            return self
        store = Store(self._db)
        http = _Http((self._host, self._port), BaseHTTPRequestHandler)
        # Browsers share cookies between ports, so each program has its own name for it; hence the port comes first.
        cookie = f"okt_{http.server_port}"
        program = Program(store, self._live, self._user, self._password, cookie, Sessions(), Work())
        http.RequestHandlerClass = partial(Handler, program=program)
        thread = Thread(target=http.serve_forever, args=(_POLL_SECONDS,), daemon=True)
        self._port = http.server_port  # started again, it answers where it did
        self._running = http, thread, program
        thread.start()
        return self

    def serve_forever(self) -> None:
        """Start if need be, and serve until another thread stops it, or Ctrl-C."""
        self.start()
        try:
            self._started()[1].join()
        except KeyboardInterrupt:
            self.stop()

    def stop(self) -> None:
        """Stop listening, let what is under way finish, at most 10 s each; a stopped program is left alone."""
        if self._running is None:
            return
        http, thread, program = self._running
        http.shutdown()
        thread.join()
        http.server_close()
        program.work.stop()
        self._running = None

    def _started(self) -> tuple[_Http, Thread, Program]:
        if self._running is None:
            raise RuntimeError("The practice program is not started.")
        return self._running

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
