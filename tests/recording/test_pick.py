"""bilagsbot pick: a person points at an element, and its selector is written or mended."""

import sys

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.recording import invoices
from tests.recording.person import Person, at_a_screen
from tests.workspaces import Bilagsbot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs X11")


def _point_at(person: Person, office: Bilagsbot, url: str, target: str, field: str) -> str:
    """Log in, go to the invoice's screen, and point at one of its fields; what the command says."""
    picking = office.start("pick", target, "--url", url, "--attach", person.address)
    invoices.log_in(person)
    main = person.frame("hoved")
    person.click(person.frame("meny").get_by_text("Ny leverandørfaktura"), main)
    person.bar("pick", main)
    person.click(main.locator(f"[name={field}]"))
    out, err = picking.communicate(timeout=30)
    assert picking.returncode == 0, out + err
    assert "practice-only" not in out + err
    return out


def test_a_broken_selector_is_mended_and_all_else_stays(office: Bilagsbot, program: PracticeServer) -> None:
    file = office.workspace / "selectors/practice.yaml"
    right = file.read_text(encoding="utf-8")
    line = next(line for line in right.splitlines() if line.startswith("  invoice.amount:"))
    wrong = right.replace(line, "  invoice.amount: {find: [{name: sum}], is: {near: Sum}, as: amount}  # vår sum")
    file.write_text(wrong, encoding="utf-8")
    with at_a_screen() as person:
        said = _point_at(person, office, program.url, "practice.invoice.amount", "belop")

    mended = file.read_text(encoding="utf-8").splitlines()
    now = next(line for line in mended if line.startswith("  invoice.amount:"))
    assert now.startswith("  invoice.amount: {find: [{name: belop}, {cell: Beløp}, ")
    assert now.endswith("is: {tag: input, type: text, label: Beløp}, as: amount}  # vår sum")
    assert [line for line in mended if line != now] == [line for line in right.splitlines() if line != line_of(right)]
    assert f"+{now}" in said
    assert "WRONG" not in office("rehearse", "practice-invoices", "--limit", "1")


def line_of(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("  invoice.amount:"))


def test_a_new_target_is_added_to_its_application(office: Bilagsbot, program: PracticeServer) -> None:
    file = office.workspace / "selectors/practice.yaml"
    before = file.read_text(encoding="utf-8")
    with at_a_screen() as person:
        _point_at(person, office, program.url, "practice.invoice.net", "netto")
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before.rstrip())
    assert "  invoice.net:\n    find:\n      - {name: netto}\n      - {cell: Netto}\n" in after
    office("check", "practice-invoices")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("practice", "--url", "http://127.0.0.1:1"), "'practice' is no target. Write APP.NAME"),
        (("practice.invoice.net",), "it is not said where to pick"),
        (("practice.journal.account", "--url", "http://127.0.0.1:1"), "has templates in it"),
    ],
)
def test_what_cannot_be_picked_gets_a_sentence(words: tuple[str, ...], said: str, office: Bilagsbot) -> None:
    assert said in office("pick", *words, code=2)
