"""A voucher keyed by real mouse and keys, as the recording tells it."""

import shutil
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.launching import Desktop
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.recording import Action
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.faults.targets import SELECTORS
from tests.drivers.desktop.forms import PYTHON, TITLE, Form, Listener, RunningForm, wait

from .person import Person, actions, found_again, plain

pytestmark = [needs_display, pytest.mark.xdist_group("desktop")]


def test_a_voucher(person: Person, form: Form, folder: Path) -> None:
    form.tell("tidy Beløp")
    person.field("Bilagsnr:")
    person.type("F-1001")
    person.press("Tab")
    person.type("28.11.2026")
    person.press("Tab")
    person.type("1250")
    person.press("Tab")
    person.type("Blåbær AS")
    person.choose("Kreditnota")
    person.click("checkbox", "Betalt")
    held = form.values()
    person.press("Control+Alt+S")
    person.click("button", "Lagre")
    assert wait(lambda: form.values()["Bilagsnr"] == "")
    person.done()

    found = actions(folder)
    assert plain(found) == [
        ("fill", "Bilagsnr:", "F-1001"),
        ("fill", "Dato:", "28.11.2026"),
        ("fill", "Beløp:", "1250"),
        ("fill", "Leverandør:", "Blåbær AS"),
        ("choose", "Bilagstype:", "Kreditnota"),
        ("check", "Betalt", "true"),
        ("click", "Lagre", ""),
        ("done", "", ""),
    ]
    assert [one.shown for one in found if one.shown] == ["1250.00"]
    assert [one.value for one in found if one.submits] == [""]
    assert {one.title for one in found} == {TITLE}
    assert all((folder / one.picture).is_file() for one in found)
    assert (held["Leverandør"], held["Bilagstype"], held["Betalt"]) == ("Blåbær AS", "Kreditnota", True)
    assert ways(found[0]) == ["label", "ocr", "image", "point"]
    assert ways(found[6]) == ["role", "text", "ocr", "image", "point"]


def ways(action: Action) -> list[str]:
    return [way.way for way in action.ways]


def test_a_dialog_that_closes_on_enter_loses_nothing(person: Person, form: Form, folder: Path) -> None:
    form.tell("dialog Kontering Konto Merknad")
    person.field("Konto:")
    person.burst("6800", "Enter")
    assert wait(lambda: form.ask("given") == '{"Konto": "6800", "Merknad": ""}')
    person.done()

    found = actions(folder)
    assert plain(found) == [
        ("popup", "", ""),
        ("fill", "Konto:", "6800"),
        ("press", "Konto:", "Enter"),
        ("closed", "", ""),
        ("done", "", ""),
    ]
    assert [one.window for one in found] == [1, 1, 1, 1, 0]
    assert [way.way for way in found[1].ways] == ["label", "ocr", "image", "point"]


def test_what_is_corrected_while_it_is_typed(person: Person, form: Form, folder: Path) -> None:
    person.field("Tekst:")
    person.type("Konter")
    person.press("Backspace", "Backspace")
    person.type("tor")
    person.press("Home")
    person.type("X")
    person.press("Delete", "Tab")
    person.field("Dato:")
    person.type("1")
    person.press("Control+A")
    person.type("2")
    person.press("Shift+Tab")
    held = form.values()
    person.done()

    assert (held["Tekst"], held["Dato"]) == ("Xonttor", "2")
    assert plain(actions(folder)) == [("fill", "Tekst:", "Xonttor"), ("fill", "Dato:", "2"), ("done", "", "")]


def test_keys_that_are_for_the_program(person: Person, form: Form, folder: Path) -> None:
    person.field("Dato:")
    person.press("F5", "Control+S", "Escape", "Alt+X")
    person.click("checkbox", "Betalt")
    person.press("Space", "Delete")
    person.done()

    assert plain(actions(folder)) == [
        ("press", "Dato:", "F5"),
        ("press", "Dato:", "Control+S"),
        ("press", "Dato:", "Escape"),
        ("press", "Dato:", "Alt+X"),
        ("check", "Betalt", "true"),
        ("check", "Betalt", "false"),
        ("press", "Betalt", "Delete"),
        ("done", "", ""),
    ]


def test_the_hotkeys(person: Person, form: Form, folder: Path) -> None:
    person.click("button", "Avbryt")
    person.press("Control+Alt+Z", "Control+Alt+P")
    person.click("button", "Avbryt")
    person.press("Control+Alt+P", "Control+Alt+O")
    person.point("label", "Dato:")
    person.press("Control+Alt+E")
    person.point("button", "Lagre")
    person.press("Control+Alt+K")
    person.done()

    found = actions(folder)
    assert plain(found) == [
        ("lookup", "", ""),
        ("expect", "Dato:", "Dato:"),
        ("confirm", "Lagre", "Lagre"),
        ("done", "", ""),
    ]
    assert ways(found[2]) == ["point"]  # a confirmation says something else each time
    assert form.values()["Tekst"] == ""


def test_the_driver_finds_the_same_things_by_each_way(
    person: Person, form: Form, folder: Path, program: Program, screen_environment: dict[str, str], tmp_path: Path
) -> None:
    for label in ("Bilagsnr:", "Dato:", "Tekst:"):
        person.field(label)
        person.type("1")
    person.choose("Kreditnota")
    person.click("checkbox", "Betalt")
    person.click("button", "Avbryt")
    person.done()
    program.end(0.5)

    shutil.copytree(folder / "crops", tmp_path / "selectors" / "form")
    (tmp_path / "again").mkdir()
    with Listener(tmp_path / "again") as listening:
        spec = ProgramSpec(command=PYTHON, arguments=listening.arguments, environment={"PYTHONUTF8": "1"})
        driver = Desktop(spec, tmp_path, tmp_path / "log", screen_environment).open(SELECTORS)
        try:
            listening.form()
            found = {plain([one])[0][:2]: found_again(driver, one) for one in actions(folder) if one.element}
        finally:
            driver.close()
    beside = ["label", "ocr", "image", "point"]
    # The list that was open over it may not have gone from the picture yet.
    found["check", "Betalt"] = [way for way in found["check", "Betalt"] if way != "ocr"]
    assert found == {
        ("fill", "Bilagsnr:"): beside,
        ("fill", "Dato:"): beside,
        ("fill", "Tekst:"): beside,
        ("choose", "Bilagstype:"): beside,
        ("check", "Betalt"): ["role", "text", "point"],
        ("click", "Avbryt"): ["role", "text", "ocr", "image", "point"],
    }


def test_other_programs_windows_are_not_recorded(
    person: Person, form: Form, folder: Path, screen_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with RunningForm(tmp_path / "other", screen_environment) as other:
        other.tell("move 500 300")
        other.tell("focus Tekst")
        person.rests()
        assert wait(lambda: other.values() is not None)
        person.type("hemmelig")
        assert wait(lambda: other.values()["Tekst"] == "hemmelig")
    person.done()

    assert plain(actions(folder)) == [("done", "", "")]
