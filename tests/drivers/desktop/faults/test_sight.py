"""What is only seen: pictures hold for one look of a program, words for every."""

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import pytest

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed

from ..forms import Form, wait
from .targets import target, values

pytestmark = pytest.mark.xdist_group("desktop")
Saved = Callable[[], list[dict[str, str]]]
SAYS = {"is": {"text": "Lagre"}}


@pytest.fixture
def crop(driver: DesktopDriver, form: Form, tmp_path: Path) -> dict[str, str]:
    """The anchor of the button that saves, by its picture as it is now."""
    found = driver._finder.find(target("save"))
    pixels = driver._desk.screen.grab(found.rect).pixels
    cv2.imwrite(str(tmp_path / "selectors" / "form" / "save.png"), pixels)
    return {"image": "save.png"}


def test_a_picture(driver: DesktopDriver, form: Form, crop: dict[str, str], saved: Saved) -> None:
    both = target("save", find=[{"role": "button", "named": "Lagre nå"}, crop], **SAYS)
    driver.fill(target("Dato"), "1")
    driver.click(both)
    assert wait(saved)
    assert driver.drift == [Drift("save", 1)]
    with pytest.raises(StepFailed, match="was not found"):
        driver.aim(both)  # what posts is found by its first anchor


def test_what_is_seen_before_it_is_told_of(driver: DesktopDriver, form: Form) -> None:
    """As in a window that has just come."""
    driver.timeout = 5
    form.tell("later 400 rename Lagre Bokfør")
    post = target("save", find=[{"role": "button", "named": "Bokfør"}, {"ocr": "Avbryt"}], **{"is": {}})
    found = driver._finder.find(post)
    assert found.node is not None
    assert found.node.name == "Bokfør"
    assert driver.drift == []


def test_a_picture_of_what_looks_different_under_the_mouse(
    driver: DesktopDriver, form: Form, crop: dict[str, str], saved: Saved
) -> None:
    seen = target("save", find=crop, **{"is": {}})
    there = driver._finder.find(seen).rect
    driver._desk.pointer.move(*there.centre)
    driver._desk.screen.still(there, 0.2, 5)
    assert not driver._desk.images.find(driver._desk.crop("save.png", 96), there.grown(20)), (
        "GTK marks what is under it"
    )

    driver.fill(target("Dato"), "1")
    driver.aim(seen)
    driver.submit(seen, time.time() + 60)
    assert wait(saved)


@pytest.mark.parametrize("look", ["dark", "scale"])
def test_another_theme_and_larger_text(
    look: str, driver: DesktopDriver, form: Form, crop: dict[str, str], saved: Saved
) -> None:
    form.tell(look)
    assert wait(lambda: not driver._finder.shows(target("save", find=crop, **{"is": {}})))  # it is drawn
    with pytest.raises(StepFailed, match="save was not found"):
        driver.click(target("save", find=crop))
    assert not saved()
    driver.click(target("save", find=[crop, {"ocr": "Lagre"}], **SAYS))
    assert wait(saved)
    assert driver.drift == [Drift("save", 1)]


def test_words_that_stand_there_twice(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    driver.fill(target("Tekst"), "Lagre")
    with pytest.raises(StepFailed, match="save is there 2 times by ocr 'Lagre'"):
        driver.click(target("save", find={"ocr": "Lagre"}))
    assert not saved()


def test_a_field_that_is_only_seen(driver: DesktopDriver, form: Form) -> None:
    text = "Blåbærsyltetøy AS"
    assert driver.fill(target("seen"), text) == text
    assert values(form)["Beløp"] == text
