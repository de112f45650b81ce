"""What an office keeps in a workbook besides rows is there afterwards, to the byte."""

import io
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks import xlsx

Make = Callable[..., Receipt]
SHEET = "xl/worksheets/sheet1.xml"
PHONES = (4722334455, 91234567, 22334455.0, "+47 22 33 44 55", 12345678901)
SPARKLINES = (
    '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    'uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:sparklineGroup displayEmptyCellsAs="gap">'
    '<x14:colorSeries rgb="FF376092"/><x14:sparklines><x14:sparkline><xm:f>Bilag!C2:E2</xm:f><xm:sqref>F2</xm:sqref>'
    "</x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
)
GHOSTS = "".join(f'<row r="{n}" spans="1:6"><c r="A{n}" s="1"/><c r="F{n}" s="1"/></row>' for n in range(12, 1001))


class Pipe(io.RawIOBase):
    """A stream that cannot be wound back: members' sizes then stand behind them, as exporters on servers write."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._file.write(data)  # type: ignore[arg-type]


def rows_of_an_office() -> bytes:
    """The workbook as openpyxl makes it: comments, validation, conditional formats, a table and a chart."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Bilag"
    sheet.append(["Fakturanr", "Telefon", "Januar", "Februar", "Mars", "Utvikling"])
    for number in range(2, 12):
        sheet.append([f"F{number}", PHONES[number % 5], number, number * 2.5, f"=C{number}+D{number}", None])
        sheet.cell(number, 1).fill = PatternFill("solid", fgColor="FFEECC")
    sheet["B4"].comment = Comment("Ring først", "Kari")
    rule = DataValidation(type="whole", operator="between", formula1="0", formula2="99999999999")
    sheet.add_data_validation(rule)
    rule.add("B2:B11")
    sheet.conditional_formatting.add(
        "C2:E11", ColorScaleRule("min", None, "FF0000", end_type="max", end_color="00FF00")
    )
    sheet.add_table(Table(displayName="Fakturaer", ref="A1:F11"))
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=3, min_row=1, max_col=5, max_row=11), titles_from_data=True)
    sheet.add_chart(chart, "A14")
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


@pytest.fixture(params=["plain", "streamed"])
def office_book(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """That workbook, with ghost rows, sparklines and a picture, which openpyxl does not write."""
    path = tmp_path / "kontor.xlsx"
    with (
        ZipFile(io.BytesIO(rows_of_an_office())) as made,
        path.open("wb") as file,
        ZipFile(Pipe(file) if request.param == "streamed" else file, "w") as package,
    ):
        for name in made.namelist():
            data = made.read(name)
            if name == SHEET:
                data = data.replace(b'ref="A1:F11"', b'ref="A1:F1000"', 1)
                data = data.replace(b"</sheetData>", GHOSTS.encode() + b"</sheetData>")
                data = data.replace(b"</worksheet>", SPARKLINES.encode() + b"</worksheet>")
            package.writestr(name, data, ZIP_DEFLATED)
        package.writestr("xl/media/image1.png", b"\x89PNG" + bytes(range(256)) * 40, ZIP_STORED)
    return path


def compressed(path: Path) -> dict[str, bytes]:
    """Every member's bytes as they lie in the file, not unpacked, in the file's order."""
    raw = path.read_bytes()
    with ZipFile(path) as package:
        infos = sorted(package.infolist(), key=lambda info: info.header_offset)
    members = {}
    for info in infos:
        name, extra = struct.unpack_from("<HH", raw, info.header_offset + 26)
        start = info.header_offset + 30 + name + extra
        members[info.filename] = raw[start : start + info.compress_size]
    return members


def sheet_of(path: Path) -> bytes:
    with ZipFile(path) as package:
        return package.read(SHEET)


def without_receipts(xml: bytes) -> bytes:
    """The sheet without the cells from column G on, and without what states how far it reaches."""
    xml = re.sub(rb'<c r="[G-Z]\d+"[^>]*?(?:/>|>.*?</c>)', b"", xml)
    xml = re.sub(rb"<cols>.*?</cols>|<dimension [^>]*>", b"", xml)
    return re.sub(rb' spans="[^"]*"', b"", xml)


def test_every_other_part_is_the_same_bytes(office_book: Path, receipt: Make) -> None:
    written = xlsx.write(office_book, "Bilag", 1, {"nr": "Bilagsnr"}, [receipt(n) for n in range(2, 12)])

    old, new = compressed(office_book), compressed(written)
    assert list(new) == list(old)
    assert [name for name in old if old[name] != new[name]] == [SHEET]
    for part in ("xl/charts/chart1.xml", "xl/comments/comment1.xml", "xl/tables/table1.xml", "xl/media/image1.png"):
        assert part in old
    with ZipFile(office_book) as was, ZipFile(written) as package:
        assert package.testzip() is None
        assert all(package.read(name) == was.read(name) for name in old if name != SHEET)


def test_within_the_sheet_only_our_cells_are_new(office_book: Path, receipt: Make) -> None:
    given = [receipt(n, fields={"nr": str(n)}) for n in range(2, 12)]
    written = xlsx.write(office_book, "Bilag", 1, {"nr": "Bilagsnr"}, given)

    old, new = sheet_of(office_book), sheet_of(written)
    assert without_receipts(new) == without_receipts(old)
    for kept in (b"<dataValidation ", b"<conditionalFormatting ", b"<legacyDrawing ", b"<tablePart ", b"<drawing "):
        assert old.count(kept) == new.count(kept) == 1
    assert SPARKLINES.encode() in new
    etree.fromstring(new)
    with pytest.warns(UserWarning, match="Sparkline Group extension is not supported and will be removed"):
        sheet = load_workbook(written)["Bilag"]  # which is why openpyxl does not write the copy
    assert sheet.dimensions == "A1:J1000"
    assert [[cell.value for cell in row] for row in sheet["G1:J2"]] == [
        ["Status", "Bilagsnr", "Tidspunkt", "Melding"],
        ["Bokført", "2", "2026-11-22 14:03:11", None],
    ]
    phones = [sheet.cell(n, 2).value for n in range(2, 12)]
    assert phones == [PHONES[n % 5] for n in range(2, 12)]
    assert sheet["E3"].value == "=C3+D3"
    assert sheet["G500"].value is None
    assert sheet.tables["Fakturaer"].ref == "A1:F11"


def test_a_receipt_of_a_receipt_changes_only_what_is_said(office_book: Path, receipt: Make) -> None:
    given = [receipt(n, message="feil <her> & der") for n in range(2, 12)]
    first = xlsx.write(office_book, "Bilag", 1, {"nr": "Bilagsnr"}, given)
    before = sheet_of(first)

    second = xlsx.write(first, "Bilag", 1, {"nr": "Bilagsnr"}, given)

    assert second == first
    assert sheet_of(second) == before
    third = xlsx.write(first, "Bilag", 1, {"nr": "Bilagsnr"}, [receipt(5, fields={"nr": "17"})])
    assert sheet_of(third) == before.replace(b'<c r="H5"', b"").replace(
        b'<c r="G5" t="inlineStr"><is><t xml:space="preserve">Bokf\xc3\xb8rt</t></is></c>',
        b'<c r="G5" t="inlineStr"><is><t xml:space="preserve">Bokf\xc3\xb8rt</t></is></c>'
        b'<c r="H5" t="inlineStr"><is><t xml:space="preserve">17</t></is></c>',
    ).replace(b'<c r="J5" t="inlineStr"><is><t xml:space="preserve">feil &lt;her&gt; &amp; der</t></is></c>',
              b'<c r="J5"/>')  # fmt: skip
