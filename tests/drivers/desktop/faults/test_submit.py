"""The one click that posts: only on what was aimed at, as it was then, and in time."""

import os
import signal
import time
from collections.abc import Callable

import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed

from ..forms import Form, wait
from .targets import fill, post, target, values

pytestmark = pytest.mark.xdist_group("desktop")
Saved = Callable[[], list[dict[str, str]]]
CHANGES = {
    "move 400 300": "has changed since",
    "rename Lagre Lukk": "was not found",
    "disable Lagre": "has changed since",
    "modal vil du lagre?": r"an unexpected window said: Spørsmål vil du lagre\?",
    "cover": "is covered by another window",
}


def soon() -> float:
    return time.time() + 60


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_after_the_aim(change: str, driver: DesktopDriver, form: Form, saved: Saved) -> None:
    filled = fill(driver, "Dato")
    driver.aim(target("save"))
    before = driver._desk.windows.stamp()
    form.tell(change)
    if change.split()[0] in ("move", "modal", "cover"):  # which the window manager does in its time
        assert wait(lambda: driver._desk.windows.stamp() != before and driver._desk.windows.settled(1))
    with pytest.raises(StepFailed, match=CHANGES[change]):
        driver.submit(target("save"), soon())
    if change.startswith("modal"):
        assert form.line() == "answered -4"
    assert values(form) == filled
    assert not saved()


def test_a_program_that_hangs_after_the_aim(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    filled = fill(driver, "Dato")
    driver.aim(target("save"))
    os.kill(pid := int(form.ask("pid")), signal.SIGSTOP)
    with pytest.raises(StepFailed, match="its program does not answer"):
        driver.submit(target("save"), soon())
    os.kill(pid, signal.SIGCONT)
    assert values(form) == filled
    assert not saved()


def test_a_submit_that_comes_too_late_or_was_not_aimed(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    fill(driver, "Dato")
    driver.aim(target("save"))
    with pytest.raises(StepFailed, match="came too late and was dropped"):
        driver.submit(target("save"), time.time() - 1)
    with pytest.raises(StepFailed, match="was not aimed at"):
        driver.submit(target("save"), soon())
    assert values(form)["Dato"]
    assert not saved()
    post(driver)
    assert wait(saved)
    with pytest.raises(StepFailed, match="was not aimed at"):
        driver.submit(target("save"), soon())
    assert len(saved()) == 1


def test_a_question_after_the_deadline(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    driver.answer(Answer(text="Yes"))
    driver.aim(target("save"))
    driver.submit(target("save"), ends := time.time() + 1)
    form.tell("modal vil du bokføre?")
    assert wait(lambda: time.time() > ends)
    with pytest.raises(StepFailed, match=r"too late to say yes to: Spørsmål vil du bokføre\?"):
        driver.read(target("Dato"))
    assert form.line() == "answered -4"


def test_what_cannot_be_told_apart_or_found(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    with pytest.raises(StepFailed, match="any is there 3 times by role 'button'"):
        driver.click(target("any"))
    with pytest.raises(StepFailed, match=r"nothing was not found in 1\.5 seconds"):
        driver.aim(target("nothing"))
    with pytest.raises(StepFailed, match="save says 'Lagre', not 'Bilag 10432'"):
        driver.aim(target("save", **{"is": {"text": "Bilag 10432"}}))
    elsewhere = target("save", window="Bilagsregister*")
    with pytest.raises(StepFailed, match=r"no window 'Bilagsregister\*' .*shows 'Bilagsregistrering'"):
        driver.click(elsewhere)
    assert not saved()


def test_a_disabled_button(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    with pytest.raises(StepFailed, match="delete is disabled"):
        driver.aim(target("delete"))
    with pytest.raises(StepFailed, match=r"did not react in 1\.5 seconds: it is disabled"):
        driver.click(target("delete"))
    form.tell("disable Lagre")
    form.tell("later 400 enable Lagre")
    driver.click(target("save"))
    assert wait(saved)
    assert len(saved()) == 1
