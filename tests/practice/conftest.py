"""A practice program to each test, asked over plain HTTP or through a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, FrameLocator, Page, sync_playwright

from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser


class ScreenUser:
    """Someone at the screen who has logged in, says yes to every dialog, and remembers what it said."""

    def __init__(self, page: Page, server: PracticeServer) -> None:
        self.page = page
        self.dialogs: list[str] = []
        page.on("dialog", self._accept)
        page.goto(server.url)
        page.locator("[name=bruker]").fill("ola")
        page.locator("[name=passord]").fill("practice-only")
        page.get_by_role("button", name="Logg inn").click()
        self.menu.get_by_text("Logg ut").wait_for()

    def _accept(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.accept()

    @property
    def menu(self) -> FrameLocator:
        return self.page.frame_locator("[name=meny]")

    @property
    def main(self) -> FrameLocator:
        return self.page.frame_locator("[name=hoved]")

    def open(self, link: str, field: str) -> None:
        self.menu.get_by_text(link, exact=True).click()
        self.main.locator(f"[name={field}]").wait_for()

    def fill(self, **fields: str) -> None:
        for name, text in fields.items():
            self.main.locator(f"[name={name}]").fill(text)

    def press(self, button: str) -> None:
        self.main.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PracticeServer]:
    with PracticeServer(db=tmp_path / "practice.sqlite") as running:
        yield running


@pytest.fixture
def user(server: PracticeServer) -> HttpUser:
    """One who is logged in, over plain HTTP."""
    user = HttpUser(server.port)
    user.login()
    return user


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Not for the whole session: a second Playwright in the same thread cannot start while one is open.
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("no chromium on this machine")
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"] if as_root else [])
        yield chromium
        chromium.close()


@pytest.fixture
def screen(browser: Browser, server: PracticeServer) -> Iterator[ScreenUser]:
    """One who is logged in, in Chromium."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield ScreenUser(context.new_page(), server)
    context.close()
