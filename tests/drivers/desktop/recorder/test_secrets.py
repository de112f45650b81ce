"""What is secret stands nowhere in the recording's folder."""

from pathlib import Path

import pytest

from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import Form, wait

from .person import Person, actions, plain

pytestmark = [needs_display, pytest.mark.xdist_group("desktop")]
SECRET = "hemmelig7391"


def nowhere(folder: Path, secret: str) -> bool:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert files
    return not any(secret.encode() in file.read_bytes() or secret in file.name for file in files)


def test_a_password(person: Person, form: Form, folder: Path) -> None:
    form.tell("dialog Login Bruker Passord")
    person.field("Bruker:")
    person.type("ola")
    person.press("Tab")
    person.burst(SECRET, "Enter")
    assert wait(lambda: SECRET in form.ask("given"))
    person.done()

    found = actions(folder)
    assert plain(found)[1:4] == [("fill", "Bruker:", "ola"), ("fill", "Passord:", ""), ("press", "Passord:", "Enter")]
    assert [one.secret for one in found][1:4] == [False, True, False]
    assert nowhere(folder, SECRET)


@pytest.mark.parametrize("when", ["it has the keyboard", "before it is clicked", "it has been left"])
def test_a_field_that_is_marked(when: str, person: Person, form: Form, folder: Path) -> None:
    if when == "before it is clicked":
        person.click("checkbox", "Betalt")
        person.hover("Tekst:")
        person.press("Control+Alt+H")
    person.field("Tekst:")
    if when == "it has the keyboard":
        person.press("Control+Alt+H")
    person.type(SECRET)
    person.click("checkbox", "Betalt")
    if when == "it has been left":
        assert not nowhere(folder, SECRET)
        person.hover("Tekst:")
        person.press("Control+Alt+H")
    person.field("Tekst:")  # and once more
    person.press("End")
    person.type("x")
    person.press("Tab")
    held = form.values()["Tekst"]
    person.done()

    found = actions(folder)
    assert held == f"{SECRET}x"
    assert [(one.value, one.secret) for one in found if one.action == "fill"] == [("", True)] * 2
    assert not any(one.picture for one in found)
    assert not list((folder / "pictures").iterdir())
    assert nowhere(folder, SECRET)
