"""Windows that the program opens: worked in, closed, and never a trap."""

from collections.abc import Callable
from time import monotonic

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

from .site import Site
from .targets import button, named, target

OPENER = """<input name="navn"><button onclick="window.open('/vindu', 'v', 'width=300,height=200')">Søk</button>"""
CHOOSE = """<input name="sok"><button
onclick="opener.document.querySelector('input').value = 'Ødegård'; window.close()">Velg</button>"""


def start(driver: WebDriver, site: Site, popup: str) -> None:
    site.page(popup, "/vindu")
    driver.open(site.page(OPENER))


def test_one_that_closes_itself(driver: WebDriver, site: Site) -> None:
    start(driver, site, CHOOSE)
    for _ in range(5):  # the click that closes its own window must not fail
        with driver.popup(button("Søk"), closes=True):
            assert driver.fill(named("sok"), "øde") == "øde"
            driver.click(button("Velg"))
        assert driver.read(named("navn")) == "Ødegård"


@pytest.mark.parametrize("by", ["Enter", "row"])
def test_a_key_or_a_row_may_close_it_too(driver: WebDriver, site: Site, by: str) -> None:
    row = (
        '<table id="t"><tr><th>Navn</th></tr><tr><td><a href="#" onclick="window.close()">Ødegård</a></td></tr></table>'
    )
    start(driver, site, '<input name="sok" onkeydown="window.close()">' + row)
    rows = target({"css": "#t"})
    with driver.popup(button("Søk"), closes=True):
        if by == "row":
            driver.click_row(rows, driver.rows(rows).rows[0], "Navn")
        else:
            driver.press("Enter", named("sok"))
    assert driver.read(named("navn")) == ""


def test_one_that_stays_is_closed(driver: WebDriver, site: Site) -> None:
    start(driver, site, CHOOSE)
    with driver.popup(button("Søk"), closes=False):
        assert driver.read(named("sok")) == ""
    assert driver.read(named("navn")) == ""


def test_one_that_should_close_and_does_not_is_a_failure(driver: WebDriver, site: Site) -> None:
    start(driver, site, CHOOSE)
    driver.timeout = 2
    with (
        pytest.raises(StepFailed, match=r"^the window that button.Søk opened did not close in 2 seconds$"),
        driver.popup(button("Søk"), closes=True),
    ):
        pass
    assert driver.read(named("navn")) == ""


def test_one_that_is_closed_too_soon_is_a_failure_and_the_session_goes_on(driver: WebDriver, site: Site) -> None:
    start(driver, site, CHOOSE)
    began = monotonic()
    with pytest.raises(StepFailed, match=r"^form.sok: its window has closed$"):
        close_too_soon(driver)
    assert monotonic() - began < driver.timeout
    assert driver.read(named("navn")) == "Ødegård"
    assert driver.fill(named("navn"), "Ny") == "Ny"


def close_too_soon(driver: WebDriver) -> None:
    with driver.popup(button("Søk"), closes=True):
        driver.click(button("Velg"))
        driver.fill(named("sok"), "for sent")


@pytest.mark.parametrize("verb", ["click", "read", "rows", "shows", "wait", "press", "aim", "leave"])
def test_every_verb_says_that_the_window_has_closed(driver: WebDriver, site: Site, verb: str) -> None:
    start(driver, site, "<script>setTimeout(() => window.close(), 100)</script>")
    gone = named("sok")
    verbs = {
        "click": lambda: driver.click(gone), "read": lambda: driver.read(gone), "rows": lambda: driver.rows(gone),
        "shows": lambda: driver.shows(gone), "wait": lambda: driver.wait(target({"css": "html"}), "hidden"),
        "press": lambda: driver.press("Tab", None), "aim": lambda: driver.aim(gone), "leave": driver.leave,
    }  # fmt: skip
    with pytest.raises(StepFailed, match="its window has closed"):
        use_until_it_closes(driver, verbs[verb])


def use_until_it_closes(driver: WebDriver, verb: Callable[[], object]) -> None:
    with driver.popup(button("Søk"), closes=True):
        ends = monotonic() + 20
        while monotonic() < ends:
            try:
                verb()
            except StepFailed as failed:
                if "is not on the screen" not in str(failed):
                    raise


def test_a_click_that_opens_no_window_is_a_failure(driver: WebDriver, site: Site) -> None:
    driver.open(site.page("<button>Søk</button>"))
    driver.timeout = 2
    with (
        pytest.raises(StepFailed, match=r"^button.Søk opened no window in 2 seconds$"),
        driver.popup(button("Søk"), closes=True),
    ):
        pass


def test_an_alert_instead_of_a_window_is_told_at_once(driver: WebDriver, site: Site) -> None:
    driver.open(site.page("<button onclick=\"setTimeout(() => alert('Ingen tilgang'), 100)\">Søk</button>"))
    began = monotonic()
    with (
        pytest.raises(StepFailed, match="an unexpected alert said: Ingen tilgang"),
        driver.popup(button("Søk"), closes=True),
    ):
        pass
    assert monotonic() - began < driver.timeout / 2


def test_a_page_load_within_a_popup(driver: WebDriver, site: Site) -> None:
    start(driver, site, '<input name="a" value="1"><a href="/neste">Finn</a>')
    site.page('<input name="a" value="2">', "/neste")
    with driver.popup(button("Søk"), closes=False):
        driver.click(target({"text": "Finn"}, reloads=True))
        assert driver.read(named("a")) == "2"


def test_the_supplier_search_of_the_practice_program(driver: WebDriver, invoice: dict[str, Target]) -> None:
    for name in ("Ærlig Regnskapsdata AS", "Ås Blomster ANS"):
        with driver.popup(invoice["invoice.search"], closes=True):
            driver.fill(invoice["supplier.search"], name)
            driver.click(invoice["supplier.find"])
            (row,) = driver.rows(invoice["supplier.rows"]).rows
            driver.click_row(invoice["supplier.rows"], row, "4")
        assert driver.read(invoice["invoice.supplier"]) == name
