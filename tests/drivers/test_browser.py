"""Which browser is found, and that it starts."""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from bilagsbot.drivers.web import browser
from bilagsbot.drivers.web.browser import find_browser
from bilagsbot.model.errors import Unreachable

from .conftest import OpenDriver
from .site import Site
from .targets import target


def test_the_browser_that_the_environment_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "my-browser"
    monkeypatch.setenv("BILAGSBOT_BROWSER", str(program))
    assert find_browser() is None
    program.touch()
    assert find_browser() == browser.Browser(program, "BILAGSBOT_BROWSER")


def test_playwrights_own_browser_starts_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_driver: OpenDriver, site: Site
) -> None:
    found = find_browser()
    if found is None or found.origin != "system":
        pytest.skip("this machine has no browser of its own")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with sync_playwright() as playwright:
        program = Path(playwright.chromium.executable_path)
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPATH=/usr/bin:/bin exec "{found.program}" "$@"\n')
    program.chmod(0o755)
    assert find_browser() == browser.Browser(program, "playwright")
    driver = own_driver()
    driver.open(site.page("<p id=p>Side</p>"))
    assert driver.read(target({"css": "#p"})) == "Side"


def test_a_browser_that_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_driver: OpenDriver, site: Site
) -> None:
    program = tmp_path / "broken"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("BILAGSBOT_BROWSER", str(program))
    with pytest.raises(Unreachable, match=r"^The browser did not start: ") as failed:
        own_driver()
    assert "\n" not in str(failed.value)
    monkeypatch.delenv("BILAGSBOT_BROWSER")
    own_driver().open(site.page("<p>Side</p>"))  # nothing of the failed one is left in the way
