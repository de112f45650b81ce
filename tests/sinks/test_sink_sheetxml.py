"""Worksheets as other programs than ours write them."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from openpyxl import load_workbook

from bilagsbot.model.errors import BadInput
from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks import xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
Make = Callable[..., Receipt]
Raw = Callable[..., Path]

GAPS = f"""<x:worksheet xmlns:x="{MAIN}" xmlns:x14="{X14}" xmlns:mc="{MC}" mc:Ignorable="x14">
<x:dimension ref="A1:B9"/><x:cols><x:col min="1" max="2" width="9" customWidth="1"/></x:cols><x:sheetData>
<x:row r="1" spans="1:2"><x:c r="A1" t="s" s="4"><x:v>0</x:v></x:c><x:c r="B1" t="s" s="5"><x:v>1</x:v></x:c></x:row>
<x:row r="4" spans="1:2" ht="30"><x:c r="A4"><x:v>1</x:v></x:c><x:c r="B4"><x:f>A4*2</x:f><x:v>2</x:v></x:c></x:row>
<x:row r="9"><x:c r="F9" s="7"/></x:row></x:sheetData><x:extLst><x:ext uri="u"><x14:sparklineGroups/></x:ext></x:extLst>
</x:worksheet>"""
STRINGS = "<si><t>Nr</t></si><si><r><t>Be</t></r><r><t>løp</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"


def rows_of(path: Path) -> tuple[etree._Element, dict[str, list[str]]]:
    with ZipFile(path) as package:
        root = etree.fromstring(package.read("xl/worksheets/sheet1.xml"))
    rows = root.iter("{*}row")
    return root, {row.get("r", ""): [cell.get("r", "") for cell in row.iter("{*}c")] for row in rows}


def test_missing_rows_are_put_in_order_under_the_sheets_own_prefix(raw_book: Raw, receipt: Make) -> None:
    path = raw_book(GAPS, "/xl/worksheets/sheet1.xml", STRINGS)
    written = xlsx.write(path, "Ark 1", 1, {}, [receipt(12), receipt(2), receipt(4), receipt(9), receipt(8)])
    root, rows = rows_of(written)
    assert list(rows) == ["1", "2", "4", "8", "9", "12"]
    assert rows["4"] == ["A4", "B4", "C4", "D4"]
    assert rows["9"] == ["C9", "D9", "F9"]
    assert rows["12"] == ["C12", "D12"]
    assert root.find("{*}dimension").get("ref") == "A1:E12"
    assert [row.get("spans") for row in root.iter("{*}row")] == ["1:5", None, "1:4", None, None, None]
    assert root.find(".//{*}c[@r='C1']").get("s") == "5"
    assert root.find(".//{*}c[@r='B4']/{*}v").text == "2"
    with ZipFile(written) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    assert "ns0" not in xml
    assert xml.count("xmlns:x=") == 1
    assert '<x:c r="C2" t="inlineStr"><x:is><x:t xml:space="preserve">Bokført</x:t></x:is></x:c>' in xml
    assert 'mc:Ignorable="x14"' in xml
    assert "<x14:sparklineGroups/>" in xml


def test_rows_and_cells_without_references_keep_their_places(raw_book: Raw, receipt: Make) -> None:
    cells = "<row><c t='inlineStr'><is><t>Nr</t></is></c><c t='str'><v>Navn</v></c></row><row><c><v>1</v></c></row>"
    path = raw_book(
        f"<worksheet xmlns='{MAIN}'><sheetData>{cells}<row r='5'><c><v>5</v></c></row></sheetData></worksheet>"
    )
    written = xlsx.write(path, "ark 1", 1, {}, [receipt(2), receipt(4)])
    _, rows = rows_of(written)
    assert rows == {
        "1": ["A1", "B1", "C1", "D1", "E1"],
        "2": ["A2", "C2", "D2"],
        "4": ["C4", "D4"],
        "5": [""],
    }


def test_a_strict_workbook_stays_strict(raw_book: Raw, receipt: Make) -> None:
    data = "<sheetData><row r='1'><c r='A1' t='str'><v>Nr</v></c></row></sheetData>"
    path = raw_book(f"<worksheet xmlns='{STRICT}'>{data}</worksheet>")
    root, rows = rows_of(xlsx.write(path, "Ark 1", 1, {}, [receipt(2)]))
    assert rows == {"1": ["A1", "B1", "C1", "D1"], "2": ["B2", "C2"]}
    assert {etree.QName(element).namespace for element in root.iter("{*}*")} == {STRICT}
    assert [etree.QName(child).localname for child in root] == ["cols", "sheetData"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", [("2", "2", "15"), ("3", "3", "20"), ("4", "4", "60")]),
        ("<col min='1' max='9' width='5'/>", [("1", "9", "5")]),
        ("<col min='1' max='1' width='5'/><col min='3' max='3' width='6'/><col min='7' max='8' width='7'/>",
         [("1", "1", "5"), ("2", "2", "15"), ("3", "3", "6"), ("4", "4", "60"), ("7", "8", "7")]),
        ("<col min='2' max='16384' width='0' hidden='1'/>",
         [("2", "2", "15"), ("3", "3", "20"), ("4", "4", "60"), ("5", "16384", "0")]),
        ("<col min='1' max='3' width='5' hidden='1'/>",
         [("1", "1", "5"), ("2", "2", "15"), ("3", "3", "20"), ("4", "4", "60")]),
    ],
)  # fmt: skip
def test_widths_never_overlap(raw_book: Raw, receipt: Make, given: str, expected: list[tuple[str, ...]]) -> None:
    cols = f"<cols>{given}</cols>" if given else ""
    data = "<sheetData><row r='1'><c r='A1' t='str'><v>Nr</v></c></row></sheetData>"
    path = raw_book(f"<worksheet xmlns='{MAIN}'>{cols}{data}</worksheet>")
    root, _ = rows_of(xlsx.write(path, "Ark 1", 1, {}, [receipt(2)]))
    found = [(col.get("min"), col.get("max"), col.get("width")) for col in root.iter("{*}col")]
    assert found == expected
    hidden = [col.get("min") for col in root.iter("{*}col") if col.get("hidden")]
    assert not {"2", "3", "4"}.intersection(hidden)


@pytest.mark.filterwarnings("ignore:Workbook contains no stylesheet")
def test_a_handmade_package_opens_in_openpyxl(raw_book: Raw, receipt: Make) -> None:
    data = "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c></row></sheetData>"
    path = raw_book(f"<worksheet xmlns='{MAIN}'>{data}</worksheet>", strings=STRINGS)
    written = xlsx.write(path, "Ark 1", 1, {"nr": "Bilagsnr"}, [receipt(3, fields={"nr": "10"})])
    with ZipFile(path) as old, ZipFile(written) as new:
        assert [i.compress_type for i in old.infolist()] == [i.compress_type for i in new.infolist()]
    assert [cell.value for cell in load_workbook(written)["Ark 1"][3]][1:3] == ["Bokført", "10"]


def test_a_sheet_without_cells_or_without_room_is_refused(raw_book: Raw, receipt: Make) -> None:
    with pytest.raises(BadInput, match="no cells"):
        xlsx.write(raw_book(f"<chartsheet xmlns='{MAIN}'/>"), "Ark 1", 1, {}, [receipt(2)])
    data = "<sheetData><row r='1'><c r='XFB1' t='str'><v>Nr</v></c></row></sheetData>"
    with pytest.raises(BadInput, match="no room for 3"):
        xlsx.write(raw_book(f"<worksheet xmlns='{MAIN}'>{data}</worksheet>"), "Ark 1", 1, {}, [receipt(2)])
