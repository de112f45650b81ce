"""A small web site to drive: pages by path, each a text or a function of what was sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

HEAD = '<!doctype html><meta charset="utf-8"><title>Bilag</title>'


@dataclass
class Answer:
    """What a page answers. `wait` is an event that the answer is held back for; a `lost` one never
    comes, one that is `cut` breaks off."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html; charset=utf-8"})
    wait: Event | None = None
    lost: bool = False
    cut: bool = False


Page = str | Answer | Callable[[str], "str | Answer"]


class Site:
    """Serves `pages` and remembers every request as `METHOD path body`."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[str] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self._http.server_port}{path}"

    def page(self, body: str, path: str = "/") -> str:
        """Serve a page of that body; its address."""
        self.pages[path] = HEAD + body
        return self.url(path)

    def posts(self) -> list[str]:
        return [one for one in self.requests if one.startswith("POST")]

    def stop(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode("utf-8", "replace")
                path = self.path.partition("?")[0]
                site.requests.append(f"{self.command} {self.path} {body}".strip())
                found = site.pages.get(path, Answer("404", 404))
                answer = found(body) if callable(found) else found
                self._send(answer if isinstance(answer, Answer) else Answer(answer))

            do_POST = do_GET  # noqa: N815 - http.server's name

            def _send(self, answer: Answer) -> None:
                if answer.wait:
                    answer.wait.wait(30)
                if answer.lost:
                    self.close_connection = True
                    return
                content = answer.body.encode() if isinstance(answer.body, str) else answer.body
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(content) + 10 * answer.cut))
                    self.end_headers()
                    self.wfile.write(content)
                except OSError:
                    pass  # the browser went on meanwhile

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        return Handler
