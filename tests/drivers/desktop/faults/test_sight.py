"""What is only seen: pictures hold for one look of a program, words for every."""

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
