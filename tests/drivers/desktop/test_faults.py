"""What happens to a desktop program between two fields: a sentence and nothing saved, or the right values."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import cv2
import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.drivers.desktop.launching import Desktop
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed, Stopped
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.target import Selectors, Target

from .forms import PROGRAM, PYTHON, TITLE, RunningForm, wait

pytestmark = pytest.mark.xdist_group("desktop")
SPEC = ProgramSpec(command=PYTHON, arguments=(str(PROGRAM),))
FIELDS = ("Bilagsnr", "Dato", "Beløp", "Leverandør", "Tekst")
TARGETS = {
    **{name: {"find": {"label": f"{name}:"}} for name in FIELDS},
    "type": {"find": {"label": "Bilagstype:"}},
    "paid": {"find": {"role": "checkbox", "named": "Betalt"}},
    "save": {"find": {"role": "button", "named": "Lagre"}, "is": {"type": "button", "text": "Lagre"}},
    "delete": {"find": {"role": "button", "named": "Slett"}},
    "any": {"find": {"role": "button"}},
    "nothing": {"find": {"role": "button", "named": "Bokfør"}},
    "saved": {"find": {"role": "table"}},
    "seen": {"find": {"ocr": "Beløp:", "beside": "right", "size": [200, 30]}},
}


class Running(Program):
    """The form that runs already."""

    def __init__(self, form: RunningForm, folder: Path) -> None:
        super().__init__(SPEC, folder, {}, folder / "log")
        self._form = form

    def start(self) -> None:
        self._started = self._form.process


@pytest.fixture
def driver(form: RunningForm, screen_environment: Mapping[str, str], tmp_path: Path) -> Iterator[DesktopDriver]:
    selectors = Selectors.model_validate(
        {"app": "form", "driver": "desktop", "window": TITLE, "targets": TARGETS, "timeout": 3}
    )
    (tmp_path / "selectors" / "form").mkdir(parents=True)
    desktop = Desktop(SPEC, tmp_path, tmp_path / "log", dict(screen_environment))
    opened = desktop.drive(Running(form, tmp_path), selectors)
    yield opened
    form.process.kill()
    opened.close()


def target(name: str, **more: object) -> Target:
    return Target.model_validate({"name": name, "window": TITLE, **TARGETS[name], **more})


def fill(driver: DesktopDriver, *names: str) -> None:
    """Another text in each field, with letters that the keyboard lacks."""
    for i, name in enumerate(names):
        assert driver.fill(target(name), text := f"{name} æøå – {i}") == text


def values(form: RunningForm) -> dict[str, object]:
    return {name: form.values()[name] for name in FIELDS}


WANTED = {name: f"{name} æøå – {i}" for i, name in enumerate(("Bilagsnr", "Dato"))}
FAULTS = ("move 400 300", "resize 560 430", "minimise", "dark", "scale", "steal", "focus Tekst")


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_person_does_to_the_window_between_two_fields(
    fault: str, driver: DesktopDriver, form: RunningForm
) -> None:
    fill(driver, "Bilagsnr")
    form.tell(fault)
    assert driver.fill(target("Dato"), WANTED["Dato"]) == WANTED["Dato"]
    driver.aim(target("save"))
    driver.submit(target("save"), time.time() + 60)

    assert wait(lambda: values(form)["Bilagsnr"] == "")
    table = driver.rows(target("saved"))
    assert [dict(row.cells) for row in table.rows] == [{**dict.fromkeys(FIELDS, ""), **WANTED}]


def test_a_covered_window(driver: DesktopDriver, form: RunningForm, tmp_path: Path) -> None:
    fill(driver, "Bilagsnr")
    form.tell("cover")
    assert wait(lambda: len(driver._desk.own()) == 2)
    with pytest.raises(StepFailed, match="Tekst is covered"):
        driver.fill(target("Tekst"), "x")
    with pytest.raises(StepFailed, match="save is covered by another window"):
        driver.aim(target("save"))
    form.tell("uncover")
    fill(driver, "Dato")
    assert not (tmp_path / "saved.jsonl").exists()


def test_a_question_that_nobody_expected(driver: DesktopDriver, form: RunningForm, tmp_path: Path) -> None:
    fill(driver, "Bilagsnr")
    form.tell("modal vil du lagre?")
    assert wait(lambda: any(window.modal for window in driver._desk.own()))
    with pytest.raises(StepFailed, match=r"an unexpected window said: Spørsmål.*vil du lagre\?"):
        driver.fill(target("Dato"), "x")
    assert not (tmp_path / "saved.jsonl").exists()


def test_a_question_that_a_step_expected(driver: DesktopDriver, form: RunningForm) -> None:
    driver.answer(Answer(accept=False, says="lagre"))
    form.tell("modal vil du lagre?")
    assert wait(lambda: any(window.modal for window in driver._desk.own()))
    assert driver.fill(target("Dato"), "1") == "1"


def test_a_program_that_hangs_and_goes_on(driver: DesktopDriver, form: RunningForm) -> None:
    fill(driver, "Bilagsnr")
    os.kill(form.process.pid, signal.SIGSTOP)
    with pytest.raises(StepFailed, match="does not answer any more"):
        driver.fill(target("Dato"), "x")
    os.kill(form.process.pid, signal.SIGCONT)
    assert wait(lambda: values(form)["Dato"] == "")
    assert driver.fill(target("Dato"), "1") == "1"


@pytest.mark.parametrize("how", ["kill", "close"])
def test_a_program_that_is_gone(how: str, driver: DesktopDriver, form: RunningForm) -> None:
    fill(driver, "Bilagsnr")
    form.process.kill() if how == "kill" else driver._desk.windows.close(driver._desk.own()[0])
    form.process.wait()
    with pytest.raises(StepFailed, match="ended by itself"):
        driver.fill(target("Dato"), "x")
    with pytest.raises(StepFailed, match="ended by itself"):
        driver.aim(target("save"))


def test_what_cannot_be_told_apart_or_found(driver: DesktopDriver) -> None:
    with pytest.raises(StepFailed, match="any is there 3 times by role 'button'"):
        driver.click(target("any"))
    with pytest.raises(StepFailed, match="nothing was not found in 3 seconds"):
        driver.aim(target("nothing"))
    with pytest.raises(StepFailed, match="save says 'Lagre', not 'Bilag 10432'"):
        driver.aim(target("save", **{"is": {"text": "Bilag 10432"}}))
    elsewhere = target("save", window="Bilagsregister*")
    with pytest.raises(StepFailed, match=r"no window 'Bilagsregister\*' .*shows 'Bilagsregistrering'"):
        driver.click(elsewhere)


def test_a_disabled_button(driver: DesktopDriver, form: RunningForm, tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="delete is disabled"):
        driver.aim(target("delete"))
    with pytest.raises(StepFailed, match="did not react in 3 seconds: it is disabled"):
        driver.click(target("delete"))
    driver.aim(target("save"))
    form.tell("disable Lagre")
    with pytest.raises(StepFailed, match="has changed since it was aimed at"):
        driver.submit(target("save"), time.time() + 60)
    assert not (tmp_path / "saved.jsonl").exists()


def test_a_submit_that_comes_too_late_or_was_not_aimed(driver: DesktopDriver, tmp_path: Path) -> None:
    driver.aim(target("save"))
    with pytest.raises(StepFailed, match="came too late and was dropped"):
        driver.submit(target("save"), time.time() - 1)
    with pytest.raises(StepFailed, match="was not aimed at"):
        driver.submit(target("save"), time.time() + 60)
    assert not (tmp_path / "saved.jsonl").exists()


def test_text_that_no_key_writes(driver: DesktopDriver, form: RunningForm) -> None:
    with pytest.raises(StepFailed, match="U\\+0007"):
        driver.fill(target("Tekst"), "pip\a")
    assert values(form)["Tekst"] == ""


def test_lists_boxes_and_pictures(driver: DesktopDriver, form: RunningForm, tmp_path: Path) -> None:
    assert driver.choose(target("type"), "Kreditnota") == "Kreditnota"
    driver.tick(target("paid"), True)
    assert form.values()["Bilagstype"], form.values()["Betalt"] == ("Kreditnota", True)
    with pytest.raises(StepFailed, match=r"has no option 'Faktura'; it has .*Kreditnota"):
        driver.choose(target("type"), "Faktura")

    found = driver._finder.find(target("save"))
    cv2.imwrite(str(tmp_path / "selectors" / "form" / "save.png"), driver._desk.screen.grab(found.rect).pixels)
    both = target("save", find=[{"role": "button", "named": "Lagre nå"}, {"image": "save.png"}], **{"is": {}})
    fill(driver, "Bilagsnr")
    driver.click(both)
    assert wait(lambda: (tmp_path / "saved.jsonl").exists())
    assert [(d.target, d.anchor) for d in driver.drift] == [("save", 1)]


def test_a_field_that_is_only_seen(driver: DesktopDriver, form: RunningForm) -> None:
    text = "Blåbærsyltetøy AS"
    assert driver.fill(target("seen"), text) == text
    assert values(form)["Beløp"] == text


@pytest.mark.parametrize("command", ["mousemove 0 0", "key ctrl+alt+q"])
def test_a_person_stops_the_run(command: str, driver: DesktopDriver, xdotool: Callable[[str], None]) -> None:
    xdotool(command)
    assert wait(lambda: bool(driver._desk.failsafe.tripped))
    with pytest.raises(Stopped, match="Stopped by a person"):
        driver.fill(target("Dato"), "x")
    xdotool("mousemove 600 600")


@pytest.fixture
def xdotool(screen_environment: Mapping[str, str]) -> Callable[[str], None]:
    return lambda words: subprocess.run(["xdotool", *words.split()], env=screen_environment, check=True) and None
