"""Which part of an Excel package holds which sheet. Source: ECMA-376, part 2 (packages), part 1, 18.2 (workbooks)."""

import posixpath
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

_LARGEST = 20_000_000  # bytes of a list of sheets; with a thousand sheets it has 200,000


@dataclass(frozen=True)
class Sheet:
    """A sheet of cells: its name, and the name of its part in the package."""

    name: str
    part: str


@dataclass(frozen=True)
class Workbook:
    """The sheets that have cells, in the order of their tabs.

    `stale`: the program that wrote the workbook asks for a calculation when it is opened, so no result counts.
    """

    sheets: tuple[Sheet, ...]
    stale: bool


def read_workbook(package: ZipFile) -> Workbook:
    """The sheets of a package. Raises KeyError, ValueError or SyntaxError where it is damaged or lacks one of them."""
    # A part's name is the same in any letter case.
    names = {name.casefold(): name for name in package.namelist()}
    _parsed(package, names, "[Content_Types].xml")  # which Excel does not do without
    (main,) = [part for part, kind in _related(package, names, "").values() if kind == "officeDocument"]
    root = _parsed(package, names, main)
    related = _related(package, names, main)
    sheets = []
    for sheet in (element for element in root.iter() if _local(element.tag) == "sheet"):
        # The attribute r:id; Excel's strict format has another name space for it.
        target, kind = related[next(v for k, v in sheet.attrib.items() if k.endswith("}id"))]
        if kind == "worksheet":
            sheets.append(Sheet(sheet.attrib["name"], names[target.casefold()]))
    calculation = [element for element in root.iter() if _local(element.tag) == "calcPr"]
    stale = any(element.get("fullCalcOnLoad") in ("1", "true") for element in calculation)
    return Workbook(tuple(sheets), stale)


def _related(package: ZipFile, names: dict[str, str], source: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to, with their kind, by the id of the reference; '' is the package itself."""
    folder, name = posixpath.split(source)
    relations = _parsed(package, names, posixpath.join(folder, "_rels", f"{name}.rels"))
    return {
        relation.attrib["Id"]: (
            posixpath.normpath(posixpath.join("/", folder, relation.attrib["Target"])).lstrip("/"),
            relation.attrib["Type"].rpartition("/")[2],
        )
        for relation in relations
    }


def _parsed(package: ZipFile, names: dict[str, str], part: str) -> "Element[Any]":
    info = package.getinfo(names[part.casefold()])
    if info.file_size > _LARGEST:
        raise ValueError(f"{part} has {info.file_size} bytes")
    return fromstring(package.read(info))  # noqa: S314 - expat itself refuses entities that grow


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
