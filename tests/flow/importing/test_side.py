"""Selenium IDE's commands, one shape at a time."""

from typing import Any

import pytest

from tests.flow.importing.office import Office


def project(*commands: tuple[str, ...], url: str = "") -> dict[str, Any]:
    found = [dict(zip(("command", "target", "value"), (*one, "", ""), strict=False)) for one in commands]
    return {"url": url, "tests": [{"name": "t", "commands": found}]}


@pytest.mark.parametrize(
    ("target", "way"),
    [
        ("id=a.b", {"css": '[id="a.b"]'}),
        ("linkText=Ny  faktura", {"text": "Ny faktura"}),
        ("partialLinkText=Ny", {"css": 'a:has-text("Ny")'}),
        ("//td[@class='x']", {"xpath": "//td[@class='x']"}),
        ("xpath=(//a[contains(.,'Ny')])[1]", {"xpath": "//a[contains(.,'Ny')]"}),
        ('css=input[aria-label="Beløp"]', {"label": "Beløp"}),
        ("class=knapp", {"css": ".knapp"}),
    ],
)
def test_targets(target: str, way: dict[str, str], office: Office) -> None:
    assert office.of("a.side", project(("click", target))) == [{"action": "click", "ways": (way,)}]


def test_keys_without_a_value_are_as_if_they_were_not_there(office: Office) -> None:
    command = {"command": "click", "target": "id=a", "value": None, "targets": None, "comment": None}

    done = office.of("a.side", {"url": None, "tests": [{"name": None, "commands": [command]}]})

    assert done == [{"action": "click", "ways": ({"css": "#a"},)}]


def test_a_target_of_no_known_kind_is_told(office: Office) -> None:
    done = office.of("a.side", project(("type", "dom=document.forms[0].passord", "hemmelig1"), ("echo", "a")))

    assert done == [{"action": "unmapped", "value": "type | dom=document.forms[0].passord"}]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("Kontor${KEY_ENTER}", [("fill", "Kontor"), ("press", "Enter")]),
        ("${KEY_CTRL}${KEY_SHIFT}as", [("press", "Control+Shift+a"), ("press", "Control+Shift+s")]),
        ("${KEY_F5}${KEY_PGDN}${KEY_N7}", [("press", "F5"), ("press", "PageDown"), ("press", "Numpad7")]),
        ("${KEY_NOSUCH}", [("unmapped", "sendKeys ${KEY_NOSUCH} (there is no such key here)")]),
    ],
)
def test_keys_to_press(keys: str, told: list[tuple[str, str]], office: Office) -> None:
    done = office.of("a.side", project(("sendKeys", "name=q", keys)))

    assert [(one["action"], one["value"]) for one in done] == told


def test_keys_that_do_nothing_are_passed_over(office: Office) -> None:
    click, idle = ("click", "id=a"), ("sendKeys", "id=a", "${KEY_HOME}${KEY_SHIFT}${KEY_TAB}")

    assert [one["action"] for one in office.of("a.side", project(click, idle))] == ["click"]
    assert "1 passed over (sendKeys Home Shift+Tab 1)" in office(office.folder / "a.side", "--name", "again")


@pytest.mark.parametrize(
    ("commands", "dialogs"),
    [
        ([("chooseCancelOnNextConfirmation",), ("click", "id=a")], [{"dialog": "confirm", "accept": False}]),
        ([("answerOnNextPrompt", "17"), ("click", "id=a"), ("assertPrompt", "Nr?")],
         [{"dialog": "prompt", "accept": True, "option": "17", "value": "Nr?"}]),
        ([("click", "id=a"), ("assertAlert", "Feil")], [{"dialog": "alert", "accept": True, "value": "Feil"}]),
        ([("click", "id=a"), ("acceptAlert",)], [{"dialog": "alert", "accept": True}]),
        ([("click", "id=a"), ("verifyPrompt", "Nr?"), ("answerPrompt", "5")],
         [{"dialog": "prompt", "accept": True, "option": "5", "value": "Nr?"}]),
        ([("click", "id=a"), ("webdriverAnswerOnVisiblePrompt", "", "5")],
         [{"dialog": "prompt", "accept": True, "option": "5"}]),
        ([("click", "id=a"), ("assertConfirmation", "Sikker?")], [{"dialog": "confirm", "value": "Sikker?"}]),
    ],
)  # fmt: skip
def test_dialogs(commands: list[tuple[str, ...]], dialogs: list[dict[str, Any]], office: Office) -> None:
    click, *done = office.of("a.side", project(*commands))

    assert click == {"action": "click", "ways": ({"css": "#a"},)}
    assert done == [{"action": "dialog", **dialog} for dialog in dialogs]


def test_an_answer_that_no_dialog_follows_is_told_with_its_own_line(office: Office) -> None:
    (office.folder / "a.side").write_text(
        '{"tests": [{"name": "t", "commands": [\n{"command": "chooseOkOnNextConfirmation"},\n{"command": "echo"}]}]}'
    )

    said = office(office.folder / "a.side")

    assert "2 commands (side): 0 mapped, 1 passed over (echo 1), 1 not mapped." in said
    assert "a.side:2: the answer to a confirm (nothing after it brings one up)" in said


@pytest.mark.parametrize(
    "command",
    [
        ("assertText", "id=a", "regexp:^1"),
        ("assertText", "id=a", "Bilag *"),
        ("assertText", "id=a", ""),
        ("assertText", "dom=x", "a"),
        ("assertNotText", "id=a", "x"),
        ("while", "${i} < 3"),
        ("dragAndDropToObject", "id=a", "id=b"),
        ("submit", "id=form"),
    ],
)
def test_what_has_no_counterpart(command: tuple[str, ...], office: Office) -> None:
    (done,) = office.of("a.side", project(command))

    assert done["action"] == "unmapped"
    assert done["value"].startswith(" | ".join(part for part in command if part))


def test_a_secret_from_a_variable(office: Office) -> None:
    done = office.of(
        "a.side",
        project(("store", "hemmelig1", "x"), ("type", "name=pwd", "${x}"), ("type", "name=b", "ola"),
                ("assertText", "id=c", "hemmelig1 er feil"), url="http://h/"),
    )  # fmt: skip

    assert "hemmelig1" not in str(done)
    assert done[1] == {"action": "fill", "ways": ({"name": "pwd"},), "secret": True}


def test_frames_and_windows(office: Office) -> None:
    done = office.of(
        "a.side",
        project(("selectFrame", "css=frame[name='ytre']"), ("selectFrame", "id=indre"), ("click", "id=a"),
                ("selectFrame", "relative=top"), ("click", "id=b"), ("selectWindow", "name=sok"), ("click", "id=c"),
                ("selectWindow", "null"), ("click", "id=d"), ("close",)),
    )  # fmt: skip

    assert [(one.get("window", 0), one.get("frame", ())) for one in done if one["action"] == "click"] == [
        (0, ("ytre", "indre")), (0, ()), (1, ()), (0, ()),
    ]  # fmt: skip
    assert [one["action"] for one in done] == ["unmapped", "click", "click", "popup", "click", "click"]
