"""Workbooks that are wrong, as the operator meets them: where, what, what instead; exit code 2; nothing is keyed."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bilagsbot.cli.init import make_workspace
from tests.processes import needs_proc, peak_memory
from tests.tables.sheets import change_part
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"
SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[Worksheet], object]


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """A workspace as `init` makes it."""
    make_workspace(tmp_path / "ws")
    return Bilagsbot(tmp_path / "ws", "practice", "ola", "not-asked-for")


@pytest.fixture
def file(office: Bilagsbot) -> Path:
    """Its workbook of supplier invoices."""
    return office.workspace / "inbox/fakturaer.xlsx"


def edit(file: Path, change: Edit) -> None:
    """Change the sheet as a person would."""
    book = load_workbook(file)
    change(book["Fakturaer"])
    book.save(file)


def refused(office: Bilagsbot) -> list[str]:
    """What `check` and `run` say, the same in both; neither got as far as a ledger, so nothing was keyed."""
    said = office("check", BOT, code=2)
    assert office("run", BOT, code=2) == said
    assert not list(office.workspace.glob(".bilagsbot/ledger*"))
    return said.splitlines()


def cut(file: Path) -> None:
    """Leave the last bytes out, as a broken transfer does."""
    file.write_bytes(file.read_bytes()[:-300])


def encrypt(file: Path) -> None:
    """What Excel writes for a workbook with a password starts like this."""
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def bomb(file: Path) -> None:
    """A small file that unpacks to more than memory."""
    with zipfile.ZipFile(file) as package:
        name = package.getinfo(SHEET).filename.encode()
    content = bytearray(file.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(name)) + 24
    content[entry : entry + 4] = struct.pack("<I", 4_000_000_000)
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda file: file.rename(file.with_name("faktura.xlsx")),
            "{file}: there is no such workbook. Did you mean 'faktura.xlsx'?",
        ),
        (
            lambda file: file.write_text("Fakturanr;Beløp\n1;2\n"),
            "fakturaer.xlsx: this is no Excel workbook, whatever its name ends with. "
            "Open it in Excel and save it as an Excel workbook (.xlsx).",
        ),
        (encrypt, "fakturaer.xlsx: the workbook is encrypted. Save it without a password."),
        (
            cut,
            "fakturaer.xlsx: this is no whole Excel workbook. "
            "Open it in Excel and save it again as .xlsx, or get a new copy.",
        ),
        (
            lambda file: change_part(file, SHEET, None),
            "fakturaer.xlsx: this is no whole Excel workbook. "
            "Open it in Excel and save it again as .xlsx, or get a new copy.",
        ),
        (
            bomb,
            "fakturaer.xlsx: the workbook unpacks to more than 1 GB. Copy its rows into a new workbook.",
        ),
    ],
)
def test_a_file_that_is_none(office: Bilagsbot, file: Path, spoil: Callable[[Path], object], said: str) -> None:
    spoil(file)
    assert refused(office) == [said.format(file=file)]


TOP = "fakturaer.xlsx, sheet Fakturaer, row 1: "


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda page: page.delete_rows(2, 99),
            ["fakturaer.xlsx, sheet Fakturaer, row 2: there are no rows. Fill in at least one row."],
        ),
        (
            lambda page: (page.cell(1, 1, "Faktura nr"), page.cell(1, 5, "Belop")),
            [
                f"{TOP}there is no column 'Fakturanr'. Did you mean 'Faktura nr'?",
                f"{TOP}there is no column 'Beløp'. Did you mean 'Belop'?",
                "",
                "2 mistakes. Nothing was keyed.",
            ],
        ),
        (
            lambda page: (page.cell(1, 9, "Beløp"), page.cell(1, 10, "KID")),
            [
                f"{TOP}the column 'Beløp' is there twice, in E and I. Rename or remove all but one.",
                f"{TOP}the column 'KID' is there twice, in H and J. Rename or remove all but one.",
                "",
                "2 mistakes. Nothing was keyed.",
            ],
        ),
        (
            lambda page: page.merge_cells("E1:F1"),
            [
                f"{TOP}the header 'Beløp' stands in the merged cells E1:F1. "
                "Unmerge them, and write one header in each column.",
                f"{TOP}there is no column 'Konto'. Unmerge E1:F1, and write one header in each column. "
                "Add it, or name another column in the bot's 'columns'.",
                "",
                "2 mistakes. Nothing was keyed.",
            ],
        ),
    ],
)
def test_a_table_of_another_form(office: Bilagsbot, file: Path, change: Edit, said: list[str]) -> None:
    edit(file, change)
    assert refused(office) == said


# Cell, value, and what is said of it after its place.
CELLS: dict[str, tuple[object, str]] = {
    "A3": (None, "column A (Fakturanr): is empty. Write text."),
    "C4": (
        "31.02.2026",
        "column C (Fakturadato): '31.02.2026' is not a date: February 2026 has 28 days. Write the date as 31.12.2026.",
    ),
    "E5": ("1.234", "column E (Beløp): '1.234' is ambiguous: it can mean 1234,00 or 1,234. Write 1234,00 or 1,23."),
    "E6": (
        "=E5*1.25",
        "column E (Beløp): holds a formula whose result is not in the file. Open it in Excel and save it.",
    ),
    "E7": (
        "#REF!",
        "column E (Beløp): '#REF!' is an error from a formula. Correct the formula, or type the value.",
    ),
    "H8": (
        12345678903,
        "column H (KID): '12345678903' is a KID as a number: Excel drops leading zeros and keeps only 15 digits. "
        "Format the cell as text and type the KID again.",
    ),
}


def test_cells_that_are_wrong_are_told_all_at_once(office: Bilagsbot, file: Path) -> None:
    def spoil(page: Worksheet) -> None:
        for cell, (value, _) in CELLS.items():
            page[cell] = value
        page["A10"], page["B10"] = page["A9"].value, page["B9"].value

    edit(file, spoil)
    double = load_workbook(file)["Fakturaer"]["B9"].value, load_workbook(file)["Fakturaer"]["A9"].value
    places = [
        *(f"fakturaer.xlsx, sheet Fakturaer, row {cell[1:]}, {said}" for cell, (_, said) in CELLS.items()),
        f"fakturaer.xlsx, sheet Fakturaer, row 10, column B (Leverandør): {' / '.join(map(str, double))} "
        "is in the file already, in row 9. Remove one of them, or correct the key.",
    ]
    assert refused(office) == [*places, "", "7 mistakes. Nothing was keyed."]


def test_hidden_rows_are_a_warning(office: Bilagsbot, file: Path) -> None:
    def hide(page: Worksheet) -> None:
        for row in (4, 7):
            page.row_dimensions[row].hidden = True

    edit(file, hide)
    said = office("check", BOT)
    assert said.splitlines()[0].startswith("practice-invoices: 25 items in 25 rows")
    warning = "2 hidden rows are read as well: 4, 7. Delete what is not to be keyed."
    assert f"warning: fakturaer.xlsx, sheet Fakturaer: {warning}" in said.splitlines()


def test_of_very_many_mistakes_the_first_are_shown_and_json_has_all(office: Bilagsbot, file: Path) -> None:
    def spoil(page: Worksheet) -> None:
        for _ in range(300):
            page.append([None] * 4 + ["x"])

    edit(file, spoil)
    said = refused(office)
    first = "fakturaer.xlsx, sheet Fakturaer, row 27, column A (Fakturanr): is empty. Write text."
    assert (len(said), said[0]) == (203, first)
    *_, more, empty, last = said
    assert more.endswith(" more. 'bilagsbot check --json' gives all.")
    assert (empty, last) == ("", f"{200 + int(more.split()[2])} mistakes. Nothing was keyed.")
    assert len(office("check", BOT, "--json", code=2).splitlines()) == 200 + int(more.split()[2])


@needs_proc
def test_a_hundred_thousand_rows_are_checked_in_bounded_memory(office: Bilagsbot, file: Path) -> None:
    def text(letter: str, row: int, value: str) -> str:
        return f'<c r="{letter}{row}" t="inlineStr"><is><t>{value}</t></is></c>'

    rows = "".join(
        f'<row r="{i}">{text("A", i, f"G-{i}")}{text("B", i, "Ås AS")}{text("C", i, "05.01.2026")}'
        f'<c r="E{i}"><v>{i}.5</v></c>{text("F", i, "4300")}{text("G", i, "1")}{text("H", i, "12345678903")}'
        f"{''.join(text(letter, i, f'Husleie {i}') for letter in 'IJKL')}</row>"
        for i in range(27, 100_027)
    )
    change_part(file, SHEET, lambda xml: xml.replace(b"</sheetData>", f"{rows}</sheetData>".encode()))
    process = office.start("check", BOT)
    with process:
        peak = peak_memory(process)
        assert process.stdout is not None
        assert process.stdout.read().startswith("practice-invoices: 100025 items in 100025 rows, ")
    assert 50_000 < peak < 250_000  # kB; all rows and items at once were 350 MB
