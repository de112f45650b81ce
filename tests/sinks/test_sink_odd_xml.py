"""Worksheets that are right by the standard and look like nobody else's."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from bilagsbot.model.errors import BadInput
from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks import xlsx

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADING = '<row r="1"><c r="A1" t="str"><v>Nr</v></c></row>'
Make = Callable[..., Receipt]
Raw = Callable[..., Path]


def part(path: Path) -> bytes:
    with ZipFile(path) as package:
        return package.read("xl/worksheets/sheet1.xml")


def written(path: Path, receipts: list[Receipt]) -> str:
    return part(xlsx.write(path, "Ark 1", 1, {}, receipts)).decode()


def sheet(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def texts(xml: str) -> dict[str, str]:
    """Every cell's text, by its reference."""
    root = etree.fromstring(xml.encode())
    return {str(cell.get("r")): "".join(map(str, cell.xpath(".//text()"))) for cell in root.iter("{*}c")}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('<row r="2"/>', '<row r="2">NEW</row>'),
        ("<row  r='2' />", "<row  r='2' >NEW</row>"),
        ('<row r="2" ht="15"></row >', '<row r="2" ht="15">NEW</row >'),
        ('<row r="2"><c r="A2"/></row>', '<row r="2"><c r="A2"/>NEW</row>'),
        ('<row\n r="2"\n><c\n r="A2"\n><v>1</v></c\n>\n</row>',
         '<row\n r="2"\n><c\n r="A2"\n><v>1</v></c\n>NEW\n</row>'),
        ('<row r="2" x="a>b"><c r="A2"><v>1</v></c></row>', '<row r="2" x="a>b"><c r="A2"><v>1</v></c>NEW</row>'),
        ('<row r="2"><c r="A2"><v>1</v></c><extLst><ext uri="u"/></extLst></row>',
         '<row r="2"><c r="A2"><v>1</v></c>NEW<extLst><ext uri="u"/></extLst></row>'),
        ('<row r="2"><c r="A2"><!-- </c></row><row r="3"> --><v>1</v></c></row>',
         '<row r="2"><c r="A2"><!-- </c></row><row r="3"> --><v>1</v></c>NEW</row>'),
        ('<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<c r="Z2"></row>]]></t></is></c></row>',
         '<row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<c r="Z2"></row>]]></t></is></c>NEW</row>'),
        ('<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><color rgb="FF"/></rPr><t>x</t></r></is></c></row>',
         '<row r="2"><c r="A2" t="inlineStr"><is><r><rPr><color rgb="FF"/></rPr><t>x</t></r></is></c>NEW</row>'),
        ('<row r="2"><c r="A2"/><c r="B2" s="3"/><c r="E2" s="4"/></row>',
         '<row r="2"><c r="A2"/><c r="B2" s="3" t=NEW<c r="E2" s="4"/></row>'),
        ('<row r="2"><c r="A2"/><c s="3" cm="1" t="n"><v>0</v></c></row>', '<row r="2"><c r="A2"/>S3</row>'),
        ("<!-- <row r='2'><c r='B2'/></row> --><row r='2' spans=''/>",
         "<!-- <row r='2'><c r='B2'/></row> --><row r='2' spans='2:3'>NEW</row>"),
    ],
)  # fmt: skip
def test_a_row_keeps_every_byte_but_ours(raw_book: Raw, receipt: Make, row: str, expected: str) -> None:
    def inline(text: str) -> str:
        return f'"inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

    status, time = inline("Bokført"), f'<c r="C2" t={inline("2026-11-22 14:03:11")}'
    # A cell that is empty but formatted gets the text; one that holds something moves the columns to the right.
    if "S3" in expected:
        first = '<c r="B2" s="3" cm="1" t="n"><v>0</v></c>'
        time = f'<c r="D2" t={inline("2026-11-22 14:03:11")}'
        expected = expected.replace("S3", f'{first}<c r="C2" t={status}{time}')
    expected = expected.replace("t=NEW", f"t={status}{time}").replace("NEW", f'<c r="B2" t={status}{time}')

    xml = written(raw_book(sheet(HEADING + row)), [receipt(2)])

    assert expected in xml
    assert texts(xml)["A1"] == "Nr"


def test_utf_16_is_read_and_written_as_utf_8(raw_book: Raw, receipt: Make) -> None:
    path = raw_book("")
    told = '<?xml version="1.0" encoding="UTF-16"?>'
    xml = (told + sheet(HEADING.replace("Nr", "Beløp") + '<row r="2"><c r="A2" t="str"><v>Ø</v></c></row>')).encode(
        "utf-16"
    )
    with ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with ZipFile(path, "w") as new:
        for name, data in (members | {"xl/worksheets/sheet1.xml": xml}).items():
            new.writestr(name, data)

    found = texts(written(path, [receipt(2)]))

    assert found == {
        "A1": "Beløp", "B1": "Status", "C1": "Tidspunkt", "D1": "Melding",
        "A2": "Ø", "B2": "Bokført", "C2": "2026-11-22 14:03:11",
    }  # fmt: skip


def test_what_looks_like_a_sheet_elsewhere_is_left_alone(raw_book: Raw, receipt: Make) -> None:
    decoys = '<!-- <sheetData><row r="1"/></sheetData> <dimension ref="A1"/><cols/> --><?x <cols/> ?>'
    xml = written(raw_book(sheet(HEADING, decoys + '<dimension ref="A1"/>')), [receipt(2)])

    assert decoys + '<dimension ref="A1:D2"/><cols>' in xml
    assert texts(xml)["B2"] == "Bokført"


def test_a_heading_may_be_any_of_the_shared_strings(raw_book: Raw, receipt: Make) -> None:
    strings = "".join(f"<si><t>{text}</t></si>" for text in ("x", "Status", "Tidspunkt", "Melding", "Nr", "y"))
    cells = "".join(f'<c r="{c}1" t="s"><v>{n}</v></c>' for c, n in (("A", 4), ("B", 1), ("C", 2), ("D", 3)))
    path = raw_book(sheet(f'<row r="1">{cells}</row>'), strings=strings)

    assert texts(written(path, [receipt(2)])) == {
        "A1": "4", "B1": "1", "C1": "2", "D1": "3", "B2": "Bokført", "C2": "2026-11-22 14:03:11",
    }  # fmt: skip


def test_rows_of_another_form_are_refused_in_words(raw_book: Raw, receipt: Make) -> None:
    foreign = f'<y:row xmlns:y="{MAIN}" r="2"/>'
    with pytest.raises(BadInput, match="'Ark 1'"):
        written(raw_book(sheet(HEADING + foreign)), [receipt(2)])
