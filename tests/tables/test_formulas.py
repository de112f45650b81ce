"""What a reader of values does not see: formulas without a result, and rows that Excel hides."""

from pathlib import Path

import pytest

from bilagsbot.tables import xlsx
from bilagsbot.tables.base import Table

from .sheets import HEADERS, ROWS, SHEET, by_hand, change_part, hidden, write

ROW = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c>{}</row>'


def read(file: Path) -> Table:
    """The table under our three headers."""
    return xlsx.read(file, "", 1, HEADERS)


class TestFormulas:
    def test_one_without_a_result_is_told_from_an_empty_cell(self, tmp_path: Path) -> None:
        rows = [HEADERS, ("1", "Ås", "=1+1"), ("2", "Bø", None), ("=A3", "=B3", "=C3")]
        table = read(write(tmp_path / "bok.xlsx", rows))
        assert set(table.spoilt) == {(2, "Beløp"), (4, "Nr"), (4, "Navn"), (4, "Beløp")}
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
        assert [row.cells["Beløp"] for row in table.rows] == [2, None, None]
        assert {place: why.what for place, why in table.spoilt.items()} == {
            (3, "Beløp"): "'#DIV/0!' is an error from a formula."
        }

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="C2"><f>1+1</f></c>',
            '<c r="C2"><f>1+1</f><v/></c>',
            '<c r="C2"><f t="shared" si="0"/></c>',
            '<c r="C2"><f t="shared" si="0"/><v></v></c>',
            '<c r="C2">\n  <f>1+1</f>\n  <v></v>\n</c>',
            "<c><f>1+1</f><v></v></c>",
        ],
    )
    def test_every_form_of_one_without_a_result(self, tmp_path: Path, cell: str) -> None:
        assert set(read(by_hand(tmp_path, ROW.format(cell))).spoilt) == {(2, "Beløp")}

    @pytest.mark.parametrize(
        "cell",
        [
            '<c r="C2"><f>1+1</f><v>2</v></c>',
            '<c r="C2"><f t="shared" si="0"/><v>2</v></c>',
            '<c r="C2">\n  <f>1+1</f>\n  <v>2</v>\n</c>',
        ],
    )
    def test_every_form_of_one_with_a_result(self, tmp_path: Path, cell: str) -> None:
        table = read(by_hand(tmp_path, ROW.format(cell)))
        assert (table.spoilt, [row.cells["Beløp"] for row in table.rows]) == ({}, [2])

    def test_no_result_counts_in_a_workbook_that_wants_to_be_calculated(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, ("1", "Ås", "=1+1")])
        change_part(file, SHEET, lambda xml: xml.replace(b"<v></v>", b"<v>0</v>"))
        assert set(read(file).spoilt) == {(2, "Beløp")}

    def test_cells_that_leave_their_place_out(self, tmp_path: Path) -> None:
        file = write(tmp_path / "bok.xlsx", [HEADERS, ("1", "Ås", "=1+1")])
        change_part(
            file, SHEET, lambda xml: xml.replace(b' r="A2"', b"").replace(b' r="B2"', b"").replace(b' r="C2"', b"")
        )
        assert set(read(file).spoilt) == {(2, "Beløp")}

    def test_far_apart_in_a_long_sheet(self, tmp_path: Path) -> None:
        rows: list[tuple[object, ...]] = [(str(i), "Ås " * 50, i) for i in range(20_000)]
        rows[7], rows[19_990] = ("7", "Bø", "=1+1"), ("19990", "Bø", "=1+1")
        file = write(tmp_path / "bok.xlsx", [HEADERS, *rows])
        assert set(read(file).spoilt) == {(9, "Beløp"), (19_992, "Beløp")}


class TestHiddenRows:
    def test_a_warning_counts_them_and_names_the_first(self, tmp_path: Path) -> None:
        file = hidden(tmp_path, [HEADERS, *((str(i), "Ås", i) for i in range(30))], *range(5, 25))
        table = read(file)
        assert len(list(table.rows)) == 30
        assert [str(warning) for warning in table.warnings] == [
            "bok.xlsx, sheet Ark1: 20 hidden rows are read as well: 5, 6, 7, 8, 9, 10, 11, 12, 13, 14 …. "
            "Delete what is not to be keyed."
        ]

    def test_one(self, tmp_path: Path) -> None:
        (warning,) = read(hidden(tmp_path, [*ROWS, (), ()], 3, 4)).warnings
        assert warning.what == "a hidden row is read as well: 3."

    def test_headers_and_blank_rows_do_not_count(self, tmp_path: Path) -> None:
        assert read(hidden(tmp_path, [*ROWS, (None, " "), (9, 9)], 1, 4)).warnings == []
