"""The submit: aimed at or not sent, sent once, not after its deadline, and with its attachment whole."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target
from bilagsbot.practice.server import PracticeServer

from .site import Answer as Page
from .site import Site
from .targets import button, named, target

FORM = '<form method="post" action="/post"><input name="belop" value="1">{}</form>'
POST = '<button name="bokfor">Bokfør</button>'
TEXT = {"is": {"text": "Bokfør"}}


def soon() -> float:
    return time.time() + 60


def eventually(happened: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < ends


def key_invoice(driver: WebDriver, invoice: dict[str, Target], number: str) -> None:
    driver.click(invoice["menu.invoice"])
    driver.fill(target({"name": "leverandornr_hurtig"}, name="quick", frame="hoved"), "20001")
    for field, value in {"number": number, "date": "01.03.2026", "amount": "125,00", "account": "6300"}.items():
        driver.fill(invoice[f"invoice.{field}"], value)


def post(driver: WebDriver, invoice: dict[str, Target]) -> None:
    driver.answer(Answer(says="Bokføre"))
    driver.aim(invoice["invoice.post"])
    driver.submit(invoice["invoice.post"], soon())


@pytest.mark.parametrize(
    ("buttons", "why"),
    [
        ('<button name="bokfor" disabled>Bokfør</button>', "it is disabled"),
        (POST + '<div style="position:fixed;inset:0"></div>', "something covers it"),
        (POST + POST, "finds 2 elements"),
        ('<button name="bokfor">Slett</button>', "its text is 'Slett', not 'Bokfør'"),
        ("", "finds nothing"),
    ],
)
def test_what_is_not_certain_is_not_aimed_at(driver: WebDriver, site: Site, buttons: str, why: str) -> None:
    driver.open(site.page(FORM.format(buttons)))
    driver.timeout = 2
    with pytest.raises(StepFailed, match=why):
        driver.aim(named("bokfor", **TEXT))
    with pytest.raises(StepFailed, match="was not aimed at"):
        driver.submit(named("bokfor", **TEXT), soon())
    assert site.posts() == []


def test_a_submit_never_falls_back_to_a_lower_anchor(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(FORM.format(POST)))
    driver.timeout = 2
    two = target({"name": "renamed"}, {"name": "bokfor"}, name="two")
    driver.click(target({"name": "gone"}, {"name": "belop"}, name="two"))  # the lower anchor of that name lives
    with pytest.raises(StepFailed, match=r"nothing is posted: two is not on the screen: name 'renamed' finds nothing$"):
        driver.aim(two)


@pytest.mark.parametrize(
    "change",
    ["b.textContent = 'Slett'", "b.outerHTML = b.outerHTML", "b.disabled = true", "b.remove()"],
    ids=["other text", "replaced", "disabled", "gone"],
)
def test_a_button_that_changed_after_the_aim_is_not_clicked(driver: WebDriver, site: Site, change: str) -> None:
    script = f'<a href="#" onclick="const b = document.querySelector(\'button\'); {change}">endre</a>'
    driver.open(site.page(FORM.format(POST) + script))
    driver.aim(named("bokfor", **TEXT))
    driver.click(target({"text": "endre"}))
    driver.timeout = 2
    with pytest.raises(StepFailed):
        driver.submit(named("bokfor", **TEXT), soon())
    assert site.posts() == []


def test_a_page_loaded_anew_after_the_aim_is_not_posted(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(FORM.format(POST)))
    driver.aim(named("bokfor"))
    driver.open(site.url())
    with pytest.raises(StepFailed):
        driver.submit(named("bokfor"), soon())
    assert site.posts() == []


def test_a_submit_is_sent_and_its_page_read(driver: WebDriver, site: Site) -> None:
    site.page('<p id="status">Bilag 7</p>', "/post")
    driver.open(site.page(FORM.format(POST)))
    driver.aim(named("bokfor", reloads=True))
    driver.submit(named("bokfor", reloads=True), soon())
    assert driver.read(target({"css": "#status"})) == "Bilag 7"
    assert site.posts() == ["POST /post belop=1&bokfor="]


def test_a_submit_may_lead_elsewhere(driver: WebDriver, site: Site) -> None:
    site.pages["/post"] = Page("", 303, {"Location": "/kvittering", "Set-Cookie": "bilag=7"})
    site.page(
        '<p id="status"></p><script>document.querySelector("p").textContent = document.cookie</script>', "/kvittering"
    )
    driver.open(site.page(FORM.format(POST)))
    driver.aim(named("bokfor", reloads=True))
    driver.submit(named("bokfor", reloads=True), soon())
    assert driver.read(target({"css": "#status"})) == "bilag=7"
    assert site.requests[-2:] == ["POST /post belop=1&bokfor=", "GET /kvittering"]


@pytest.mark.parametrize(
    "fires",
    [POST, '<div role="button" onmousedown="this.closest(\'form\').submit()">Bokfør</div>'],
    ids=["click", "mousedown"],
)
def test_a_click_after_the_deadline_reaches_no_server(driver: WebDriver, site: Site, fires: str) -> None:
    driver.open(site.page(FORM.format(fires)))
    post_it = button("Bokfør", reloads=True)
    driver.aim(post_it)
    with pytest.raises(StepFailed, match=r"the click on button.Bokfør came too late and was dropped"):
        driver.submit(post_it, time.time() - 1)
    driver.click(button("Bokfør", reloads=True))  # the gate is gone: a page that stays can be clicked again
    assert len(site.posts()) == 1


def test_a_yes_after_the_deadline_is_not_given(driver: WebDriver, site: Site) -> None:
    # The process was frozen while the question stood on the screen: busy here until the deadline is over.
    busy = "const until = Date.now() + 700; while (Date.now() < until); return confirm('Bokføre?')"
    driver.open(site.page(FORM.format(f'<button name="bokfor" onclick="{busy}">Bokfør</button>')))
    driver.answer(Answer())
    driver.aim(named("bokfor", reloads=True))
    with pytest.raises(StepFailed, match="too late"):
        driver.submit(named("bokfor", reloads=True), time.time() + 0.4)
    assert site.posts() == []


def test_a_page_that_stays_can_be_clicked_after_the_deadline_of_its_last_submit(driver: WebDriver, site: Site) -> None:
    script = "fetch('/post', {method: 'POST'}).then(() => document.title += '!')"
    driver.open(site.page(f'<button onclick="{script}">Bokfør</button>'))
    site.page("ok", "/post")
    title, deadline = target({"document": "title"}), time.time() + 1
    driver.aim(button("Bokfør"))
    driver.submit(button("Bokfør"), deadline)
    eventually(lambda: driver.read(title) == "Bilag!" and time.time() > deadline)
    driver.click(button("Bokfør"))
    eventually(lambda: driver.read(title) == "Bilag!!")
    assert len(site.posts()) == 2


def test_a_lost_reply_is_stored_exactly_once(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target]
) -> None:
    for n in range(8):
        key_invoice(driver, invoice, f"F-{n}")
        server.set_knobs(silent_loss=True, lose_reply_after_store=1)
        with pytest.raises(StepFailed, match=r"the program did not answer after invoice.post"):
            post(driver, invoice)
    assert [one["invoice_no"] for one in server.vouchers()] == [f"F-{n}" for n in range(8)]


def test_a_posting_script_is_sent_exactly_once(driver: WebDriver, site: Site) -> None:
    # It posts a moment after the click, when the click itself is long done.
    script = "setTimeout(() => fetch('/post', {method: 'POST', body: 'n=1'}).catch(() => document.title = 'lost'), 300)"
    driver.open(site.page(f'<button onclick="{script}">Bokfør</button>'))

    site.pages["/post"] = Page(lost=True)
    driver.aim(button("Bokfør"))
    driver.submit(button("Bokfør"), soon())
    eventually(lambda: driver.read(target({"document": "title"})) == "lost")
    assert site.posts() == ["POST /post n=1"]


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_an_attachment_arrives_whole(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target], tmp_path: Path, size: int
) -> None:
    file = tmp_path / "kvittering æøå.pdf"
    file.write_bytes(bytes(range(256)) * (size // 256) + b"\r\n--x"[: size % 256])
    key_invoice(driver, invoice, "F-1")
    assert driver.upload(invoice["invoice.attachment"], [file]) == file.name
    post(driver, invoice)
    (stored,) = server.vouchers()
    assert stored["attachment_sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert stored["attachment"] == file.name


@pytest.mark.parametrize(("knob", "stored"), [("http_500_on_post", 0), ("http_500_after_store", 1)])
def test_a_server_error_after_submit_says_so(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target], knob: str, stored: int
) -> None:
    key_invoice(driver, invoice, "F-1")
    server.set_knobs(**{knob: 1})
    with pytest.raises(StepFailed, match=r"the program answered HTTP 500 after invoice.post"):
        post(driver, invoice)
    assert len(server.vouchers()) == stored


def test_an_answer_that_never_comes_is_a_failure_in_time(driver: WebDriver, site: Site) -> None:
    held = Event()
    site.pages["/post"] = Page("late", wait=held)
    driver.open(site.page(FORM.format(POST)))
    driver.aim(named("bokfor", reloads=True))
    driver.timeout = 2
    began = time.monotonic()
    with pytest.raises(StepFailed, match=r"no page came after form.bokfor|did not answer after form.bokfor"):
        driver.submit(named("bokfor", reloads=True), soon())
    assert time.monotonic() - began < 14
    assert len(site.posts()) == 1
    held.set()


def test_a_disabled_post_button_stores_nothing(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target]
) -> None:
    server.set_knobs(disable_post=True)
    key_invoice(driver, invoice, "F-1")
    driver.timeout = 2
    with pytest.raises(StepFailed, match="it is disabled"):
        post(driver, invoice)
    assert server.vouchers() == []
