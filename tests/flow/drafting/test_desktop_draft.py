"""A desktop recording drafted: what is not in the test of a real program."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.workspaces import Bilagsbot

PNG, OTHER = b"\x89PNG one", b"\x89PNG another"
MAIN, DIALOG = "acme.xhb - Acme - HomeBank", "Add"


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """A workbook of two rows."""
    for name in ("bots", "flows", "selectors", "inbox"):
        (tmp_path / name).mkdir()
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Bilagsnr", "Beløp"), ("K-4001", 125.5), ("K-4002", 99.25), ("K-4003", 7.5), ("K-4004", 1250)):
        sheet.append(row)
    book.save(tmp_path / "inbox/bilag.xlsx")
    return Bilagsbot(tmp_path, "none", "", "no-secret")


def did(action: str, on: str = "", value: str = "", title: str = DIALOG, **more: Any) -> dict[str, Any]:
    """One action in the dialog, or in the window of that title; `on` is a button, or a field's label with a colon."""
    field = on.endswith(":")
    element = (
        {"type": "textbox", "label": on} if field else {"type": "button", "named": on, "role": "button", "text": on}
    )
    way = {"label": on} if field else {"role": "button", "named": on}
    what = {"element": element, "ways": [way]} if on else {}
    return {"action": action, "window": int(title != MAIN), "title": title, "value": value, **what, **more}


def item(number: str, amount: str) -> list[dict[str, Any]]:
    """Both fields, and the click that posts."""
    return [did("fill", "No:", number), did("fill", "Amount:", amount), did("click", "OK", submits=True)]


ADD, CLOSE, SAVE = did("click", "Add", title=MAIN), did("click", "Close"), did("click", "Save", title=MAIN)


def drafted(
    office: Bilagsbot, *actions: dict[str, Any], rows: tuple[int, ...] = (2,), code: int = 1, **crops: bytes
) -> str:
    """What `draft` says to these actions; its files are in the workspace."""
    place = office.workspace / "recordings" / "bilag"
    (place / "crops").mkdir(parents=True)
    for name, content in crops.items():
        (place / "crops" / f"{name}.png").write_bytes(content)
    sample = {"workbook": "inbox/bilag.xlsx", "rows": rows}
    head = {"recording": "bilag", "driver": "desktop", "program": "homebank acme.xhb", "sample": sample}
    lines = [head, *({"n": n, **one} for n, one in enumerate(actions, 1))]
    (place / "recording.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return office("draft", "bilag", code=code)  # 1: nothing was pointed at as the receipt


def flow(office: Bilagsbot) -> str:
    """The steps, without what a person should look at."""
    text = (office.workspace / "flows/bilag.yaml").read_text(encoding="utf-8")
    lines = text.partition("\nsteps:\n")[2].splitlines()
    return "\n".join(line.partition("  # check")[0] for line in lines if not line.lstrip().startswith("#"))


def selectors(office: Bilagsbot) -> str:
    return (office.workspace / "selectors/bilag.yaml").read_text(encoding="utf-8")


FILL = """  - fill:
      add.no: "{{ item.bilagsnr }}"
      add.amount: "{{ item.belop | amount('plain') }}"
  - submit: add.ok"""
LEFT = "  - click: add.close\n    when: shows('add.close')\n"


@pytest.mark.parametrize("rounds", [
    [[ADD, *item("K-4001", "125.50"), CLOSE, SAVE]],
    [[ADD, *item("K-4001", "125.50"), CLOSE, SAVE], [ADD, *item("K-4002", "99.25"), CLOSE, SAVE]],
    [[ADD, *item("K-4001", "125.50")], [*item("K-4002", "99.25"), CLOSE, SAVE]],
])  # fmt: skip
def test_what_follows_a_post_belongs_to_each_item(office: Bilagsbot, rounds: list[list[dict[str, Any]]]) -> None:
    drafted(office, *(one for each in rounds for one in each), rows=tuple(range(2, 2 + len(rounds))))

    assert flow(office) == f"{LEFT}  - click: main.add\n{FILL}\n  - click: add.close\n  - click: main.save"


def test_a_dialog_that_posting_closes(office: Bilagsbot) -> None:
    told = drafted(office, ADD, did("popup"), *item("K-4001", "125.50"), did("closed"))

    assert flow(office) == f"  - click: main.add\n{FILL}"
    assert "an item that stops half keyed leaves the window 'Add' open; close it first" in told


def test_a_dialog_that_stays_open_is_opened_once(office: Bilagsbot) -> None:
    drafted(office, ADD, *item("K-4001", "125.50"), *item("K-4002", "99.25"), rows=(2, 3))

    assert (
        (office.workspace / "flows/bilag.yaml").read_text().partition("start:\n")[2].startswith("  - click: main.add")
    )
    assert flow(office) == FILL


def test_a_key_that_posts_and_a_login(office: Bilagsbot) -> None:
    login = [did("fill", "Password:", secret=True, title="Open acme.xhb"), did("click", "Open", title="Open acme.xhb")]
    told = drafted(office, *login, did("fill", "No:", "K-4001"), did("press", "No:", "Enter", submits=True))

    assert flow(office) == '  - fill: {add.no: "{{ item.bilagsnr }}"}\n  - press: {key: Enter, on: add.no}'
    assert "this key posts, which only a click does safely" in told
    start = (office.workspace / "flows/bilag.yaml").read_text().partition("start:\n")[2].partition("steps:")[0]
    assert start == '  - fill: {login.password: "{{ login.password }}"}\n  - click: open.open\n'
    assert "window: Open *" in selectors(office)


@pytest.mark.parametrize(("shown", "keyed", "doubt"), [
    (None, "{{ item.belop | amount('plain_nb', 0) }}", "this row has no fraction, others have"),
    ("1250.00", "{{ item.belop | amount('plain') }}", ""),
    ("-1250.00", "-{{ item.belop | amount('plain') }}", "'1250' was typed; keyed is '-1250.00'"),
])  # fmt: skip
def test_what_the_program_makes_of_a_value(office: Bilagsbot, shown: str | None, keyed: str, doubt: str) -> None:
    amount = did("fill", "Amount:", "1250", shown=shown)
    told = drafted(office, did("fill", "No:", "K-4004"), amount, did("click", "OK", submits=True), rows=(5,))

    assert f'add.amount: "{keyed}"' in flow(office)
    assert doubt in told
    assert ("was typed" in told or "fraction" in told) is bool(doubt)


def test_what_is_shown_is_found_by_what_it_says(office: Bilagsbot) -> None:
    shown = did("expect", "K-4001", "K-4001")
    drafted(office, *item("K-4001", "125.50")[:2], shown, did("click", "OK", submits=True))

    assert '- expect: {add.bilagsnr: "{{ item.bilagsnr }}"}' in flow(office)
    assert """add.bilagsnr:
    find: [{role: button, named: "{{ item.bilagsnr }}"}]
    is: {type: button, text: "{{ item.bilagsnr }}"}""" in selectors(office)


def test_a_program_that_is_a_picture(office: Bilagsbot) -> None:
    """A crop of another content is left alone, and one that nothing names is not copied."""
    (office.workspace / "selectors/bilag").mkdir()
    (office.workspace / "selectors/bilag/thing.png").write_bytes(OTHER)
    point = {"point": (10, 20), "size": (48, 20)}
    box = {"label": "Dato:", "box": (125, 59, 48, 20)}
    told = drafted(
        office,
        {"action": "click", "title": "Bilag", "element": box, "ways": [point]},
        {"action": "fill", "title": "Bilag", "element": box, "ways": [point], "value": "K-4001"},
        {"action": "press", "title": "Bilag", "value": "Tab"},
        {"action": "fill", "title": "Bilag", "value": "125.50"},
        {"action": "click", "title": "Bilag", "element": {}, "ways": [{"image": "thing.png"}, point]},
        {"action": "click", "title": "Bilag", "element": {}, "ways": [{"ocr": "Lagre"}, {"image": "gone.png"}, point],
         "submits": True},
        thing=PNG, unused=PNG,
    )  # fmt: skip

    assert selectors(office).splitlines()[1:4] == ["driver: desktop", "window: Bilag", (
        "accessibility: false  # check: the program told of nothing what it is: does it so at your place too?"
    )]  # fmt: skip
    pictures = {file.name: file.read_bytes() for file in (office.workspace / "selectors/bilag").iterdir()}
    assert pictures == {"thing.png": OTHER, "thing_2.png": PNG}
    assert "main.thing_2: {find: [{image: thing_2.png}]}" in selectors(office)
    assert "main.lagre: {find: [{ocr: Lagre}, {point: [10, 20], size: [48, 20]}], is: {text: Lagre}}" in selectors(
        office
    )
    for said in ("only its picture is known", "only its place is known", "nothing was recorded to find this by"):
        assert said in told
    assert [line.strip() for line in flow(office).splitlines()] == [
        "- fill:", 'main.dato: "{{ item.bilagsnr }}"', "main.thing: \"{{ item.belop | amount('plain') }}\"",
        "- click: main.thing_2", "- submit: main.lagre",
    ]  # fmt: skip


def test_selectors_of_a_web_program(office: Bilagsbot) -> None:
    (office.workspace / "selectors/bilag.yaml").write_text("app: bilag\ntargets:\n  a: {find: {name: a}}\n")

    told = drafted(office, ADD, code=2)

    assert "it is for a program of driver: web, the recording of driver: desktop. Take another --app" in told
