"""Playwright codegen's lines, one shape at a time."""

import json
from typing import Any

import pytest

from tests.flow.importing.office import Office

HEADER = '{"browserName":"chromium","launchOptions":{},"contextOptions":{}}\n'


def part(kind: str, body: str = "", then: Any = None, **options: Any) -> dict[str, Any]:
    """A part of a locator, as Playwright 1.65 writes it."""
    return {"kind": kind, "body": body, "options": options, **({"next": then} if then else {})}


def lines(*actions: dict[str, Any]) -> str:
    return HEADER + "\n".join(json.dumps({"pageGuid": "page@1", "signals": [], **action}) for action in actions)


@pytest.mark.parametrize(
    ("locator", "ways"),
    [
        (part("role", "button", name="Bokfør", exact=True), [{"role": "button", "named": "Bokfør"}]),
        (part("placeholder", "Søk"), [{"placeholder": "Søk"}]),
        (part("title", "Hjelp"), [{"title": "Hjelp"}]),
        (part("alt", "Logo"), [{"css": '[alt="Logo"]'}]),
        (part("text", "Lagre", exact=True), [{"text": "Lagre"}]),
        (part("default", "xpath=//a[1]"), [{"xpath": "//a[1]"}]),
        (part("default", 'select[name="mva"]'), [{"name": "mva"}]),
        (part("default", "#x", part("nth", "2")), [{"css": ":nth-match(#x, 3)"}]),
        (part("default", "tr", part("has-text", 'En "to"', part("first"))),
         [{"css": ':nth-match(tr:has-text("En \\"to\\""), 1)'}]),
        (part("test-id", "rad", part("text", "Velg", exact=True)),
         [{"css": '[data-testid="rad"] :text-is("Velg")'}]),
        (part("role", "row", part("visible", "", part("placeholder", "Beløp")), name="Kontor"),
         [{"css": ':is(tr, [role=row]):has-text("Kontor") [placeholder="Beløp"]'}]),
    ],
)  # fmt: skip
def test_locators(locator: dict[str, Any], ways: list[dict[str, str]], office: Office) -> None:
    (click,) = office.of("a.jsonl", lines({"name": "click", "locator": locator}))

    assert click == {"action": "click", "ways": tuple(ways)}


def test_what_a_locator_says_and_no_way_does_is_told(office: Office) -> None:
    locator = part("label", "Linjer", part("has", "{}", part("role", "button", name="Ny")))

    said, click = office.of("a.jsonl", lines({"name": "click", "locator": locator}))

    assert said["value"].startswith("locator: label Linjer >> has {} >> role button Ny (")
    assert click["ways"] == ({"role": "button", "named": "Ny"},)


def test_ways_that_change_with_the_screen_are_told(office: Office) -> None:
    clicks = [{"name": "click", "locator": part("default", css)} for css in ("#ctl3548", "#mva", "td:nth-child(3)")]
    office.of("a.jsonl", lines(*clicks))

    said = office(office.folder / "a.jsonl", "--name", "again")

    assert "Found by positions or made-up ids only, which change with the screen: line 2, 4." in said


def test_frames_within_frames(office: Office) -> None:
    inner = part("frame", "", part("default", "frame[name=ramme]", part("frame", "", part("label", "Navn"))))

    done = office.of("a.jsonl", lines({"name": "click", "locator": part("default", "iframe[name='ytre']", inner)}))

    assert done == [{"action": "click", "frame": ("ytre", "ramme"), "ways": ({"label": "Navn"},)}]


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ({"name": "select", "options": ["a", "b"]}, "select: a, b"),
        ({"name": "setInputFiles", "files": []}, "setInputFiles"),
        ({"name": "click", "button": "right"}, "right click"),
        ({"name": "click", "modifiers": 8}, "click: with a key held down"),
        ({"name": "assertText", "text": ""}, "assertText"),
        ({"name": "assertValue", "value": ""}, "assertValue"),
        ({"name": "tomorrow"}, "tomorrow"),
    ],
)
def test_what_has_no_counterpart(action: dict[str, Any], value: str, office: Office) -> None:
    (done,) = office.of("a.jsonl", lines({"locator": part("label", "A"), **action}))

    assert done == {"action": "unmapped", "ways": ({"label": "A"},), "value": value}


def test_older_versions_name_windows_and_tell_of_loads(office: Office) -> None:
    older = [
        {"name": "openPage", "url": "http://h/", "pageAlias": "page", "signals": []},
        {
            "name": "click",
            "selector": "#a",
            "pageAlias": "page",
            "signals": [{"name": "navigation", "url": "http://h/2"}],
        },
        {"name": "click", "selector": "#b", "pageAlias": "page", "signals": [{"name": "popup", "popupAlias": "page1"}]},
        {"name": "uncheck", "selector": "#c", "pageAlias": "page1", "signals": []},
    ]

    assert office.of("a.jsonl", HEADER + "\n".join(map(json.dumps, older))) == [
        {"action": "open", "url": "http://h/"},
        {"action": "click", "ways": ({"css": "#a"},), "loads": ((),)},
        {"action": "click", "ways": ({"css": "#b"},)},
        {"action": "popup", "window": 1},
        {"action": "check", "window": 1, "ways": ({"css": "#c"},), "value": "false"},
    ]
