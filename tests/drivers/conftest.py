"""A site of one's own and one browser a module: two Playwrights cannot be open in one thread."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.web.browser import find_browser
from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.target import Selectors, Target
from bilagsbot.practice.server import PracticeServer

from .site import Site
from .targets import practice_selectors

OpenDriver = Callable[..., WebDriver]


@pytest.fixture
def site() -> Iterator[Site]:
    running = Site()
    yield running
    running.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PracticeServer]:
    with PracticeServer(db=tmp_path / "practice.sqlite") as running:
        yield running


def opened(browser: Chromium, **settings: object) -> WebDriver:
    if find_browser() is None:
        pytest.skip("no browser on this machine")
    targets = {"any": Target.model_validate({"find": {"css": "body"}})}
    selectors = Selectors.model_validate({"app": "test", "targets": targets, "timeout": 15, **settings})
    return WebDriver(selectors, browser, redact=lambda text: text)


@pytest.fixture(scope="module")
def shared() -> Iterator[WebDriver]:
    browser = Chromium(headed=False, redact=str)
    driver = opened(browser)
    yield driver
    driver.close()
    browser.close()


@pytest.fixture
def driver(shared: WebDriver) -> WebDriver:
    """The module's browser, as new: nothing armed, no drift, an empty page."""
    shared.begin()
    shared.timeout = 15
    shared.drift.clear()
    shared.open("about:blank")
    return shared


@pytest.fixture
def own_driver() -> Iterator[OpenDriver]:
    """Opens a browser with settings of its own; not together with `driver` in one module."""
    browser = Chromium(headed=False, redact=str)
    drivers: list[WebDriver] = []

    def open_one(**settings: object) -> WebDriver:
        drivers.append(opened(browser, **settings))
        return drivers[-1]

    yield open_one
    for one in drivers:
        one.close()
    browser.close()


@pytest.fixture
def invoice(driver: WebDriver, server: PracticeServer) -> dict[str, Target]:
    """The practice program's targets, its invoice screen open."""
    targets = practice_selectors().targets
    driver.open(server.url)
    driver.fill(targets["login.user"], "ola")
    driver.fill(targets["login.password"], "practice-only")
    driver.click(targets["login.submit"])
    driver.click(targets["menu.invoice"])
    return targets
