"""What happens to a window between two fields: the right values are saved, or a sentence says why nothing is."""

from collections.abc import Callable

import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed

from ..forms import Form, wait
from .targets import FIELDS, fill, post, target, values

pytestmark = pytest.mark.xdist_group("desktop")
Saved = Callable[[], list[dict[str, str]]]
FAULTS = ("move 400 300", "resize 560 430", "minimise", "dark", "scale", "steal", "focus Tekst")
YES, GONE = -8, -4  # as GTK numbers its answers


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_person_does_to_the_window(fault: str, driver: DesktopDriver, form: Form, saved: Saved) -> None:
    fill(driver, "Bilagsnr")
    form.tell(fault)
    wanted = fill(driver, "Bilagsnr", "Dato")
    # Letters of another size are laid out over some frames.
    assert driver._desk.screen.still(driver._desk.own()[0].rect, 0.1, 5) or fault == "minimise"
    post(driver)

    assert wait(saved)
    assert saved() == [wanted]
    assert [dict(row.cells) for row in driver.rows(target("saved")).rows] == [wanted]


def test_a_covered_window(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    before = fill(driver, "Bilagsnr")
    form.tell("cover")
    assert wait(lambda: len(driver._desk.own()) == 2)
    with pytest.raises(StepFailed, match="Tekst is covered"):
        driver.fill(target("Tekst"), "x")
    with pytest.raises(StepFailed, match="save is covered by another window"):
        driver.aim(target("save"))
    assert values(form) == before
    form.tell("uncover")
    assert wait(lambda: len(driver._desk.own()) == 1)
    fill(driver, "Dato")
    assert not saved()


def test_a_question_that_nobody_expected(driver: DesktopDriver, form: Form, saved: Saved) -> None:
    before = fill(driver, "Bilagsnr")
    ask(driver, form)
    with pytest.raises(StepFailed, match=r"an unexpected window said: Spørsmål.*vil du lagre\?"):
        driver.fill(target("Dato"), "x")
    assert form.line() == f"answered {GONE}"
    assert values(form) == before
    assert not saved()


@pytest.mark.parametrize(("expected", "answer"), [(Answer(text="Yes", says="lagre"), YES), (Answer(False), GONE)])
def test_a_question_that_a_step_expected(expected: Answer, answer: int, driver: DesktopDriver, form: Form) -> None:
    driver.answer(expected)
    ask(driver, form)
    assert driver.fill(target("Dato"), "1") == "1"
    assert form.line() == f"answered {answer}"


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (Answer(says="slette"), r"said: Spørsmål.*vil du lagre\?.*, not: slette"),
        (Answer(), r"said: Spørsmål.*vil du lagre\?.*; it has several buttons"),
        (Answer(text="Kanskje"), r"said: Spørsmål.*vil du lagre\?.*; it has not one button 'Kanskje'"),
    ],
)
def test_a_question_that_a_step_did_not_answer(expected: Answer, said: str, driver: DesktopDriver, form: Form) -> None:
    driver.answer(expected)
    ask(driver, form)
    with pytest.raises(StepFailed, match=said):
        driver.fill(target("Dato"), "x")
    assert form.line() == f"answered {GONE}"
    assert values(form) == dict.fromkeys(FIELDS, "")


def ask(driver: DesktopDriver, form: Form) -> None:
    """The program asks, and the window is there."""
    form.tell("modal vil du lagre?")
    assert wait(lambda: any(window.modal for window in driver._desk.own()))
