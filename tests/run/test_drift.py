"""bilagsbot drift: a page that changed is told after the run, and mended in the selectors file by one command."""

import json

import pytest

from bilagsbot.flow.reorder import put_first
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
NOW = "invoice.number: {find: [{name: fakturanr}, {cell: Fakturanr}]"
STALE = "invoice.number: {find: [{name: gammelt_nr}, {cell: Fakturanr}]"
MENDED = "invoice.number: {find: [{cell: Fakturanr}, {name: gammelt_nr}]"


def test_a_lower_way_is_listed_with_its_edit_and_put_first(office: Bilagsbot) -> None:
    selectors = office.workspace / "selectors" / "practice.yaml"
    before = selectors.read_bytes()
    assert "No drift" in office("drift")
    selectors.write_bytes(before.replace(NOW.encode(), STALE.encode()))
    stale = selectors.read_bytes()
    office("run", BOT, "--limit", "1", code=1)  # 24 are left

    told = office("drift")
    assert "selectors/practice.yaml: invoice.number is found by way 2, cell 'Fakturanr' (run " in told
    assert f"\n-  {STALE}" in told
    assert f"\n+  {MENDED}" in told
    assert selectors.read_bytes() == stale

    assert "cell 'Fakturanr' is its first way now" in office("drift", "--apply")
    assert selectors.read_bytes() == stale.replace(STALE.encode(), MENDED.encode())
    office("check", BOT)
    office("run", BOT, "--limit", "2", code=1)
    assert "No drift" in office("drift")


def test_what_posts_is_left_to_a_person(office: Bilagsbot) -> None:
    selectors = office.workspace / "selectors" / "practice.yaml"
    ways = b"invoice.post: {find: [{role: button, named: Bokf\xc3\xb8r}]"
    two = b"invoice.post: {find: [{name: gammel}, {role: button, named: Bokf\xc3\xb8r}]"
    assert ways in selectors.read_bytes()
    selectors.write_bytes(selectors.read_bytes().replace(ways, two))
    run = office.workspace / ".bilagsbot" / "runs" / "20260101-060000-abcd"
    run.mkdir(parents=True)
    noted = {"app": "practice", "target": "invoice.post", "way": "role 'button' named 'Bokfør'"}
    (run / "drift.jsonl").write_bytes(json.dumps(noted).encode() + b'\n{"app": "Bokf\xc3')
    for words in (["drift"], ["drift", "--apply"]):
        assert "it posts, so only a person may edit that" in office(*words)
    assert two in selectors.read_bytes()


LISTED = """# Mine.
targets:
  a:
    find:
      - {name: old}   # the first
      - {cell: Beløp}
      - css: "#x"
    as: amount
  b: {find: [{name: b}]}
"""


SECOND_FIRST = (
    LISTED.replace("{cell: Beløp}", "{name: old }").replace("{name: old}", "{cell: Beløp}").replace("old }", "old}")
)


@pytest.mark.parametrize(("way", "expected"), [(1, SECOND_FIRST), (0, None), (3, None)])
def test_nothing_but_the_order_changes(way: int, expected: str | None) -> None:
    assert put_first(LISTED, "a", way) == expected


def test_line_ends_stay() -> None:
    crlf = LISTED.replace("\n", "\r\n")
    changed = put_first(crlf, "a", 2)
    assert changed is not None
    assert changed.count("\r\n") == crlf.count("\r\n")
    assert changed.index('css: "#x"') < changed.index("{name: old}") < changed.index("{cell: Beløp}")


def test_a_single_way_and_another_file() -> None:
    assert put_first("targets: {a: {find: {name: b}}}", "a", 1) is None
    assert put_first("targets: []", "a", 1) is None
