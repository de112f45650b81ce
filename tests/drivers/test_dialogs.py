"""alert, confirm, prompt: answered as armed, and what nobody armed is no, and told at once."""

from collections.abc import Callable
from time import monotonic

import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target
from bilagsbot.practice.server import PracticeServer

from .site import Site
from .targets import button, named, target

TITLE = target({"document": "title"})


def asks(site: Site, script: str) -> str:
    return site.page(f'<button onclick="document.title = String({script})">Spør</button><input name="felt">')


@pytest.mark.parametrize(
    ("script", "answer", "said"),
    [
        ("confirm('Bokføre?')", Answer(), "true"),
        ("confirm('Bokføre?')", Answer(accept=False), "false"),
        ("confirm('Bokføre  bilaget?')", Answer(says="bokføre bilaget"), "true"),
        ("prompt('Grunn?')", Answer(text="Feil beløp æøå"), "Feil beløp æøå"),
        ("prompt('Grunn?')", Answer(accept=False, text="Feil"), "null"),
        ("alert('Lagret')", Answer(), "undefined"),
    ],
)
def test_an_armed_answer_is_given(driver: WebDriver, site: Site, script: str, answer: Answer, said: str) -> None:
    driver.open(asks(site, script))
    driver.answer(answer)
    driver.click(button("Spør"))
    assert driver.read(TITLE) == said


def test_two_answers_go_to_two_dialogs_in_order(driver: WebDriver, site: Site) -> None:
    driver.open(asks(site, "[prompt('A'), prompt('B')]"))
    driver.answer(Answer(text="1"))
    driver.answer(Answer(text="2"))
    driver.click(button("Spør"))
    assert driver.read(TITLE) == "1,2"


def test_another_question_than_the_armed_one_gets_a_no(driver: WebDriver, site: Site) -> None:
    driver.open(asks(site, "confirm('Slette bilaget?')"))
    driver.answer(Answer(says="Bokføre"))
    with pytest.raises(StepFailed, match=r"^the confirm said: Slette bilaget\?, not: Bokføre$"):
        driver.click(button("Spør"))
    assert driver.read(TITLE) == "false"


def test_a_confirm_that_nobody_armed_gets_a_no(driver: WebDriver, site: Site) -> None:
    driver.open(asks(site, "confirm('Slette?')"))
    with pytest.raises(StepFailed, match=r"an unexpected confirm said: Slette\?"):
        driver.click(button("Spør"))
    assert driver.read(TITLE) == "false"
    driver.click(named("felt"))  # told once


WAITS: dict[str, Callable[[WebDriver], object]] = {
    "click": lambda driver: driver.click(named("mangler")),
    "fill": lambda driver: driver.fill(named("mangler"), "1"),
    "choose": lambda driver: driver.choose(named("mangler"), "1"),
    "wait": lambda driver: driver.wait(named("mangler"), "visible"),
    "wait hidden": lambda driver: driver.wait(named("felt"), "hidden"),
    "reload": lambda driver: driver.click(named("felt", reloads=True)),
    "aim": lambda driver: driver.aim(named("mangler")),
    "rows": lambda driver: driver.rows(target({"css": "table"})),
}


@pytest.mark.parametrize("wait", WAITS)
def test_an_alert_interrupts_whatever_is_waited_for(driver: WebDriver, site: Site, wait: str) -> None:
    driver.open(site.page("<input name=\"felt\"><script>setTimeout(() => alert('Økten er\\nutløpt'), 500)</script>"))
    began = monotonic()
    with pytest.raises(StepFailed, match="an unexpected alert said: Økten er utløpt"):
        WAITS[wait](driver)
    assert monotonic() - began < driver.timeout / 2


def test_an_alert_of_the_page_that_a_click_loads(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target]
) -> None:
    server.set_knobs(unexpected_alert=1)
    with pytest.raises(StepFailed, match="an unexpected alert said: Husk månedsavslutning!"):
        driver.click(invoice["menu.journal"])
    driver.click(invoice["menu.invoice"])
    assert driver.shows(invoice["invoice.number"])


def test_leaving_a_page_that_asks_to_stay(driver: WebDriver, site: Site) -> None:
    site.page("<p>Ny</p>", "/ny")
    stay = "<script>onbeforeunload = event => event.preventDefault()</script>"
    driver.open(site.page(stay + '<input name="felt"><a href="/ny">Neste</a>'))
    driver.fill(named("felt"), "endret")
    driver.answer(Answer(says="not for this one"))
    driver.click(target({"text": "Neste"}, reloads=True))
    assert driver.shows(target({"text": "Ny"}))


def test_a_new_item_begins_without_what_the_last_one_left(driver: WebDriver, site: Site) -> None:
    driver.open(asks(site, "confirm('Slette?')"))
    driver.answer(Answer())
    driver.begin()
    with pytest.raises(StepFailed, match="unexpected confirm"):
        driver.click(button("Spør"))
    driver.open(site.page("<button onclick=\"setTimeout(() => alert('sent'), 700)\">Lagre</button>"))
    driver.click(button("Lagre"))
    with pytest.raises(StepFailed, match="sent"):
        driver.wait(named("felt"), "visible")
    driver.begin()
    assert not driver.shows(named("felt"))


def test_a_dialog_in_a_popup_is_answered(driver: WebDriver, site: Site) -> None:
    site.page("<button onclick=\"if (confirm('Velge?')) window.close()\">Velg</button>", "/vindu")
    driver.open(site.page("<button onclick=\"window.open('/vindu', 'v', 'width=300')\">Søk</button>"))
    with driver.popup(button("Søk"), closes=True):
        driver.answer(Answer(says="Velge"))
        driver.click(button("Velg"))
    assert driver.shows(button("Søk"))
