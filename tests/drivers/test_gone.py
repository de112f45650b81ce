"""The browser is gone, or is closed twice: a sentence, never a hang."""

import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from tests.processes import kill_browser, needs_proc

from .conftest import OpenDriver
from .site import Site
from .targets import button, named, target


def kill() -> None:
    kill_browser(os.getpid())


def test_closing_twice_does_no_harm(own_driver: OpenDriver) -> None:
    driver = own_driver()
    driver.close()
    driver.close()


@needs_proc
def test_every_verb_says_that_a_killed_browser_is_gone(own_driver: OpenDriver, site: Site, tmp_path: Path) -> None:
    driver = own_driver()
    driver.open(site.page('<input name="felt"><button>Lagre</button>'))
    field, press = named("felt"), button("Lagre", reloads=True)
    driver.aim(press)
    kill()
    verbs: list[Callable[[], object]] = [
        lambda: driver.click(field), lambda: driver.fill(field, "1"), lambda: driver.choose(field, "1"),
        lambda: driver.tick(field, True), lambda: driver.press("Tab", None), lambda: driver.press("Tab", field),
        lambda: driver.read(field), lambda: driver.shows(field), lambda: driver.wait(field, "visible"),
        lambda: driver.wait(field, "hidden"), lambda: driver.rows(target({"css": "table"})), driver.leave,
        lambda: driver.aim(press), lambda: driver.submit(press, 2e9), lambda: driver.open(site.url()),
        lambda: driver.upload(field, [tmp_path]), lambda: driver.download(field, tmp_path),
        lambda: driver.popup(field, True).__enter__(),
    ]  # fmt: skip
    began = monotonic()
    for verb in verbs:
        with pytest.raises(StepFailed, match=r"the browser has gone|was not aimed at"):
            verb()
    assert driver.picture() == b""
    driver.close()
    assert monotonic() - began < 30


@needs_proc
@pytest.mark.parametrize("inside", ["reload", "popup"])
def test_a_browser_killed_while_something_is_waited_for(own_driver: OpenDriver, site: Site, inside: str) -> None:
    driver = own_driver()
    site.pages["/drep"] = lambda _: (kill(), "")[1]
    site.page("<script>fetch('/drep')</script>", "/vindu")
    driver.open(
        site.page("<button onclick=\"fetch('/drep')\">A</button><button onclick=\"window.open('/vindu')\">B</button>")
    )
    began = monotonic()
    with pytest.raises(StepFailed, match="the browser has gone"):
        wait_in(driver, inside)
    assert monotonic() - began < driver.timeout
    driver.close()


def wait_in(driver: WebDriver, inside: str) -> None:
    if inside == "reload":
        driver.click(button("A", reloads=True))
        return
    with driver.popup(button("B"), closes=True):
        driver.read(named("never"))
