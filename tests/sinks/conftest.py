"""Receipts and workbooks for the tests of the sinks."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from bilagsbot.model.receipt import Receipt, State

RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(autouse=True)
def oslo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine's clock is an office's in Norway."""
    monkeypatch.setenv("TZ", "Europe/Oslo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def receipt() -> Callable[..., Receipt]:
    """Makes a receipt of a row; anything can be given."""

    def make(*rows: int, **given: object) -> Receipt:
        values: dict[str, object] = {
            "run": "r1",
            "bot": "faktura",
            "client": "Fjord AS",
            "item": f"item-{rows}",
            "key": {"Fakturanr": f"F{rows[0] if rows else 0}"},
            "source": "bok.xlsx",
            "rows": rows,
            "status": State.POSTED,
            "at": datetime(2026, 11, 22, 13, 3, 11, tzinfo=UTC),
        }
        return Receipt.model_validate(values | given)

    return make


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a bit of everything an office puts in one."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Bilag"
    sheet.append(["Fakturaer november"])
    sheet.merge_cells("A1:F1")
    sheet.append(["Fakturanr", "Beløp", "Mva"])
    for number in range(3, 8):
        sheet.append([f"F{number}", number * 100.5, f"=B{number}*0.25"])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDEEFF")
    sheet.column_dimensions["B"].width = 33
    sheet["B4"].comment = Comment("Sjekk beløpet", "Kari")
    rule = DataValidation(type="list", formula1='"Ja,Nei"')
    sheet.add_data_validation(rule)
    rule.add("A3:A7")
    sheet.conditional_formatting.add("B3:B7", CellIsRule(operator="lessThan", formula=["0"], font=Font(color="FF0000")))
    sheet.add_table(Table(displayName="Fakturaer", ref="A2:C7"))
    other = made.create_sheet("Diagram")
    for number in range(1, 5):
        other.append([number, number**2])
    chart = BarChart()
    chart.add_data(Reference(other, min_col=2, min_row=1, max_row=4))
    other.add_chart(chart, "D2")
    path = tmp_path / "bok.xlsx"
    made.save(path)
    return path


@pytest.fixture
def raw_book(tmp_path: Path) -> Callable[..., Path]:
    """Makes a workbook of one sheet from the sheet's XML; the target is as the relation has it."""

    def make(sheet_xml: str, target: str = "worksheets/sheet1.xml", strings: str = "") -> Path:
        path = tmp_path / "raa.xlsx"
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        members = {
            "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" '
            f'Type="{OFFICE}/officeDocument" Target="/xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<x:workbook xmlns:x="{MAIN}" xmlns:r="{OFFICE}"><x:sheets>'
            '<x:sheet name="Ark 1" sheetId="1" r:id="rId7"/></x:sheets></x:workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELS}">'
            f'<Relationship Id="rId1" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId7" Type="{OFFICE}/worksheet" Target="{target}"/></Relationships>',
            "xl/worksheets/sheet1.xml": sheet_xml,
            "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        }
        with ZipFile(path, "w") as package:
            for name, text in members.items():
                package.writestr(name, text, ZIP_STORED if name == "xl/styles.xml" else ZIP_DEFLATED)
        return path

    return make


@pytest.fixture
def locked() -> Callable[..., Callable[[Path, Path], None]]:
    """Makes a replace that treats files of the given names as held open by Excel."""

    def make(*names: str) -> Callable[[Path, Path], None]:
        def replace(source: Path, target: Path) -> None:
            if target.name in names:
                raise PermissionError(13, "The process cannot access the file", str(target))
            source.replace(target)

        return replace

    return make
