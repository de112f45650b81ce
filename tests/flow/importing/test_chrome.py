"""Chrome Recorder's steps, one shape at a time."""

from typing import Any

import pytest

from tests.flow.importing.office import Office

FIELD = [["aria/Dato"], ["#dato"]]


def steps(*found: dict[str, Any]) -> dict[str, Any]:
    return {"title": "x", "steps": [{"target": "main", **step} for step in found]}


@pytest.mark.parametrize(
    ("selectors", "ways"),
    [
        ([['aria/Lagre[role="button"]'], ["#lagre"]], [{"role": "button", "named": "Lagre"}, {"css": "#lagre"}]),
        ([["aria/Lagre"], ["button.stor"]],
         [{"role": "button", "named": "Lagre"}, {"text": "Lagre"}, {"css": "button.stor"}]),
        ([["aria/Hjem"], ["#x"], ["text/Hjem"]], [{"text": "Hjem"}, {"css": "#x"}]),
        ([["aria/Hei verden", 'aria/[role="generic"]'], ["#span"], ["pierce/#span"]],
         [{"label": "Hei verden"}, {"css": "#span"}]),
        ([['aria/[role="main"]'], ["#x"]], [{"css": "#x"}, {"role": "main"}]),
        ([["#host > span", "#inner"], ["pierce/#inner"]], [{"css": "#inner"}, {"css": "#host > span #inner"}]),
        ([["#ext-gen1234"], ["xpath//html/body/a[2]"], ["xpath///a[.='Ny']"]],
         [{"xpath": "//a[.='Ny']"}, {"css": "#ext-gen1234"}, {"xpath": "/html/body/a[2]"}]),
    ],
)  # fmt: skip
def test_selectors(selectors: list[Any], ways: list[dict[str, str]], office: Office) -> None:
    (click,) = office.of("a.json", steps({"type": "click", "selectors": selectors}))

    assert click == {"action": "click", "ways": tuple(ways)}


def keys(*words: str) -> list[dict[str, Any]]:
    """`+a` goes down, `-a` comes up."""
    return [{"type": "keyDown" if word[0] == "+" else "keyUp", "key": word[1:]} for word in words]


@pytest.mark.parametrize(
    ("pressed", "told"),
    [
        (["+F5", "-F5"], ["F5"]),
        (["+Control", "+Shift", "+s", "-s", "-Shift", "-Control", "+a", "-a"], ["Control+Shift+s", "a"]),
        (["+Shift", "+A", "-A", "-Shift"], ["A"]),
        (["+Control", "+a", "-a", "-Control", "+Home", "-Home", "+Escape"], ["Escape"]),
        (["-h", "+Enter"], ["Enter"]),
    ],
)
def test_keys(pressed: list[str], told: list[str], office: Office) -> None:
    done = office.of("a.json", steps(*keys(*pressed)))

    assert done == [{"action": "press", "value": value} for value in told]


def test_a_key_goes_to_the_field_that_was_used_last(office: Office) -> None:
    change = {"type": "change", "value": "1", "selectors": FIELD}

    done = office.of("a.json", steps(change, *keys("+Enter", "-Enter", "+Tab", "-Tab", "+Enter")))

    assert [one.get("ways") for one in done[1:]] == [done[0]["ways"], None]


def test_letters_pressed_in_a_secret_field_are_not_kept(office: Office) -> None:
    click = {"type": "click", "selectors": [["aria/PIN-kode"], ["#x"]]}

    done = office.of("a.json", steps(click, *keys("+4", "-4", "+Enter")))

    assert [(one.get("value", ""), one.get("secret", False)) for one in done] == [
        ("", False),
        ("", True),
        ("Enter", False),
    ]


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ({"attributes": {"value": "25"}}, {"action": "expect", "value": "25"}),
        ({"properties": {"textContent": "Klar"}}, {"action": "expect", "value": "Klar"}),
        ({"visible": False}, {"action": "unmapped", "value": "waitForElement hidden"}),
        ({"attributes": {"id": "a", "value": "b"}}, {"action": "unmapped", "value": "waitForElement id=a, value=b"}),
        ({"type": "waitForExpression", "expression": "document.querySelector('#dato').value == '1.1.2027'"},
         {"action": "expect", "value": "1.1.2027", "ways": ({"css": "#dato"},)}),
    ],
)  # fmt: skip
def test_what_is_waited_for(step: dict[str, Any], told: dict[str, Any], office: Office) -> None:
    (done,) = office.of("a.json", steps({"type": "waitForElement", "selectors": FIELD, **step}))

    assert done == {"ways": ({"label": "Dato"}, {"css": "#dato"}), **told}


def test_windows_that_are_closed_and_opened_again(office: Office) -> None:
    popup = {"type": "click", "target": "http://h/p", "selectors": ["#ok"]}
    close = {"type": "close", "target": "http://h/p"}

    done = office.of("a.json", steps(popup, close, popup, {"type": "close"}))

    assert [(one["action"], one.get("window", 0)) for one in done if one["action"] != "unmapped"] == [
        ("popup", 1), ("click", 1), ("closed", 1), ("popup", 2), ("click", 2),
    ]  # fmt: skip
