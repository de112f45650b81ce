"""HTTP: from the socket to a Request, and from a Reply back."""

from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from bilagsbot.practice.exchange import Reply, Request
from bilagsbot.practice.forms import parse_form, usual_names
from bilagsbot.practice.program import Program
from bilagsbot.practice.routes import answer

MOST_BYTES = 25_000_000


class Handler(BaseHTTPRequestHandler):
    """One connection, for one request: HTTP/1.0."""

    server_version = "Ovelse/1.0"
    timeout = 60  # seconds; browsers open connections ahead and then never use them

    def __init__(self, *args: Any, program: Program) -> None:
        self._program = program
        super().__init__(*args)

    def do_GET(self) -> None:
        """Show a screen."""
        self._serve(b"")

    def do_POST(self) -> None:
        """Take a form."""
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self._send(Reply(b"413", 413, "text/plain; charset=utf-8"))
            return
        body = self.rfile.read(int(length))
        if len(body) == int(length):  # the rest never comes from a browser that died while it sent
            self._serve(body)

    def _serve(self, body: bytes) -> None:
        with self._program.work.under_way():
            reply = answer(self._program, self._request(body))
            if reply.lost:
                self._lose()
            else:
                self._send(reply)

    def _lose(self) -> None:
        # A browser that has not had one byte may send the posting again by itself, even on a new connection that
        # it had opened ahead. An interim "go on" is no reply, and keeps it from that.
        if not self._program.knobs.now.silent_loss:
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.close_connection = True

    def _request(self, body: bytes) -> Request:
        parts = urlsplit(self.path)
        fields, files = parse_form(parts.query, self.headers.get("Content-Type", ""), body)
        renamed = self._program.knobs.now.rename_field
        return Request(
            method=self.command,
            path=parts.path,
            form=usual_names(fields, renamed),
            files=usual_names(files, renamed),
            body=body,
            session=self._session(),
        )

    def _session(self) -> str:
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self._program.cookie)
        except CookieError:
            return ""
        return found.value if found else ""

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the one who started the program owns its output."""
