"""The workbook's copy: the receipt's columns are there, and nothing else has changed."""

import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from bilagsbot.model.errors import BadInput
from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks import xlsx

FIELDS = {"voucher": "Bilagsnr"}
Make = Callable[..., Receipt]
Lock = Callable[..., Callable[[Path, Path], None]]


def row(path: Path, sheet: str, number: int) -> list[object]:
    return [cell.value for cell in load_workbook(path)[sheet][number]]


def bare(xml: bytes, first_new: int) -> bytes:
    """A sheet's canonical XML without what a receipt adds."""
    root = etree.fromstring(xml)
    for cell in root.findall(".//{*}c"):
        letters = re.match("[A-Z]+", cell.get("r", ""))
        assert letters
        if ord(letters[0]) - 64 >= first_new:
            cell.getparent().remove(cell)
    for col in root.findall(".//{*}col"):
        if int(col.get("min", "0")) >= first_new:
            col.getparent().remove(col)
    for name in ("dimension", "cols"):
        for element in root.findall(f"{{*}}{name}"):
            if name == "dimension" or not len(element):
                root.remove(element)
    for element in root.findall(".//{*}row"):
        element.attrib.pop("spans", "")
    return etree.tostring(root, method="c14n")


def test_columns_come_right_of_the_last_heading(book: Path, receipt: Make) -> None:
    given = [
        receipt(3, fields={"voucher": "001"}),
        receipt(4, 5, status=State.REJECTED, message="Perioden er låst"),
    ]
    written = xlsx.write(book, "Bilag", 2, FIELDS, given)
    assert written == book.with_name("bok.kvittering.xlsx")
    assert row(written, "Bilag", 2)[3:] == ["Status", "Bilagsnr", "Tidspunkt", "Melding"]
    assert row(written, "Bilag", 3)[3:] == ["Bokført", "001", "2026-11-22 14:03:11", None]
    for number in (4, 5):
        assert row(written, "Bilag", number)[3:] == ["Avvist", None, "2026-11-22 14:03:11", "Perioden er låst"]
    assert row(written, "Bilag", 6)[3:] == [None] * 4
    sheet = load_workbook(written)["Bilag"]
    assert sheet["C3"].value == "=B3*0.25"
    assert sheet["D2"].font.bold
    assert sheet["D2"].fill.fgColor.rgb == "00DDEEFF"
    assert not sheet["D3"].font.bold
    assert sheet["D3"].data_type == "s"
    assert sheet.dimensions == "A1:G7"
    assert (sheet.column_dimensions["B"].width, sheet.column_dimensions["G"].width) == (33, 60)


def test_all_other_members_are_the_same_bytes_in_the_same_order(book: Path, receipt: Make) -> None:
    before = book.read_bytes()
    written = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3), receipt(7)])
    assert book.read_bytes() == before
    with ZipFile(book) as old, ZipFile(written) as new:
        kept = [(info.filename, info.compress_type, info.date_time) for info in old.infolist()]
        assert [(info.filename, info.compress_type, info.date_time) for info in new.infolist()] == kept
        assert any("chart" in name for name, *_ in kept)
        assert any("comment" in name for name, *_ in kept)
        changed = [name for name, *_ in kept if old.read(name) != new.read(name)]
        assert changed == ["xl/worksheets/sheet1.xml"]
        assert bare(new.read(changed[0]), 4) == bare(old.read(changed[0]), 4)
        assert new.testzip() is None


def test_a_second_run_overwrites_in_place_and_keeps_rows_it_has_no_receipt_for(book: Path, receipt: Make) -> None:
    first = xlsx.write(
        book, "Bilag", 2, FIELDS, [receipt(3, fields={"voucher": "1"}), receipt(4, status=State.FAILED, message="Nei")]
    )
    second = xlsx.write(first, "Bilag", 2, FIELDS, [receipt(4, fields={"voucher": "2"})])
    assert second == first
    assert row(second, "Bilag", 2)[3:] == ["Status", "Bilagsnr", "Tidspunkt", "Melding"]
    assert row(second, "Bilag", 3)[3:5] == ["Bokført", "1"]
    # The first run's message is gone, not left beside a voucher number it has nothing to do with.
    assert row(second, "Bilag", 4)[3:] == ["Bokført", "2", "2026-11-22 14:03:11", None]


def test_columns_are_found_again_after_excel_has_saved_the_file(book: Path, receipt: Make) -> None:
    first = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)])
    saved = load_workbook(first)
    saved["Bilag"]["H2"] = "Kontrollert av"
    saved.save(first)
    second = xlsx.write(first, "Bilag", 2, FIELDS, [receipt(3, status=State.UNKNOWN)])
    assert row(second, "Bilag", 2)[3:] == ["Status", "Bilagsnr", "Tidspunkt", "Melding", "Kontrollert av"]
    assert row(second, "Bilag", 3)[3] == "Ukjent"


def test_other_labels_and_somebodys_formula_get_new_columns(book: Path, receipt: Make) -> None:
    first = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)])
    second = xlsx.write(first, "Bilag", 2, {"no": "Fakturabilag"}, [receipt(3)])
    assert row(second, "Bilag", 2)[7:] == ["Status", "Fakturabilag", "Tidspunkt", "Melding"]
    saved = load_workbook(first)
    saved["Bilag"]["K3"] = "=A3"
    saved.save(first)
    third = xlsx.write(first, "Bilag", 2, {"no": "Fakturabilag"}, [receipt(3)])
    assert load_workbook(third)["Bilag"]["K3"].value == "=A3"
    assert row(third, "Bilag", 2)[11] == "Status"


def test_what_stands_right_of_the_headings_is_not_overwritten(book: Path, receipt: Make) -> None:
    saved = load_workbook(book)
    saved["Bilag"]["E6"] = "husk!"
    saved["Bilag"].merge_cells("H7:I7")
    saved.save(book)
    written = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)])
    sheet = load_workbook(written)["Bilag"]
    assert sheet["E6"].value == "husk!"
    assert [cell.value for cell in sheet[2]][9:] == ["Status", "Bilagsnr", "Tidspunkt", "Melding"]
    assert sheet["J2"].font.bold


def test_an_items_last_receipt_counts_and_other_sheets_are_left_out(book: Path, receipt: Make) -> None:
    given = [receipt(3, status=State.UNKNOWN), receipt(3), receipt(4, sheet="Diagram"), receipt(5, sheet="Bilag")]
    written = xlsx.write(book, "BILAG", 2, FIELDS, given)
    assert [row(written, "Bilag", n)[3] for n in (3, 4, 5)] == ["Bokført", None, "Bokført"]


def test_a_locked_target_gets_a_neighbour_and_stays(book: Path, receipt: Make, locked: Lock) -> None:
    first = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)])
    old = first.read_bytes()
    names = (first.name, "bok.kvittering-2.xlsx")
    third = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(4)], replace=locked(*names))
    assert third.name == "bok.kvittering-3.xlsx"
    assert row(third, "Bilag", 4)[3] == "Bokført"
    assert first.read_bytes() == old
    assert xlsx.target_of(third) == third
    assert xlsx.write(book, "Bilag", 2, FIELDS, [receipt(4)]) == first
    assert not list(book.parent.glob(".*"))


def test_a_folder_in_the_way_counts_as_locked(book: Path, receipt: Make) -> None:
    book.with_name("bok.kvittering.xlsx").mkdir()
    assert xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)]).name == "bok.kvittering-2.xlsx"


def test_nothing_is_left_behind_where_no_name_can_be_written(book: Path, receipt: Make) -> None:
    def never(source: Path, target: Path) -> None:
        raise PermissionError(target)

    with pytest.raises(PermissionError):
        xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3)], replace=never)
    assert [path.name for path in book.parent.iterdir()] == ["bok.xlsx"]


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x";"y")', "+47", "-1", "@SUM(A1)", " a ", "a\nb", "<b>&"])
def test_text_from_the_screen_stays_text(book: Path, receipt: Make, text: str) -> None:
    written = xlsx.write(book, "Bilag", 2, FIELDS, [receipt(3, fields={"voucher": text}, message=text)])
    sheet = load_workbook(written)["Bilag"]
    for cell in (sheet["E3"], sheet["G3"]):
        assert (cell.value, cell.data_type) == (text, "s")


def test_a_macro_workbook_keeps_its_kind() -> None:
    assert xlsx.target_of(Path("a/b.c.xlsm")) == Path("a/b.c.kvittering.xlsm")
    assert xlsx.target_of(Path("a.kvitteringer.xlsx")) == Path("a.kvitteringer.kvittering.xlsx")


def test_mistakes_are_named(book: Path, receipt: Make, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no sheet 'Bilg'.*'Bilag'"):
        xlsx.write(book, "Bilg", 2, FIELDS, [receipt(3)])
    with pytest.raises(BadInput, match="no headings"):
        xlsx.write(book, "Bilag", 40, FIELDS, [receipt(41)])
    with pytest.raises(ValueError, match="Row 2"):
        xlsx.write(book, "Bilag", 2, FIELDS, [receipt(2)])
    (tmp_path / "x.xlsx").write_text("not a zip")
    with pytest.raises(BadInput, match=r"no \.xlsx workbook"):
        xlsx.write(tmp_path / "x.xlsx", "Bilag", 2, FIELDS, [])
    with ZipFile(tmp_path / "y.xlsx", "w") as package:
        package.writestr("a.txt", "")
    with pytest.raises(BadInput, match="no workbook"):
        xlsx.write(tmp_path / "y.xlsx", "Bilag", 2, FIELDS, [])


def test_a_new_workbook_holds_a_line_for_each_receipt(tmp_path: Path, receipt: Make) -> None:
    given = [receipt(2, 3, sum="-1234.5", fields={"voucher": "007"}, message="=1+1"), receipt(9, message="a\x01b")]
    written = xlsx.write_new(tmp_path / "ny.xlsx", FIELDS, given)
    sheet = load_workbook(written).active
    assert sheet is not None
    assert [[cell.value for cell in line] for line in sheet] == [
        ["Rad", "Fakturanr", "Sum", "Status", "Bilagsnr", "Tidspunkt", "Melding"],
        ["2–3", "F2", -1234.5, "Bokført", "007", "2026-11-22 14:03:11", "=1+1"],
        ["9", "F9", None, "Bokført", None, "2026-11-22 14:03:11", "a_x0001_b"],
    ]
    assert sheet["G2"].data_type == "s"
