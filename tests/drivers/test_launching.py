"""One browser for many sessions, none of which knows of another."""

import os

import pytest

from bilagsbot.drivers.web.launching import Chromium
from tests.processes import children, kill_browser, needs_proc

from .conftest import OpenDriver
from .site import Answer, Site
from .targets import target

COOKIE = target({"css": "body"})
SHOW = '<!doctype html><body><script>document.body.textContent = document.cookie || "none"</script>'


def test_a_session_does_not_see_the_cookies_of_the_last(own_driver: OpenDriver, site: Site) -> None:
    site.pages["/inn"] = Answer(SHOW, headers={"Content-Type": "text/html", "Set-Cookie": "okt=1"})
    site.pages["/"] = Answer(SHOW)
    first = own_driver()
    first.open(site.url("/inn"))
    first.open(site.url())
    assert first.read(COOKIE) == "okt=1"
    first.close()
    second = own_driver()
    second.open(site.url())
    assert second.read(COOKIE) == "none"


@needs_proc
def test_a_killed_browser_is_started_again_for_the_next_session(own_driver: OpenDriver, site: Site) -> None:
    first = own_driver()
    first.open(site.page("<p>Side</p>"))
    kill_browser(os.getpid())
    first.close()
    second = own_driver()
    second.open(site.url())
    assert second.read(target({"css": "p"})) == "Side"


@needs_proc
@pytest.mark.parametrize("used", [True, False])
def test_nothing_of_it_is_left(used: bool) -> None:
    before = set(children(os.getpid()))
    browser = Chromium(headed=False, redact=str)
    if used:
        browser.context()
        assert set(children(os.getpid())) > before
    browser.close()
    browser.close()
    assert set(children(os.getpid())) <= before
