"""The workbook as a zip of parts: find a sheet's part, and copy all the rest unchanged."""

import os
import posixpath
from collections.abc import Collection, Iterator
from copy import copy
from pathlib import Path
from struct import Struct
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from bilagsbot.model.errors import BadInput, Mistake, suggest

_LOCAL_HEADER: Final = Struct("<26xHH")
"""What stands before a member's name: the lengths of the name and of what follows it, and 26 bytes known already."""
_SIZES_FOLLOW: Final = 0x08
"""The flag of a member whose sizes stand behind it, not in its header."""
_CHUNK: Final = 1 << 20  # bytes


class Package:
    """An .xlsx or .xlsm file open for reading; a context manager, raising BadInput where it is no workbook."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = path.open("rb")
            self._zip = ZipFile(self._file)
        except BadZipFile:
            self._file.close()
            raise BadInput([Mistake(path.name, "is no .xlsx workbook, or has a password.")]) from None
        # Part names are case-insensitive, and not every program that writes workbooks is careful.
        self._names = {info.filename.lower(): info.filename for info in self._zip.infolist()}

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        self._file.close()

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

    def shared_strings(self, places: Collection[int]) -> dict[int, str]:
        """The texts, as written (escapes not resolved), that cells of type `s` with these numbers point at."""
        part = next((p for _, p in self._relations(self._workbook_part(), kind="/sharedStrings")), "")
        name = self._names.get(part.lower())
        found: dict[int, str] = {}
        if name is None or not places:
            return found
        last = max(places)
        with self._zip.open(name) as xml:
            # A workbook may hold a million strings, and the headings are among the first.
            items = etree.iterparse(xml, tag="{*}si", resolve_entities=False, huge_tree=True)
            for place, (_, item) in enumerate(items):
                if place in places:
                    found[place] = string_of(item)
                if place == last:
                    break
                item.clear()
        return found

    def read(self, part: str) -> bytes:
        """A member's bytes."""
        return self._zip.read(part)

    def parse(self, part: str) -> etree._Element:
        """A member's XML."""
        return parse(self.read(part))

    def copy_to(self, out: BinaryIO, part: str, xml: bytes) -> None:
        """Write the whole package to `out` in its own order, with one part's bytes exchanged.

        The other parts' bytes are copied as they are compressed.
        """
        with ZipFile(out, "w") as target:
            target.comment = self._zip.comment
            for info in self._zip.infolist():
                new = _fresh(info)
                if info.filename == part:
                    # The fastest level: a quarter larger than the usual one, in a fifth of the time.
                    target.writestr(new, xml, compresslevel=1)
                else:
                    self._copy_member(info, new, target)

    def _copy_member(self, info: ZipInfo, new: ZipInfo, target: ZipFile) -> None:
        """Copy a member without unpacking it. The library has no call for that: its list of members is written to."""
        assert target.fp is not None
        self._file.seek(info.header_offset)
        header = self._file.read(_LOCAL_HEADER.size)
        self._file.seek(sum(_LOCAL_HEADER.unpack(header)), os.SEEK_CUR)
        new.flag_bits &= ~_SIZES_FOLLOW
        new.header_offset = target.start_dir
        target.fp.seek(target.start_dir)
        target.fp.write(new.FileHeader())
        left = info.compress_size
        while data := self._file.read(min(left, _CHUNK)):
            target.fp.write(data)
            left -= len(data)
        target.start_dir = target.fp.tell()
        target.filelist.append(new)
        target.NameToInfo[new.filename] = new

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


def _fresh(info: ZipInfo) -> ZipInfo:
    """The same member's header, without what other programs added to it."""
    new = copy(info)
    new.extra = b""
    return new
