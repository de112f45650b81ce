"""What is typed is in its field, or nowhere."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed

from ..forms import Form, wait
from .targets import FIELDS, TIMEOUT, fill, target, values

pytestmark = pytest.mark.xdist_group("desktop")
Saved = Callable[[], list[dict[str, str]]]
TEXT = "Blåbærsyltetøy – 1 234,50 kr til Øyvind Ås"


def test_text_that_no_key_writes(driver: DesktopDriver, form: Form) -> None:
    with pytest.raises(StepFailed, match=r"character 4 of the text, U\+0007, is none that a key writes"):
        driver.fill(target("Tekst"), "pip\a")
    assert values(form) == dict.fromkeys(FIELDS, "")


@pytest.mark.parametrize("moment", ["focus-in-event", "changed"])
def test_a_window_that_takes_the_keyboard(moment: str, driver: DesktopDriver, form: Form) -> None:
    """Just when the field has it, and when a part of the text is there."""
    form.tell(f"when Dato {moment} steal")
    try:
        assert driver.fill(target("Dato"), TEXT) == TEXT
    except StepFailed as failed:
        assert "lost the keyboard" in str(failed)  # noqa: PT017 - either is right, by the moment at which it comes
    assert wait(lambda: len(driver._desk.own()) == 2)
    assert form.ask("stolen") == ""
    driver.fill(target("Dato"), TEXT)
    assert values(form) == {**dict.fromkeys(FIELDS, ""), "Dato": TEXT}


@pytest.mark.parametrize(("fault", "said"), [("hang", "does not answer"), ("die", "ended by itself, with exit code 3")])
def test_a_program_that_stops_in_the_middle_of_a_text(
    fault: str, said: str, driver: DesktopDriver, form: Form, saved: Saved
) -> None:
    pid = int(form.ask("pid"))
    form.tell(f"when Dato changed {fault}")
    begun = time.monotonic()
    with pytest.raises(StepFailed, match=said):
        driver.fill(target("Dato"), TEXT)
    assert time.monotonic() - begun < 10 * TIMEOUT
    if fault == "hang":
        os.kill(pid, signal.SIGCONT)
        assert driver.fill(target("Dato"), TEXT) == TEXT
        assert values(form) == {**dict.fromkeys(FIELDS, ""), "Dato": TEXT}
    assert not saved()


def test_a_field_that_takes_no_text(driver: DesktopDriver, form: Form) -> None:
    form.tell("disable Dato")
    with pytest.raises(StepFailed, match=r"Dato did not react in 1\.5 seconds: it is disabled"):
        driver.fill(target("Dato"), "1")
    assert values(form) == dict.fromkeys(FIELDS, "")


def test_typing_over_what_is_there_leaves_the_other_fields_alone(driver: DesktopDriver, form: Form) -> None:
    filled = fill(driver, *FIELDS)
    assert driver.fill(target("Beløp"), "-1 234,50") == "-1 234,50"
    assert driver.fill(target("Tekst"), "") == ""
    assert values(form) == {**filled, "Beløp": "-1 234,50", "Tekst": ""}


def test_lists_and_boxes(driver: DesktopDriver, form: Form) -> None:
    assert driver.choose(target("type"), "Kreditnota") == "Kreditnota"
    driver.tick(target("paid"), True)
    driver.tick(target("paid"), True)
    assert form.values() == {**dict.fromkeys(FIELDS, ""), "Bilagstype": "Kreditnota", "Betalt": True}
    with pytest.raises(StepFailed, match=r"has no option 'Faktura'; it has .*Kreditnota"):
        driver.choose(target("type"), "Faktura")
    assert form.values()["Bilagstype"] == "Kreditnota"
    driver.tick(target("paid"), False)
    assert form.values()["Betalt"] is False
