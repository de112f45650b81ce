"""A program that is a picture only, as through Citrix or RDP."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.programs import Program
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import Form

from .person import actions, recorded

pytestmark = [needs_display, pytest.mark.xdist_group("desktop")]


def test_a_secret_in_a_picture(
    form: Form, program: Program, screen_environment: Mapping[str, str], folder: Path
) -> None:
    bus = screen_environment["DBUS_SESSION_BUS_ADDRESS"]
    with recorded(program, bus, folder, speaks=False) as person:
        person.field("Dato:")
        person.press("Control+Alt+H")
        person.type("hemmelig7391")
        person.field("Tekst:")
        person.field("Dato:")
        person.done()

    found = actions(folder)
    assert [(one.action, one.value, one.secret) for one in found] == [
        ("click", "", False),
        ("fill", "", True),
        ("click", "", False),
        ("click", "", False),
        ("done", "", False),
    ]
    assert [way.way for way in found[3].ways] == ["point"]  # it may say the secret there
    assert not any(b"hemmelig7391" in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert not list(folder.glob("p*/*"))


def test_a_picture_only(form: Form, program: Program, screen_environment: Mapping[str, str], folder: Path) -> None:
    bus = screen_environment["DBUS_SESSION_BUS_ADDRESS"]
    with recorded(program, bus, folder, speaks=False) as person:
        person.field("Dato:")
        person.type("28.11.2026")
        person.press("Backspace", "Tab")
        person.type("12")
        person.point("label", "Tekst:")
        person.press("Control+Alt+E")
        person.click("button", "Avbryt")
        person.done()

    found = actions(folder)
    assert [(one.action, one.value) for one in found] == [
        ("click", ""),
        ("fill", "28.11.202"),
        ("press", "Tab"),
        ("fill", "12"),
        ("expect", "Tekst:"),
        ("click", ""),
        ("done", ""),
    ]
    assert found[1].element
    assert found[1].element.label == "Dato:"
    assert [way.way for way in found[1].ways] == ["ocr", "point"]
    assert found[3].element is None  # nothing tells where Tab went
    assert [way.way for way in found[5].ways] == ["ocr", "image", "point"]
    assert found[5].ways[0].ocr == "Avbryt"
