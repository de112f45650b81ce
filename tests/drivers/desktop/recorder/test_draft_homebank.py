"""A person adds one row of the workbook in HomeBank by mouse and keys; what is drafted of it keys the others."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.flow.drafting.draft import NO_FILE_READ
from tests.drivers.desktop.forms import wait
from tests.drivers.desktop.recorder.person import Person, recorded
from tests.drivers.desktop.recorder.test_record_homebank import DIALOG, spec
from tests.systems import homebank, own
from tests.systems.test_homebank import BOT, book, in_sheet
from tests.workspaces import Bilagsbot

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("desktop")]
ROW = 3
NAME = "utgift"
DOUBTS = [
    "flows/utgift.yaml:12: what does the program give back? Nothing was pointed at",
    "flows/utgift.yaml:14: closes what an item left half keyed: is that dropped, and nothing asked?",
    "flows/utgift.yaml:20: '1334.07' was typed; keyed is '-1334.07', which the program made of it",
    f"flows/utgift.yaml:28: {NO_FILE_READ}",
    "bots/utgift.yaml:2: whose books? It is part of every item's identity",
    "bots/utgift.yaml:6: are these the books? Try on a copy",
    "bots/utgift.yaml:7: a screen that nobody sees, on Linux; 'screen' is your own",
    "bots/utgift.yaml:8: dates and words are those of your own language: say it by environment: {LC_ALL: …}",
    "bots/utgift.yaml:10: longer than the program may need to store what was sent, in seconds",
]
# What a person answers to each `# check:` that a run depends on: the file, what stands there, and what is written.
ANSWERS = (
    ("bots", "# check: dates and words are those", "environment: {LC_ALL: C.UTF-8}"),
    ("bots", "settle: 5 ", "settle: 1.5"),
    ("bots", "client: ", "client: Acme Ltd"),
    ("flows", "reference: text  # check: what does the program give back", "reference: text"),
    (
        "flows", "# check: no lookup was recorded",
        "lookup:\n  - find_row: {in: saved, where: {info: '{{ item.bilagsnr }}'}, receipt: {reference: info}}",
    ),
)  # fmt: skip
SAVED = '  saved: {find: {file: "{{ target.file }}", rows: //ope}, headers: date amount info payee category wording}\n'


@pytest.fixture
def office(screen_environment: Mapping[str, str], tmp_path: Path) -> Bilagsbot:
    """This project's workbook, selectors and flows, and an empty book."""
    if reason := own.install("homebank", "tesseract-ocr-nor"):
        pytest.skip(reason)
    own.copy_to(tmp_path, BOT)
    book(tmp_path).parent.mkdir()
    book(tmp_path).write_text(homebank.BOOK, encoding="utf-8")
    (tmp_path / "home").mkdir()
    return Bilagsbot(tmp_path, "own", "", "no-password", {"HOME": str(tmp_path / "home")})


@pytest.fixture
def recording(office: Bilagsbot, screen_environment: Mapping[str, str]) -> None:
    """One row, added to a copy of the book."""
    row = office.sheet("inbox/transactions.xlsx", "Transaksjoner")[ROW - 2]
    copy, folder = office.workspace / "copy", office.workspace / "recordings" / NAME
    program = Program(spec(copy), copy, screen_environment, office.workspace / "log")
    program.start()
    bus = screen_environment["DBUS_SESSION_BUS_ADDRESS"]
    try:
        with recorded(program, bus, folder, command="homebank books/acme.xhb") as person:
            _add(person, row)
            assert wait(lambda: len(homebank.transactions(copy / "acme.xhb")) == 1)
            person.done()
    finally:
        program.end(0.5)


def _add(person: Person, row: Mapping[str, Any]) -> None:
    keyed = {
        "Date:": f"{row['Dato']:%m/%d/%y}", "Amount:": f"{row['Beløp']:.2f}", "Info:": row["Bilagsnr"],
        "Payee:": row["Leverandør"], "Category:": row["Kategori"], "Memo:": row["Tekst"],
    }  # fmt: skip
    person.click("button", "Add")
    for label, text in keyed.items():
        person.field(label)
        person.press("Control+A")
        person.type(text)
        person.press("Tab")
    person.press("Control+Alt+S")
    person.click("button", "Add", DIALOG)
    person.click("button", "Close", DIALOG)
    person.click("button", "Save")


def _draft(office: Bilagsbot, *words: str, code: int = 0) -> str:
    return office("draft", NAME, "--sample", "inbox/transactions.xlsx", "--sheet", "Transaksjoner", "--row", str(ROW),
                  *words, code=code)  # fmt: skip


def _answer(office: Bilagsbot) -> None:
    """Do as a person does with what the draft could not tell."""
    for folder, mark, answer in ANSWERS:
        file = office.workspace / folder / f"{NAME}.yaml"
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        (at,) = (i for i, line in enumerate(lines) if line.lstrip().startswith(mark))
        lines[at] = f"{lines[at][: len(lines[at]) - len(lines[at].lstrip())]}{answer}\n"
        file.write_text("".join(lines), encoding="utf-8")
    with (office.workspace / "selectors" / f"{NAME}.yaml").open("a", encoding="utf-8") as selectors:
        selectors.write(SAVED)


@pytest.mark.timeout(280)
@pytest.mark.soak
def test_a_draft_keys_the_other_rows(recording: None, office: Bilagsbot) -> None:
    told = _draft(office, code=1)  # nothing that HomeBank shows tells that it has posted

    assert re.findall(r"[\w/-]+\.yaml:\d+: .*", told.partition("The draft is not whole yet:")[0]) == DOUBTS
    _answer(office)
    office("check", NAME)
    rehearsed = office("rehearse", NAME, "--limit", "3", "--json")
    assert [json.loads(line)["wrong"] for line in rehearsed.splitlines() if line[:1] == "{"] == ["", "", ""]
    assert homebank.transactions(book(office.workspace)) == []
    receipts = office.receipts(NAME)
    assert [receipt["status"] for receipt in receipts] == ["posted"] * 25
    assert homebank.transactions(book(office.workspace)) == in_sheet(office)


def test_selectors_that_were_written_by_hand_are_used_again(recording: None, office: Bilagsbot) -> None:
    before = (office.workspace / "selectors/homebank.yaml").read_bytes()

    assert "0 new targets, 10 used again" in _draft(office, "--app", "homebank", code=1)

    assert (office.workspace / "selectors/homebank.yaml").read_bytes() == before
    assert not (office.workspace / "selectors/homebank").exists()  # their pictures are not needed
    office("draft", NAME, "--name", "again", "--app", "again", code=1)
    pictures = {file.name for file in (office.workspace / "selectors/again").iterdir()}
    named = re.findall(r"image: ([\w-]+\.png)", (office.workspace / "selectors/again.yaml").read_text("utf-8"))
    assert pictures == set(named)
