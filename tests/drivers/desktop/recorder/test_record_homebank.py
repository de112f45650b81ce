"""A person adds one transaction in HomeBank, by real mouse and keys, while it is recorded."""

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.launching import Desktop
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.recording import Action
from bilagsbot.model.target import Selectors, Target
from tests.drivers.desktop.forms import wait
from tests.drivers.desktop.recorder.person import Person, actions, found_again, plain, recorded
from tests.systems import homebank, own

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("desktop")]
DIALOG = "Add transaction"
KEYED = {"Amount:": "125.50", "Info:": "K-4001", "Payee:": "Ola AS", "Category:": "Kontor", "Memo:": "Kvittering"}


@pytest.fixture
def environment(screen_environment: Mapping[str, str]) -> Mapping[str, str]:
    if reason := own.install("homebank", "tesseract-ocr-nor"):
        pytest.skip(reason)
    return screen_environment


def spec(folder: Path) -> ProgramSpec:
    (folder / "home").mkdir(parents=True)
    (folder / "acme.xhb").write_text(homebank.BOOK, encoding="utf-8")
    environment = {"HOME": str(folder / "home"), "LC_ALL": "C.UTF-8"}
    return ProgramSpec(command="homebank", arguments=(str(folder / "acme.xhb"),), environment=environment)


def add(person: Person) -> None:
    person.click("button", "Add")
    for label, text in KEYED.items():
        person.field(label)
        person.press("Control+A")
        person.type(text)
        person.press("Tab")
    person.press("Control+Alt+S")
    person.click("button", "Add", DIALOG)
    person.click("button", "Close", DIALOG)
    person.click("button", "Save")


def test_one_transaction(environment: Mapping[str, str], tmp_path: Path) -> None:
    folder, first = tmp_path / "recordings" / "transaction", tmp_path / "first"
    program = Program(spec(first), first, environment, tmp_path / "log")
    program.start()
    try:
        with recorded(program, environment["DBUS_SESSION_BUS_ADDRESS"], folder) as person:
            add(person)
            assert wait(lambda: len(homebank.transactions(first / "acme.xhb")) == 1)
            person.done()
    finally:
        program.end(0.5)

    found = actions(folder)
    told = [one for one in plain(found) if one[0] not in ("popup", "closed")]
    assert told == [
        ("click", "Add", ""),
        *[("fill", label, text) for label, text in KEYED.items()],
        ("click", "Add", ""),
        ("click", "Close", ""),
        ("click", "Save", ""),
        ("done", "", ""),
    ]
    assert [one.title for one in found if one.submits] == [DIALOG]
    (saved,) = homebank.transactions(first / "acme.xhb")
    assert (saved.reference, saved.ore, saved.payee, saved.memo) == ("K-4001", 12550, "Ola AS", "Kvittering")
    assert saved.date <= dt.date.today()
    _found_again(environment, found, folder, tmp_path)


def test_a_menu(environment: Mapping[str, str], tmp_path: Path) -> None:
    """Named by what was there before the click, it is clicked again by the driver."""
    folder, first, again = tmp_path / "recordings" / "menu", tmp_path / "first", tmp_path / "again"
    program = Program(spec(first), first, environment, tmp_path / "log")
    program.start()
    try:
        with recorded(program, environment["DBUS_SESSION_BUS_ADDRESS"], folder) as person:
            person.click("menu", "Manage")
            person.click("menuitem", "Payees...")
            person.where("dialog", "Manage Payees")
            person.done()
    finally:
        program.end(0.5)

    found = actions(folder)
    assert [one.action for one in found] == ["click", "click", "popup", "done"]
    targets = {
        one.element.named: {"find": [way.model_dump(exclude_defaults=True) for way in one.ways if not way.image]}
        for one in found
        if one.element
    }
    chosen = {"app": "homebank", "driver": "desktop", "window": found[0].title, "targets": targets}
    selectors = Selectors.model_validate(chosen)
    driver = Desktop(spec(again), tmp_path, tmp_path / "log", dict(environment)).open(selectors)
    try:
        for target in selectors.targets.values():
            driver.click(target)
        assert wait(lambda: driver._desk.titled("Manage Payees"))
    finally:
        driver.close()


def _found_again(environment: Mapping[str, str], found: list[Action], folder: Path, workspace: Path) -> None:
    """Everything in the main window and in the dialog, by each way, by the driver that keys."""
    shutil.copytree(folder / "crops", workspace / "selectors" / "homebank")
    adds = {"name": "add", "window": "* - HomeBank", "find": [{"role": "button", "named": "Add"}]}
    selectors = Selectors.model_validate(
        {"app": "homebank", "driver": "desktop", "window": "* - HomeBank", "targets": {"add": {"find": adds["find"]}}}
    )
    again = workspace / "again"
    opening = Desktop(spec(again), workspace, workspace / "log", dict(environment))
    driver = opening.open(selectors)
    try:
        ways = [found_again(driver, found[0])]
        driver.click(Target.model_validate(adds))
        ways += [found_again(driver, one) for one in found if one.title == DIALOG and one.element]
    finally:
        driver.close()
    assert all(len(one) > 1 for one in ways), ways
