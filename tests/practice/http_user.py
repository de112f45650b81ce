"""A user who speaks HTTP without a browser."""

import json
import re
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

INVOICE = {
    "leverandornr": "20001",
    "fakturanr": "F-1",
    "fakturadato": "2025-03-05",
    "belop": "12500",
    "konto": "6800",
    "mvakode": "1",
}


class Page:
    """A reply: its status and text, and the values of its fields by name."""

    def __init__(self, status: int, text: str, cookie: str = "") -> None:
        self.status, self.text, self.cookie = status, text, cookie

    def value(self, name: str) -> str:
        tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', self.text)
        assert tag, f"no field {name}"
        found = re.search(r'\bvalue="([^"]*)"', tag[0])
        return found[1] if found else ""

    @property
    def error(self) -> str:
        found = re.search(r'<div class="feil">(.*?)</div>', self.text)
        return found[1] if found else ""


class HttpUser:
    """Keeps the cookie, and nothing else."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cookie = ""

    def send(self, method: str, path: str, body: bytes = b"", content_type: str = "") -> Page:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=20)
        headers = {"Cookie": self.cookie} | ({"Content-Type": content_type} if content_type else {})
        try:
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            cookie = (reply.getheader("Set-Cookie") or "").partition(";")[0]
            return Page(reply.status, reply.read().decode(), cookie)
        finally:
            connection.close()

    def get(self, path: str) -> Page:
        return self.send("GET", path)

    def post(self, path: str, **fields: str) -> Page:
        return self.send("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def login(self, user: str = "ola", password: str = "practice-only") -> Page:
        page = self.post("/login", bruker=user, passord=password)
        self.cookie = page.cookie or self.cookie
        return page

    def update(self, **changes: str) -> Page:
        return self.post("/faktura", **(INVOICE | changes), oppdater="Oppdater")

    def post_invoice(self, **changes: str) -> Page:
        return self.post("/faktura", **(INVOICE | changes), bokfor="Bokfør")

    def knobs(self, **changes: Any) -> tuple[int, dict[str, Any]]:
        page = self.send("POST", "/_knobs", json.dumps(changes).encode(), "application/json")
        return page.status, json.loads(page.text)
