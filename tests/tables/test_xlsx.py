"""Workbooks that cannot be read as a table: which file, sheet, row and column, and what to do."""

import random
import struct
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bilagsbot.model.errors import BadInput
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Table

from .sheets import change_part, write

HEADERS = ("Nr", "Navn", "Beløp")
ROWS = (HEADERS, ("1", "Ås", 10), ("2", "Bø", 20))
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A right workbook."""
    return write(tmp_path / "bok.xlsx", ROWS)


def read(file: Path, sheet: str = "", header_row: int = 1, optional: tuple[str, ...] = ()) -> Table:
    """The table under our three headers."""
    return xlsx.read(file, sheet, header_row, HEADERS, optional)


def wrong(file: Path, sheet: str = "", header_row: int = 1, optional: tuple[str, ...] = ()) -> list[str]:
    """What is wrong with the workbook."""
    with pytest.raises(BadInput) as bad:
        read(file, sheet, header_row, optional)
    return [str(m) for m in bad.value.mistakes]


class TestFiles:
    def test_none_of_that_name(self, file: Path) -> None:
        missing = file.with_name("bko.xlsx")
        assert wrong(missing) == [f"{missing}: there is no such workbook. Did you mean 'bok.xlsx'?"]

    def test_excels_own_note_is_no_workbook(self, file: Path) -> None:
        file.rename(file.with_name("~$bok.xlsx"))
        assert wrong(file) == [f"{file}: there is no such workbook. There is no workbook in {file.parent}."]

    def test_no_such_folder(self, tmp_path: Path) -> None:
        (said,) = wrong(tmp_path / "nowhere" / "bok.xlsx")
        assert "there is no such workbook" in said

    def test_a_folder(self, file: Path) -> None:
        assert wrong(file.parent) == [f"{file.parent}: this is a folder. Name a workbook in it: bok.xlsx."]

    @pytest.mark.parametrize(
        ("content", "parts"),
        [
            (b"", ("the file is empty.", "Save the workbook again.")),
            (b"Nr;Navn\n1;As\n", ("this is no Excel workbook, whatever its name ends with.", "(.xlsx)")),
            (b"<html><table></table></html>", ("this is no Excel workbook",)),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ("old xls format", "save it as .xlsx")),
            (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ("encrypted", "without a password")),
            (b"PK\x03\x04" + bytes(50), ("this is no whole Excel workbook.", "save it again")),
        ],
    )
    def test_no_workbook(self, file: Path, content: bytes, parts: tuple[str, ...]) -> None:
        file.write_bytes(content)
        (said,) = wrong(file)
        assert said.startswith("bok.xlsx: ")
        assert all(part in said for part in parts), said

    @pytest.mark.parametrize("part", ["xl/workbook.xml", "[Content_Types].xml", SHEET, "xl/styles.xml"])
    def test_a_zip_that_lacks_a_part_or_has_it_cut_short(self, file: Path, part: str) -> None:
        change_part(file, part, lambda content: content[: len(content) // 2])
        assert "this is no whole Excel workbook" in wrong(file)[0]
        change_part(file, part, None)
        if part == SHEET:
            assert wrong(file) == ["bok.xlsx: the workbook has no sheet with cells. Get a new copy of it."]
        elif part != "xl/styles.xml":  # which a workbook need not have
            assert "this is no whole Excel workbook" in wrong(file)[0]

    def test_cut_short(self, file: Path) -> None:
        file.write_bytes(file.read_bytes()[:-200])
        assert wrong(file) == [
            "bok.xlsx: this is no whole Excel workbook. Open it in Excel and save it again as .xlsx, or get a new copy."
        ]

    @pytest.mark.parametrize("seed", range(40))
    def test_bytes_changed_at_random(self, file: Path, seed: int) -> None:
        chance, content = random.Random(seed), bytearray(file.read_bytes())
        for _ in range(20):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        file.write_bytes(content)
        assert all(said.startswith("bok.xlsx") for said in wrong(file))

    def test_a_zip_that_claims_to_be_huge(self, file: Path) -> None:
        content = file.read_bytes()
        at = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))  # its entry in the central directory
        file.write_bytes(content[: at + 24] + struct.pack("<I", 4_000_000_000) + content[at + 28 :])
        assert wrong(file) == ["bok.xlsx: the workbook unpacks to 4.0 GB. Copy its rows into a new workbook."]

    def test_a_row_number_beyond_excels_last(self, file: Path) -> None:
        change_part(
            file, SHEET, lambda xml: xml.replace(b'<row r="3"', b'<row r="9999999999"').replace(b'"A3"', b'"A99999999"')
        )
        assert "a row beyond Excel's last" in wrong(file)[0]


class TestSheets:
    def test_nearest_name(self, file: Path) -> None:
        assert wrong(file, "Ark2") == ["bok.xlsx: there is no sheet 'Ark2'. Did you mean 'Ark1'?"]

    def test_the_first_where_none_is_named(self, file: Path) -> None:
        assert read(file).sheet == "Ark1"

    def test_a_chart_has_no_rows(self, file: Path) -> None:
        book = load_workbook(file)
        book.create_chartsheet("Diagram", 0)
        book.save(file)
        assert read(file).sheet == "Ark1"
        assert wrong(file, "Diagram") == ["bok.xlsx: there is no sheet 'Diagram'. Known: Ark1."]

    def test_only_headers(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, (None, " ", "")])
        assert wrong(file) == ["bok.xlsx, sheet Ark1, row 2: there are no rows. Fill in at least one row."]

    def test_nothing_at_all(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [])
        assert wrong(file) == [
            "bok.xlsx, sheet Ark1, row 1: the sheet is empty. Write the column headers here: Nr, Navn, Beløp."
        ]


class TestHeaders:
    def test_missing_columns_all_at_once_with_the_nearest_name(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [("Nr", "Nvn", "Sum"), ("1", "Ås", 10)])
        assert wrong(file) == [
            "bok.xlsx, sheet Ark1, row 1: there is no column 'Navn'. Did you mean 'Nvn'?",
            "bok.xlsx, sheet Ark1, row 1: there is no column 'Beløp'. Known: Nvn, Sum.",
        ]

    def test_a_doubled_column(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(*HEADERS, "Navn", "Kid", "Kid"), ("1", "Ås", 10, "Bø", "", "")])
        assert wrong(file, optional=("Kid",)) == [
            "bok.xlsx, sheet Ark1, row 1: the column 'Navn' is there twice, in B and D. Rename or remove all but one.",
            "bok.xlsx, sheet Ark1, row 1: the column 'Kid' is there twice, in E and F. Rename or remove all but one.",
        ]

    def test_a_doubled_column_that_nobody_reads_is_no_mistake(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(*HEADERS, "x", "x"), ("1", "Ås", 10, 1, 2)])
        assert len(read(file).rows) == 1

    def test_an_optional_column_is_read_where_it_is(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [("Kid", *HEADERS), ("123", "1", "Ås", 10)])
        table = read(file, optional=("Kid", "Forfall"))
        assert table.letters == {"Nr": "B", "Navn": "C", "Beløp": "D", "Kid": "A"}
        assert table.rows[0].cells == {"Kid": "123", "Nr": "1", "Navn": "Ås", "Beløp": 10}

    def test_in_another_row(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [("Fakturaer 2026",), (), HEADERS, ("1", "Ås", 10)])
        assert [row.number for row in read(file, header_row=3).rows] == [4]
        assert wrong(file) == [
            "bok.xlsx, sheet Ark1, row 1: the column headers are not here but in row 3. "
            "Write header_row: 3 under 'input' in the bot's file."
        ]
        assert "in row 3" in wrong(file, header_row=2)[0]
        assert "in row 3" in wrong(file, header_row=900)[0]

    def test_an_empty_header_row(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(), ("1", "Ås", 10)])
        assert "row 1: the row of the column headers is empty. Write them here: Nr" in wrong(file)[0]

    def test_merged_headers_name_their_first_column_only(self, tmp_path: Path) -> None:
        book = Workbook()
        page = book.worksheets[0]
        page.append(("Faktura", None, None))
        page.merge_cells("A1:C1")
        page.append(HEADERS)
        page.merge_cells("B2:B3")
        page.append(("1", None, 10))
        page.append(("2", "Bø", 20))
        book.save(tmp_path / "bok.xlsx")
        table = xlsx.read(tmp_path / "bok.xlsx", "", 2, HEADERS)
        assert [(row.number, row.cells["Navn"]) for row in table.rows] == [(3, None), (4, "Bø")]

    def test_spaces_line_breaks_and_letters_in_two_parts_do_not_matter(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(" Nr ", "Navn\n", "A\u030a  r"), ("1", "x", 2)])
        assert xlsx.read(file, "", 1, ["Nr", "Navn", "Å r"]).rows[0].cells["Å r"] == 2


class TestRows:
    def test_blank_rows_between_keep_the_numbers_right(self, tmp_path: Path) -> None:
        rows = [HEADERS, ("1", "Ås", 10), (), (None, "  ", None), ("2", "Bø", 20)]
        assert [row.number for row in read(write(tmp_path / "bok.xlsx", rows)).rows] == [2, 5]

    def test_declared_dimensions_are_not_believed(self, file: Path) -> None:
        change_part(file, SHEET, lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:A1"'))
        assert [row.cells["Beløp"] for row in read(file).rows] == [10, 20]

    def test_a_place_names_the_column_as_the_person_sees_it(self, file: Path) -> None:
        assert read(file).at(2, "Beløp") == "bok.xlsx, sheet Ark1, row 2, column C (Beløp)"


class TestFormulas:
    def test_one_without_a_result_is_told_from_an_empty_cell(self, tmp_path: Path) -> None:
        rows = [HEADERS, ("1", "Ås", "=1+1"), ("2", "Bø", None), ("=A3", "=B3", "=C3")]
        table = read(write(tmp_path / "bok.xlsx", rows))
        assert table.unstored == {(2, "Beløp"), (4, "Nr"), (4, "Navn"), (4, "Beløp")}
        assert [row.number for row in table.rows] == [2, 3, 4]  # a row of nothing but formulas is no blank row

    def test_results_count_where_excel_has_calculated(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, ("1", "Ås", "=1+1"), ("2", "Bø", "=1/0"), ("3", "Bø", '=""')])
        change_part(file, "xl/workbook.xml", lambda xml: xml.replace(b'fullCalcOnLoad="1"', b""))
        change_part(
            file, SHEET,
            lambda xml: xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            .replace(b'<c r="C3"><f>1/0</f><v></v>', b'<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v>')
            .replace(b'<c r="C4"><f>""</f><v></v>', b'<c r="C4" t="str"><f>""</f><v></v>'),
        )  # fmt: skip
        table = read(file)
        assert [row.cells["Beløp"] for row in table.rows] == [2, "#DIV/0!", None]
        assert table.unstored == set()

    def test_no_result_counts_in_a_workbook_that_wants_to_be_calculated(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, ("1", "Ås", "=1+1")])
        change_part(file, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>0</v>"))
        assert read(file).unstored == {(2, "Beløp")}

    def test_cells_that_leave_their_place_out(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, ("1", "Ås", "=1+1")])
        change_part(
            file, SHEET, lambda xml: xml.replace(b' r="A2"', b"").replace(b' r="B2"', b"").replace(b' r="C2"', b"")
        )
        assert read(file).unstored == {(2, "Beløp")}
