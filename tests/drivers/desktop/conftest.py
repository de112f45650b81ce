"""One screen a process, and what looks at it."""

from collections.abc import Iterator

import pytest

from bilagsbot.drivers.desktop.screen import Screen

from .shows import Shows


@pytest.fixture(scope="session")
def display() -> Iterator[Shows]:
    running = Shows()
    yield running
    running.stop()


@pytest.fixture
def shows(display: Shows, monkeypatch: pytest.MonkeyPatch) -> Shows:
    """The window of widgets, on the screen that DISPLAY names for this test."""
    monkeypatch.setenv("DISPLAY", display.display)
    return display


@pytest.fixture
def screen(shows: Shows) -> Iterator[Screen]:
    looking = Screen()
    yield looking
    looking.close()
