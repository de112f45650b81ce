"""Knobs: what they take, what they refuse, and how they are turned."""

import pytest

from bilagsbot.practice.knobs import Knobs
from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser


def test_an_unknown_knob_is_told_with_its_nearest() -> None:
    with pytest.raises(ValueError, match=r"no knob 'latncy_ms'\. Did you mean 'latency_ms'"):
        Knobs(latncy_ms=5)  # type: ignore[call-arg]


def test_a_knob_of_no_likeness_is_told_with_all() -> None:
    with pytest.raises(ValueError, match="Known: latency_ms, "):
        Knobs(**{"zzz": 1})


def test_every_knob_is_described() -> None:
    assert all(field.description for field in Knobs.model_fields.values())


def test_a_server_refuses_an_unknown_knob_and_turns_none(server: PracticeServer) -> None:
    with pytest.raises(ValueError, match="Did you mean 'confirm'"):
        server.set_knobs(latency_ms=1, comfirm="title")
    assert server.knobs == Knobs()


def test_a_bad_value_turns_none(server: PracticeServer) -> None:
    with pytest.raises(ValueError):
        server.set_knobs(latency_ms=1, confirm="loudly")
    assert server.knobs == Knobs()


def test_knobs_are_turned_over_http_without_a_login(server: PracticeServer) -> None:
    status, now = HttpUser(server.port).knobs(confirm="title", http_500_on_post=2)
    assert (status, now["confirm"], now["http_500_on_post"]) == (200, "title", 2)
    assert server.knobs.confirm == "title"


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"confrm": "title"}, "Did you mean 'confirm'?"), ({"latency_ms": -1}, "latency_ms: ")],
)
def test_bad_knobs_over_http_are_told(server: PracticeServer, changes: dict[str, object], told: str) -> None:
    status, answer = HttpUser(server.port).knobs(**changes)
    assert status == 400
    assert told in answer["error"]


@pytest.mark.parametrize("body", [b"[]", b"not json", b"\xff"])
def test_what_is_no_object_is_told(user: HttpUser, body: bytes) -> None:
    assert user.send("POST", "/_knobs", body).status == 400


def test_a_knob_set_on_the_live_object_works(server: PracticeServer, user: HttpUser) -> None:
    server.knobs.confirm = "title"
    assert "<title>Bilag 10001 bokført</title>" in user.post_invoice().text
