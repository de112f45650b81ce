"""Faults on demand, over plain HTTP."""

import socket
from http.client import RemoteDisconnected
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from bilagsbot.practice.server import Knobs, PracticeServer

from .http_user import HttpUser


def test_500_without_storing(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(http_500_on_post=1)
    assert user.post_invoice().status == 500
    assert server.vouchers() == []
    assert user.post_invoice().status == 200
    assert len(server.vouchers()) == 1


def test_500_after_storing(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(http_500_after_store=1)
    assert user.post_invoice().status == 500
    assert len(server.vouchers()) == 1
    assert server.knobs.http_500_after_store == 0


def test_a_lost_reply_is_stored_once(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(lose_reply_after_store=1)
    with pytest.raises(RemoteDisconnected):
        user.post_invoice()
    assert len(server.vouchers()) == 1


@pytest.mark.parametrize(("silent", "heard"), [(False, b"HTTP/1.1 100 Continue\r\n\r\n"), (True, b"")])
def test_a_loss_is_silent_only_on_demand(server: PracticeServer, user: HttpUser, silent: bool, heard: bytes) -> None:
    server.set_knobs(lose_request=1, silent_loss=silent)
    body = b"bokfor=1"
    head = f"POST /faktura HTTP/1.0\r\nCookie: {user.cookie}\r\nContent-Length: {len(body)}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall((head + form).encode() + body)
        with connection.makefile("rb") as reply:
            assert reply.read() == heard


def test_a_lost_request_is_not_stored(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(lose_request=1)
    with pytest.raises(RemoteDisconnected):
        user.post_invoice()
    assert server.vouchers() == []


def test_faults_leave_update_and_refused_postings_alone(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(http_500_on_post=1, http_500_after_store=1, lose_request=1, lose_reply_after_store=1)
    assert user.update().status == 200
    server.set_knobs(http_500_on_post=0, lose_request=0)
    assert user.post_invoice(konto="").error == "Feil! Konto mangler"
    assert (server.knobs.http_500_after_store, server.knobs.lose_reply_after_store) == (1, 1)


def test_a_lost_reply_may_be_stored_later(tmp_path: Path) -> None:
    with PracticeServer(db=tmp_path / "x.sqlite", knobs=Knobs(lose_reply_after_store=1, store_lag_ms=60_000)) as server:
        user = HttpUser(server.port)
        user.login()
        with pytest.raises(RemoteDisconnected):
            user.post_invoice()
        assert server.vouchers() == []
    # A clean stop does at once what was to be done later.
    with PracticeServer(db=tmp_path / "x.sqlite") as again:
        assert len(again.vouchers()) == 1


def test_a_lagging_posting_is_stored_and_then_answered(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(store_lag_ms=50)
    began = monotonic()
    assert "Bilag 10001 er bokført" in user.post_invoice().text
    assert monotonic() - began >= 0.05


def test_an_answer_may_come_long_after_the_voucher_is_stored(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(reply_lag_ms=60_000)
    posting = Thread(target=user.post_invoice)
    posting.start()
    until = monotonic() + 20
    while not server.vouchers():
        assert monotonic() < until
    assert posting.is_alive()
    server.stop()  # cuts the waiting short
    posting.join(20)
    assert not posting.is_alive()


def test_oppdater_alone_may_be_slow(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(update_lag_ms=50)
    began = monotonic()
    assert user.update().status == 200
    assert monotonic() - began >= 0.05
    server.set_knobs(update_lag_ms=60_000)
    assert "er bokført" in user.post_invoice().text


def test_a_popup_may_close_by_itself(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(close_popup=1)
    first, second = (user.get("/leverandorer").text for _ in range(2))
    assert first.count("window.close()") == 2
    assert second.count("window.close()") == 1


def test_latency_is_for_screens_and_not_for_tests(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(latency_ms=50)
    began = monotonic()
    user.get("/meny")
    assert monotonic() - began >= 0.05
    server.set_knobs(latency_ms=60_000)
    assert user.get("/_health").text == "ok"


def test_a_count_is_taken_once_by_many_at_once(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(http_500_on_post=5)
    threads = [Thread(target=user.post_invoice) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one["no"] for one in server.vouchers()] == list(range(10001, 10008))


def test_a_renamed_field_still_works(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(rename_field={"fakturanr": "invoice_number", "vedlegg": "attachment"})
    text = user.get("/faktura").text
    assert 'name="invoice_number"' in text
    assert 'name="attachment"' in text
    assert 'name="fakturanr"' not in text
    assert ">Fakturanr<" in text
    user.post_invoice(fakturanr="", invoice_number="N-1")
    assert [one["invoice_no"] for one in server.vouchers()] == ["N-1"]


def test_an_unexpected_alert_is_for_the_main_frame(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(unexpected_alert=1)
    alert = "Husk månedsavslutning!"
    assert alert not in user.get("/meny").text
    assert alert not in user.get("/leverandorer").text
    assert alert in user.get("/liste").text
    assert alert not in user.get("/liste").text
