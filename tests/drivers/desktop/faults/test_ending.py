"""A program that hangs, ends, or will not end; and a person who wants the run to end."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping

import pytest

from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.errors import StepFailed, Stopped

from ..forms import Form, wait
from .targets import fill, target, values

pytestmark = pytest.mark.xdist_group("desktop")
Saved = Callable[[], list[dict[str, str]]]


def test_a_program_that_hangs_and_goes_on(driver: DesktopDriver, form: Form) -> None:
    filled = fill(driver, "Bilagsnr")
    os.kill(pid := int(form.ask("pid")), signal.SIGSTOP)
    with pytest.raises(StepFailed, match="does not answer any more"):
        driver.fill(target("Dato"), "x")
    os.kill(pid, signal.SIGCONT)
    assert values(form) == filled
    assert driver.fill(target("Dato"), "1") == "1"


@pytest.mark.parametrize("how", ["kill", "close"])
def test_a_program_that_is_gone(how: str, driver: DesktopDriver, form: Form, saved: Saved) -> None:
    fill(driver, "Bilagsnr")
    if how == "kill":
        os.kill(int(form.ask("pid")), signal.SIGKILL)
    else:
        driver._desk.windows.close(driver._desk.own()[0])
    assert wait(lambda: not driver._desk.program.running())
    with pytest.raises(StepFailed, match="ended by itself"):
        driver.fill(target("Dato"), "x")
    with pytest.raises(StepFailed, match="ended by itself"):
        driver.aim(target("save"))
    assert not saved()


@pytest.mark.parametrize("how", ["hangs", "asks"])
def test_a_program_that_does_not_end_when_asked(how: str, driver: DesktopDriver, form: Form, saved: Saved) -> None:
    os.kill(int(form.ask("pid")), signal.SIGSTOP) if how == "hangs" else form.tell("stubborn Lagre endringene?")
    driver._desk.program.end(0.5, lambda: driver._desk.windows.close(driver._desk.own()[0]))
    assert not driver._desk.program.running()
    assert not saved()


@pytest.mark.parametrize("command", ["mousemove 0 0", "key ctrl+alt+q"])
def test_a_person_stops_the_run(
    command: str, driver: DesktopDriver, form: Form, screen_environment: Mapping[str, str], saved: Saved
) -> None:
    def person(words: str) -> None:
        subprocess.run(["xdotool", *words.split()], env=dict(screen_environment), check=True)

    before = fill(driver, "Bilagsnr")
    person(command)
    assert wait(lambda: bool(driver._desk.failsafe.tripped))
    person("mousemove 600 600")  # it stays stopped
    for act in (lambda: driver.fill(target("Dato"), "x"), lambda: driver.click(target("save"))):
        with pytest.raises(Stopped, match="Stopped by a person"):
            act()
    assert values(form) == before
    assert not saved()
