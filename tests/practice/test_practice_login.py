"""Who is let in, and for how long."""

from bilagsbot.practice.server import PracticeServer
from bilagsbot.practice.sessions import Sessions

from .http_user import HttpUser


def test_a_wrong_password_is_told(server: PracticeServer) -> None:
    page = HttpUser(server.port).login(password="guess")
    assert page.error == "Feil bruker eller passord"
    assert not page.cookie


def test_the_right_one_leads_to_the_frames(user: HttpUser) -> None:
    assert '<frame name="hoved"' in user.get("/").text


def test_a_stranger_sees_the_login_form_without_a_word(server: PracticeServer) -> None:
    page = HttpUser(server.port).get("/faktura")
    assert 'name="passord"' in page.text
    assert page.error == ""


def test_an_expired_session_shows_the_login_form_and_stores_nothing(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(session_seconds=0)
    page = user.post_invoice()
    assert page.error == "Økten er utløpt"
    assert 'name="passord"' in page.text
    assert server.vouchers() == []


def test_all_sessions_can_be_dropped_at_once(user: HttpUser) -> None:
    user.knobs(expire_sessions=True)
    assert user.get("/meny").error == "Økten er utløpt"
    user.login()
    assert "Nytt bilag" in user.get("/meny").text
    assert user.knobs()[1]["expire_sessions"] is False


def test_a_logged_out_session_is_over(user: HttpUser) -> None:
    assert user.get("/loggut").status == 303
    assert user.get("/meny").error == "Økten er utløpt"


def test_a_session_lives_from_its_last_request() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    token = sessions.open()
    now[0] = 9
    assert sessions.alive(token, 10)
    now[0] = 18
    assert sessions.alive(token, 10)
    now[0] = 28
    assert not sessions.alive(token, 10)


def test_an_unknown_path_and_a_broken_cookie_are_no_crash(user: HttpUser) -> None:
    assert user.get("/finnes-ikke").status == 404
    user.cookie = 'a="b;;; =, okt'
    assert 'name="passord"' in user.get("/").text
