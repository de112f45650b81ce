"""What each kind of cell in a real workbook is read as, and where it stands."""

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bilagsbot.model.errors import BadInput
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Row

from .sheets import HEADERS, ROWS, SHEET, by_hand, change_part, write

DAY = dt.date(2026, 1, 5)


def rows(file: Path, header_row: int = 1, sheet: str = "") -> list[Row]:
    """The rows under our three headers."""
    return list(xlsx.read(file, sheet, header_row, HEADERS).rows)


def amounts(file: Path) -> list[object]:
    """The column Beløp."""
    return [row.cells["Beløp"] for row in rows(file)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A right workbook."""
    return write(tmp_path / "bok.xlsx", ROWS)


def cell_of(folder: Path, value: object, form: str = "General", epoch: dt.datetime | None = None) -> object:
    """What one cell is read as that openpyxl wrote."""
    book = Workbook()
    book.epoch = epoch or book.epoch
    page = book.worksheets[0]
    page.append(HEADERS)
    page["A2"], page["C2"] = "1", value
    page["C2"].number_format = form
    book.save(folder / "bok.xlsx")
    (amount,) = amounts(folder / "bok.xlsx")
    return amount


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [
        (22_000_000, "General", 22_000_000),
        (12345678903, "@", 12345678903),
        (10.0, "0.00", 10),
        (-0.0, "0", 0),
        (0, "0", 0),
        (1.5, "General", 1.5),
        (999_999_999_999_999, "0", 999_999_999_999_999),
        (0.25, "0.00%", 0.25),
        (46000, '#,##0.00 "kr"', 46000),
        (46000, '"Dato: "0', 46000),
        (46000, '0 "dager"', 46000),
        (46000, "[Red]0;[Blue]-0", 46000),
        (True, "General", True),
        (False, "General", False),
        (DAY, "dd.mm.yyyy", DAY),
        (46027, "[$-414]d. mmmm yyyy", DAY),
        (46027, "[$-F800]dddd, mmmm dd, yyyy", DAY),
        (46027, "mmm yy", DAY),
        (dt.datetime(2026, 1, 5, 10, 30), "dd.mm.yyyy hh:mm", dt.datetime(2026, 1, 5, 10, 30)),
        (46027.5, "dd.mm.yyyy", dt.datetime(2026, 1, 5, 12)),
        (dt.time(10, 30), "hh:mm", dt.time(10, 30)),
        (dt.timedelta(hours=30), "[h]:mm", dt.timedelta(hours=30)),
        (1, "dd.mm.yyyy", dt.date(1900, 1, 1)),
        (59, "dd.mm.yyyy", dt.date(1900, 2, 28)),
        (61, "dd.mm.yyyy", dt.date(1900, 3, 1)),
        ("", "General", None),
        (" x  y ", "General", " x  y "),
        ("Ås\nBø", "General", "Ås\nBø"),
        ("#REF", "General", "#REF"),
        (CellRichText("Ås ", TextBlock(InlineFont(b=True), "og"), " Bø"), "General", "Ås og Bø"),
    ],
)
def test_one_cell(tmp_path: Path, value: object, form: str, read: object) -> None:
    found = cell_of(tmp_path, value, form)
    assert (found, type(found)) == (read, type(read))


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    assert cell_of(tmp_path, DAY, "dd.mm.yyyy", CALENDAR_MAC_1904) == DAY


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('t="str"><v>Ås_x000D_Bø_x005F_x</v>', "Ås\rBø_x"),
        ('t="inlineStr"><is><r><t>Ås</t></r><r><t xml:space="preserve"> Bø</t></r></is>', "Ås Bø"),
        ('t="inlineStr"><is><t>Ås</t><rPh sb="0" eb="1"><t>aas</t></rPh></is>', "Ås"),
        ('t="d"><v>2026-01-05</v>', DAY),
        ('t="d"><v>2026-01-05T00:00:00</v>', dt.datetime(2026, 1, 5)),
        ('t="b"><v>true</v>', True),
        ("><v>1E3</v>", 1000),
        ("><v>0.30000000000000004</v>", 0.1 + 0.2),
        ("><v>1234567890123456789</v>", 1234567890123456789.0),
    ],
)
def test_cells_as_other_programs_write_them(tmp_path: Path, cell: str, read: object) -> None:
    assert amounts(by_hand(tmp_path, f'<row r="2"><c r="C2" {cell}</c></row>')) == [read]


def test_errors_are_told_by_their_names(tmp_path: Path) -> None:
    known = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
    cells = "".join(f'<row r="{i}"><c r="C{i}" t="e"><v>{name}</v></c></row>' for i, name in enumerate(known, 2))
    table = xlsx.read(by_hand(tmp_path, cells), "", 1, HEADERS)
    said = {f"'{name}' is an error from a formula." for name in known}
    assert {why.what for why in table.spoilt.values()} == said
    assert [row.number for row in table.rows] == list(range(2, 9))


def test_errors_that_no_reader_knows_are_told_at_their_cells(tmp_path: Path) -> None:
    cells = '<row r="2"><c r="A2"><v>1</v></c><c r="C2" t="e"><v>#BUSY!</v></c><c r="Z2" t="e"><v>#X</v></c></row>'
    with pytest.raises(BadInput) as bad:
        rows(by_hand(tmp_path, cells))
    assert [str(mistake) for mistake in bad.value.mistakes] == [
        f"bok.xlsx, sheet Ark1, row 2, column {letter}: '{name}' is an error from a formula. "
        "Correct the formula, or type the value."
        for letter, name in (("C", "#BUSY!"), ("Z", "#X"))
    ]


class TestPlaces:
    def test_rows_and_cells_that_leave_their_place_out(self, tmp_path: Path) -> None:
        xml = "<row><c><v>1</v></c><c/><c><v>5</v></c></row><row r='7'><c><v>2</v></c></row><row><c><v>3</v></c></row>"
        assert [row.number for row in rows(by_hand(tmp_path, xml))] == [2, 7, 8]

    def test_a_sheet_that_does_not_start_in_its_first_cell(self, tmp_path: Path) -> None:
        book = Workbook()
        for cell, value in {"C4": "Nr", "D4": "Navn", "F4": "Beløp", "C7": "1", "F7": 10, "F9": 20}.items():
            book.worksheets[0][cell] = value
        book.save(tmp_path / "bok.xlsx")
        table = xlsx.read(tmp_path / "bok.xlsx", "", 4, HEADERS)
        assert table.letters == {"Nr": "C", "Navn": "D", "Beløp": "F"}
        assert [(row.number, row.cells["Beløp"]) for row in table.rows] == [(7, 10), (9, 20)]

    def test_rows_that_are_there_but_empty(self, file: Path) -> None:
        empty = "".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in (*range(4, 1000), 1_048_576))
        change_part(file, SHEET, lambda xml: xml.replace(b"</sheetData>", f"{empty}</sheetData>".encode()))
        change_part(file, SHEET, lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"'))
        assert [row.number for row in rows(file)] == [2, 3]

    def test_columns_far_to_the_right_that_hold_nothing(self, file: Path) -> None:
        far = b'<row r="900000"><c r="XFD900000" s="0"/></row></sheetData>'
        assert amounts(change_part(file, SHEET, lambda xml: xml.replace(b"</sheetData>", far))) == [10, 20]

    def test_one_cell_far_away_is_told_before_it_takes_all_memory(self, file: Path) -> None:
        far = b'<row r="900000"><c r="XFD900000"><v>1</v></c></row></sheetData>'
        with pytest.raises(BadInput, match=r"has cells as far as XFD900000, which is too much to read\. Copy the rows"):
            rows(change_part(file, SHEET, lambda xml: xml.replace(b"</sheetData>", far)))

    def test_wide_tables_have_columns_of_two_letters(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(*range(30), *HEADERS), (*range(30), "1", "Ås", 10)])
        assert xlsx.read(file, "", 1, HEADERS).letters == {"Nr": "AE", "Navn": "AF", "Beløp": "AG"}


class TestPackages:
    def test_sheets_that_excel_hides(self, file: Path) -> None:
        book = load_workbook(file)
        book.create_sheet("Ark2")
        book["Ark1"].sheet_state = "veryHidden"
        book.save(file)
        assert len(rows(file, sheet="Ark1")) == 2

    def test_a_workbook_with_macros(self, file: Path) -> None:
        kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
        old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
        change_part(file, "[Content_Types].xml", lambda xml: xml.replace(old, kind))
        assert amounts(file.rename(file.with_suffix(".xlsm"))) == [10, 20]

    def test_elements_with_a_prefix(self, tmp_path: Path) -> None:
        name = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xml = (
            b'<x:worksheet xmlns:x="' + name + b'"><x:sheetData><x:row r="1">'
            + b"".join(f'<x:c t="str"><x:v>{header}</x:v></x:c>'.encode() for header in HEADERS)
            + b'</x:row><x:row r="2" hidden="1"><x:c r="A2"><x:v>1</x:v></x:c><x:c r="C2"><x:f>1+1</x:f></x:c></x:row>'
            + b"</x:sheetData></x:worksheet>"
        )  # fmt: skip
        table = xlsx.read(by_hand(tmp_path, "", lambda _: xml), "", 1, HEADERS)
        assert ([row.number for row in table.rows], set(table.spoilt)) == ([2], {(2, "Beløp")})
        assert "a hidden row" in table.warnings[0].what

    def test_excels_strict_format(self, file: Path) -> None:
        strict = {
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
                b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            ),
        }  # fmt: skip
        for part in ("xl/workbook.xml", SHEET, "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels"):
            for old, new in strict.items():
                change_part(file, part, lambda xml, old=old, new=new: xml.replace(old, new))  # type: ignore[misc]
        assert amounts(file) == [10, 20]

    def test_parts_whose_names_differ_in_letter_case(self, file: Path) -> None:
        content = b""

        def keep(xml: bytes) -> bytes:
            nonlocal content
            content = xml
            return xml

        change_part(file, SHEET, keep)
        change_part(file, SHEET, None)
        change_part(file, SHEET.replace("sheet1", "Sheet1"), lambda _: content)
        assert amounts(file) == [10, 20]
