"""Servers of notices on this machine: web hooks that take, refuse, hang or drip, and enough of a mail server."""

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar, cast

S = TypeVar("S", "Hook", "Mail")


class Hook(ThreadingHTTPServer):
    """A web hook. It answers with `status`, or not at all before `ended` where it `hangs`, or a byte at a time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _HookHandler)
        self.status, self.hangs, self.drips = 200, False, False
        self.ended = threading.Event()
        self.asked = threading.Event()
        self.took: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        """As apprise writes it, with a password."""
        return f"json://ola:hemmelig-passord@127.0.0.1:{self.server_address[1]}/krok"


class _HookHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        hook = cast(Hook, self.server)
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        hook.asked.set()
        if hook.hangs:
            hook.ended.wait(60)
            return
        hook.took.append(content)
        self.send_response(hook.status)
        self.end_headers()
        while hook.drips and not hook.ended.wait(0.1):
            self.wfile.write(b".")

    def log_message(self, format: str, *args: object) -> None:
        """Tells nobody."""


class Mail(socketserver.ThreadingTCPServer):
    """A mail server that takes every mail, or refuses every one where `refuses`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _MailHandler)
        self.refuses = False
        self.took: list[EmailMessage] = []

    @property
    def address(self) -> str:
        """As apprise writes it."""
        return f"mailto://127.0.0.1:{self.server_address[1]}?mode=insecure&from=bilagsbot@kontor.no&to=ola@kontor.no"


class _MailHandler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        mail = cast(Mail, self.server)
        self._say("220 kontor.no")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                self._say("354 go on")
                content = b"".join(iter(self.rfile.readline, b".\r\n"))
                mail.took.append(cast(EmailMessage, message_from_bytes(content, policy=policy.default)))
                self._say("250 taken")
            elif line.startswith(b"RCPT") and mail.refuses:
                self._say("550 no such person")
            elif line == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 well")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(server: S) -> Iterator[S]:
    """A server that answers until the block ends."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        if isinstance(server, Hook):
            server.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
