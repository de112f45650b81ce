"""The workbook as a zip of parts: find a sheet's part, and copy all the rest unchanged."""

import posixpath
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from bilagsbot.model.errors import BadInput, Mistake, suggest


class Package:
    """An .xlsx or .xlsm file open for reading; a context manager, raising BadInput where it is no workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = ZipFile(path)
        except BadZipFile:
            raise BadInput([Mistake(path.name, "is no .xlsx workbook, or has a password.")]) from None
        # Part names are case-insensitive, and not every program that writes workbooks is careful.
        self._names = {info.filename.lower(): info.filename for info in self._zip.infolist()}

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def sheet_part(self, sheet: str) -> str:
        """The member that holds a sheet's XML; BadInput where the workbook has no such sheet."""
        book = self._workbook_part()
        targets = dict(self._relations(book))
        parts: dict[str, str] = {}
        for element in self.parse(book).iter("{*}sheet"):
            target = next((targets.get(str(value), "") for name, value in element.items() if _local(name) == "id"), "")
            parts[element.get("name", "")] = self._names.get(target.lower(), "")
        # Excel itself takes two names that differ in case only for the same sheet.
        folded = {name.casefold(): part for name, part in parts.items()}
        part = parts.get(sheet) or folded.get(sheet.casefold())
        if not part:
            raise BadInput([Mistake(self.path.name, f"has no sheet '{sheet}'.", suggest(sheet, parts))])
        return part

    def shared_strings(self) -> list[str]:
        """The texts that cells of type `s` point at, as written (escapes not resolved)."""
        book = self._workbook_part()
        part = next((p for _, p in self._relations(book, kind="/sharedStrings")), "")
        name = self._names.get(part.lower())
        return [string_of(item) for item in self.parse(name).iterchildren("{*}si")] if name else []

    def read(self, part: str) -> bytes:
        """A member's bytes."""
        return self._zip.read(part)

    def parse(self, part: str) -> etree._Element:
        """A member's XML."""
        return parse(self.read(part))

    def copy_to(self, out: BinaryIO, part: str, xml: bytes) -> None:
        """Write the whole package to `out` in its own order and compression, with one part's bytes exchanged."""
        with ZipFile(out, "w") as target:
            target.comment = self._zip.comment
            for info in self._zip.infolist():
                with target.open(_fresh(info, len(xml) if info.filename == part else info.file_size), "w") as member:
                    if info.filename == part:
                        member.write(xml)
                    else:
                        with self._zip.open(info) as source:
                            copyfileobj(source, member)

    def _workbook_part(self) -> str:
        for _, part in self._relations("", kind="/officeDocument"):
            if part.lower() in self._names:
                return self._names[part.lower()]
        raise BadInput([Mistake(self.path.name, "is a zip file, but no workbook.")])

    def _relations(self, part: str, kind: str = "") -> Iterator[tuple[str, str]]:
        """Ids and resolved targets of a part's relations whose type ends in `kind`."""
        folder, name = posixpath.split(part)
        rels = self._names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        if rels is None:
            return
        for element in self.parse(rels).iter("{*}Relationship"):
            if element.get("TargetMode") != "External" and element.get("Type", "").endswith(kind):
                # An absolute target wins over the folder in this join, which is just what the format says.
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                yield element.get("Id", ""), target.lstrip("/")


def parse(xml: bytes) -> etree._Element:
    """Parse a part, however large, without reaching for anything outside it."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def string_of(item: etree._Element) -> str:
    """The text of a plain or rich string, without the phonetic guides of Japanese text."""
    return "".join(t.text or "" for t in item.iter("{*}t") if _local(getattr(t.getparent(), "tag", "")) != "rPh")


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _fresh(info: ZipInfo, size: int) -> ZipInfo:
    """The same member's header, without the sizes and offsets of the old file."""
    new = copy(info)
    new.file_size = size
    new.extra = b""
    return new
