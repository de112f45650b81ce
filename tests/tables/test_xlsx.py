"""Workbooks that cannot be read as a table: which file, sheet, row and column, and what to do."""

import random
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bilagsbot.model.errors import BadInput
from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Table

from .sheets import HEADERS, ROWS, SHEET, change_part, merged, write


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
        if part != "xl/styles.xml":  # which a workbook need not have
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
        assert len(list(read(file).rows)) == 1

    def test_an_optional_column_is_read_where_it_is(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [("Kid", *HEADERS), ("123", "1", "Ås", 10)])
        table = read(file, optional=("Kid", "Forfall"))
        assert table.letters == {"Nr": "B", "Navn": "C", "Beløp": "D", "Kid": "A"}
        assert next(iter(table.rows)).cells == {"Kid": "123", "Nr": "1", "Navn": "Ås", "Beløp": 10}

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

    def test_merged_cells_above_or_beside_our_headers_are_no_mistake(self, tmp_path: Path) -> None:
        file = merged(tmp_path, [("Faktura", None, None), (*HEADERS, "x"), ("1", "Ås", 10)], "A1:C1", "D2:E2")
        assert [row.number for row in read(file, header_row=2).rows] == [3]

    def test_merged_headers_are_told_all_at_once(self, tmp_path: Path) -> None:
        file = merged(tmp_path, [("Nr", None, "Navn", "Beløp"), (), ("1", None, "Ås", 10)], "A1:B1", "C1:C2")
        assert wrong(file) == [
            "bok.xlsx, sheet Ark1, row 1: the header 'Nr' stands in the merged cells A1:B1. "
            "Unmerge them, and write one header in each column.",
            "bok.xlsx, sheet Ark1, row 1: the header 'Navn' stands in the merged cells C1:C2. "
            "Unmerge them, and write one header in each column.",
        ]

    def test_a_header_that_merged_cells_cover_is_missing(self, tmp_path: Path) -> None:
        file = merged(tmp_path, [("Nr", "Faktura", None), ("1", "Ås", 10)], "B1:C1")
        assert wrong(file) == [
            "bok.xlsx, sheet Ark1, row 1: there is no column 'Navn'. "
            "Unmerge B1:C1, and write one header in each column. Known: Faktura.",
            "bok.xlsx, sheet Ark1, row 1: there is no column 'Beløp'. "
            "Unmerge B1:C1, and write one header in each column. Known: Faktura.",
        ]

    def test_spaces_line_breaks_and_letters_in_two_parts_do_not_matter(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [(" Nr ", "Navn\n", "A\u030a  r"), ("1", "x", 2)])
        assert [row.cells["Å r"] for row in xlsx.read(file, "", 1, ["Nr", "Navn", "Å r"]).rows] == [2]


class TestRows:
    def test_blank_rows_between_keep_the_numbers_right(self, tmp_path: Path) -> None:
        rows = [HEADERS, ("1", "Ås", 10), (), (None, "  ", None), ("2", "Bø", 20)]
        assert [row.number for row in read(write(tmp_path / "bok.xlsx", rows)).rows] == [2, 5]

    def test_declared_dimensions_are_not_believed(self, file: Path) -> None:
        change_part(file, SHEET, lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:A1"'))
        assert [row.cells["Beløp"] for row in read(file).rows] == [10, 20]

    def test_a_place_names_the_column_as_the_person_sees_it(self, file: Path) -> None:
        assert read(file).at(2, "Beløp") == "bok.xlsx, sheet Ark1, row 2, column C (Beløp)"
