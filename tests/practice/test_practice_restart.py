"""What is stored outlives the program, however it ends."""

import socket
import subprocess
import sys
from http.client import HTTPException
from pathlib import Path

import pytest

from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser

PROGRAM = """
import sys
from pathlib import Path
from bilagsbot.practice.server import Knobs, PracticeServer
server = PracticeServer(db=Path(sys.argv[1]), knobs=Knobs(lose_reply_after_store=int(sys.argv[2])))
server.start()
print(server.port, flush=True)
server.serve_forever()
"""


def started(db: Path, lost_replies: int) -> tuple["subprocess.Popen[str]", HttpUser]:
    command = [sys.executable, "-c", PROGRAM, str(db), str(lost_replies)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, HttpUser(int(process.stdout.readline()))


def test_killed_and_started_again_it_has_what_it_stored(tmp_path: Path) -> None:
    db = tmp_path / "practice.sqlite"
    process, user = started(db, lost_replies=1)
    with process:
        user.login()
        with pytest.raises(HTTPException):
            user.post_invoice()
        process.kill()
    with PracticeServer(db=db) as server:
        (voucher,) = server.vouchers()
        assert len(voucher["lines"]) == 3
        again = HttpUser(server.port)
        again.login()
        assert "Bilag 10002 er bokført" in again.post_invoice().text


def test_a_form_that_breaks_off_is_not_posted(server: PracticeServer, user: HttpUser) -> None:
    body = b"leverandornr=20001&fakturanr=1&fakturadato=010125&belop=100&konto=6800&bokfor=Bokfor"
    head = f"POST /faktura HTTP/1.0\r\nCookie: {user.cookie}\r\nContent-Length: {len(body) + 1}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall((head + form).encode() + body)
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100) == b""
    assert server.vouchers() == []


@pytest.mark.parametrize("length", ["-1", "many", "999999999999"])
def test_a_length_that_cannot_be_is_refused(server: PracticeServer, length: str) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(f"POST /login HTTP/1.0\r\nContent-Length: {length}\r\n\r\n".encode())
        assert b"413" in connection.recv(100)


def test_it_stops_and_starts_on_the_same_port(tmp_path: Path) -> None:
    server = PracticeServer(db=tmp_path / "x.sqlite")
    with pytest.raises(RuntimeError):
        server.vouchers()
    server.start()
    port = server.port
    assert server.start().port == port
    server.stop()
    server.stop()
    with PracticeServer(db=tmp_path / "x.sqlite", port=port) as again:
        assert again.url == f"http://127.0.0.1:{port}/login"
        assert HttpUser(port).get("/_health").text == "ok"
