"""A flow on the pages of a recording that a person made: draft it, go through it offline, break it, see where."""

import re
import shutil
from pathlib import Path

import pytest

from tests.workspaces import Bilagsbot

RECORDING = Path(__file__).parents[1] / "recordings" / "practice-invoice"
CHECK = "# check: "


@pytest.fixture
def drafted(office: Bilagsbot) -> Bilagsbot:
    """The practice workspace with the recording in it, and the flow drafted from it; the program is not asked."""
    shutil.copytree(RECORDING, office.workspace / "recordings" / "faktura")
    told = office("draft", "faktura")
    assert "23 new targets, 0 used again" in told
    return office


def edit(office: Bilagsbot, file: str, old: str, new: str) -> int:
    """Change a file; the line that was changed."""
    path = office.workspace / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_draft_does_what_the_person_did_and_reads_the_receipt(drafted: Bilagsbot) -> None:
    said = drafted("rehearse", "faktura", "--on", "faktura")
    assert said.splitlines()[-1] == "well   Ødegård Trelast AS / F-2601002  bilag 10001"
    assert "  fill     leverandorfaktura.fakturadato  140126\n" in said
    assert "recording did more" not in said


def test_things_that_are_there_are_used_again(office: Bilagsbot) -> None:
    shutil.copytree(RECORDING, office.workspace / "recordings" / "faktura")
    before = (office.workspace / "selectors/practice.yaml").read_bytes()
    told = office("draft", "faktura", "--app", "practice", "--name", "practice/faktura")
    assert "0 new targets, 23 used again" in told
    assert (office.workspace / "selectors/practice.yaml").read_bytes() == before
    flow = (office.workspace / "flows/practice/faktura.yaml").read_text(encoding="utf-8")
    assert "- popup: invoice.search\n" in flow
    assert "find_row: {in: supplier.rows, where: {Navn: \"{{ item.leverandor }}\"}, click: '4'}" in flow


@pytest.mark.parametrize(
    ("file", "old", "new", "why"),
    [
        ("flows/faktura.yaml", "amount('plain_nb')", "amount('en')", "'2,237.65', where the recording has '2237,65'"),
        ("flows/faktura.yaml", "date('%d%m%y')", "date", "'14.01.2026', where the recording has '140126'"),
        ("flows/faktura.yaml", "  - click: leverandorfaktura.oppdater\n", "", "leverandorfaktura.total shows ''"),
        ("flows/faktura.yaml", "submit: leverandorfaktura.bokfor", "submit: leverandorfaktura.oppdater",
         "leverandorfaktura.oppdater would not post on"),
        ("flows/faktura.yaml", "{Navn: ", "{Nr: ", "has no row with Nr 'Ødegård Trelast AS'"),
        ("flows/faktura.yaml", "er bokført", "er ført", "does not match"),
    ],
)  # fmt: skip
def test_a_change_that_breaks_is_told_with_its_line(
    file: str, old: str, new: str, why: str, drafted: Bilagsbot
) -> None:
    edit(drafted, file, old, new)
    said = drafted("rehearse", "faktura", "--on", "faktura", code=1).splitlines()[-1]
    assert said.startswith("WRONG  Ødegård Trelast AS / F-2601002  ")
    assert why in said
    assert f"({file}:" in said


def test_a_selector_of_another_element_is_told(drafted: Bilagsbot) -> None:
    edit(drafted, "selectors/faktura.yaml", "- {role: link, named: Ny leverandørfaktura}", "- {text: Nytt bilag}")
    edit(drafted, "selectors/faktura.yaml", "is: {tag: a, text: Ny leverandørfaktura}", "is: {tag: a}")
    said = drafted("rehearse", "faktura", "--on", "faktura", code=1)
    assert "click menu.ny_leverandorfaktura: it is on the page, and the recording did this to another element" in said
    assert "the recording goes on with click Ny leverandørfaktura (action " in said


def test_what_the_flow_leaves_out_is_told(drafted: Bilagsbot) -> None:
    edit(drafted, "flows/faktura.yaml",
         '  - fill: {leverandorfaktura.kid: "{{ item.kid }}"}\n    when: item.kid\n', "")  # fmt: skip
    said = drafted("rehearse", "faktura", "--on", "faktura")
    assert re.search(r"well .* F-2601002  bilag 10001\n  the recording did more: fill \(action \d+, pages/", said)


def test_a_page_with_the_recorded_steps_is_written(drafted: Bilagsbot) -> None:
    drafted("show", "faktura", "--on", "faktura", "--html", "faktura.html")
    html = (drafted.workspace / "faktura.html").read_text(encoding="utf-8")
    assert "BOKFØR: les tilbake alt som er skrevet, og klikk «Bokfør» (leverandorfaktura.bokfor) én gang." in html
    edit(drafted, "flows/faktura.yaml", "date('%d%m%y')", "date")
    said = drafted("show", "faktura", "--on", "faktura", "--html", "faktura.html", code=4)
    assert "The flow does not do what recordings/faktura did" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rehearse", "faktura", "--on", "nix"), "recordings/nix: there is no such recording. Known: faktura."),
        (("draft", "faktura"), "flows/faktura.yaml: there is one already."),
        (("draft", "faktura", "--name", "ny", "--row", "99"), "row 99: there is no such row to key. Its rows are 2 to"),
        (("draft", "faktura", "--name", "ny", "--sample", "nix.xlsx"), "there is no such workbook"),
        (("draft", "faktura", "--name", "n y"), "'n y' is no name"),
        (("show", "faktura", "--html", "x.html"), "a page with pictures needs a recording"),
        (("record", "faktura", "--url", "http://127.0.0.1:1"), "recordings/faktura: there is one already."),
        (("record", "ny"), "it is not said what to record"),
        (("record", "ny", "--url", "http://127.0.0.1:1", "--row", "3"), "there is no workbook that it is a row of"),
    ],
)  # fmt: skip
def test_bad_input_gets_a_sentence(words: tuple[str, ...], said: str, drafted: Bilagsbot) -> None:
    assert said in drafted(*words, code=2)


def test_a_damaged_recording_is_told_line_by_line(drafted: Bilagsbot) -> None:
    file = drafted.workspace / "recordings/faktura/recording.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[3], lines[5] = '{"n": 0, "action": "jump"}', "{"
    file.write_text("\n".join(lines), encoding="utf-8")
    said = drafted("rehearse", "faktura", "--on", "faktura", code=2)
    assert "recording.jsonl:4: n: " in said
    assert "recording.jsonl:4: action: " in said
    assert "recording.jsonl:6: Invalid JSON" in said
