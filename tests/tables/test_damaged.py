"""Files that unpack to too much, or to something else than they say."""

import random
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from bilagsbot.model.errors import BadInput
from bilagsbot.tables import xlsx
from tests.processes import needs_proc

from .sheets import HEADERS, ROWS, SHEET, by_hand, change_part, write

DAMAGED = "bok.xlsx: this is no whole Excel workbook. Open it in Excel and save it again as .xlsx, or get a new copy."
PARTS = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", SHEET)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A right workbook."""
    return write(tmp_path / "bok.xlsx", ROWS)


def wrong(file: Path) -> list[str]:
    """What is wrong with the workbook."""
    with pytest.raises(BadInput) as bad:
        xlsx.read(file, "", 1, HEADERS)
    return [str(mistake) for mistake in bad.value.mistakes]


def declare(file: Path, part: str, size: int) -> None:
    """Make the package say that a part unpacks to so many bytes: in the list at its end, and before the part."""
    with zipfile.ZipFile(file) as package:
        at = package.getinfo(part).header_offset + 22
    content = bytearray(file.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(part.encode())) + 24
    for place in (at, entry):
        content[place : place + 4] = struct.pack("<I", size)
    file.write_bytes(content)


def test_a_zip_that_claims_to_be_huge(file: Path) -> None:
    declare(file, SHEET, 4_000_000_000)
    assert wrong(file) == ["bok.xlsx: the workbook unpacks to more than 1 GB. Copy its rows into a new workbook."]


@needs_proc
@pytest.mark.parametrize("claimed", [None, 1000])
def test_a_zip_bomb_is_refused_in_little_memory_whatever_it_claims(file: Path, claimed: int | None) -> None:
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package,
        package.open("xl/sharedStrings.xml", "w") as part,
    ):
        for _ in range(1001):
            part.write(bytes(1_000_000))
    if claimed:
        declare(file, "xl/sharedStrings.xml", claimed)
    script = (
        "import re, sys, pathlib\n"
        "from bilagsbot.model.errors import BadInput\n"
        "from bilagsbot.tables import xlsx\n"
        "def peak(): return int(re.search(r'VmHWM:\\s+(\\d+)', pathlib.Path('/proc/self/status').read_text())[1])\n"
        "before = peak()\n"
        "try: xlsx.read(pathlib.Path(sys.argv[1]), '', 1, ('Nr',))\n"
        "except BadInput as bad: print(bad)\n"
        "print(peak() - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
    said, grown = done.stdout.splitlines()
    assert said == "bok.xlsx: the workbook unpacks to more than 1 GB. Copy its rows into a new workbook."
    assert int(grown) < 50_000  # kB


@pytest.mark.parametrize("more", [-10, 10])
def test_a_part_that_unpacks_to_another_size_than_it_says(file: Path, more: int) -> None:
    with zipfile.ZipFile(file) as package:
        size = package.getinfo(SHEET).file_size
    declare(file, SHEET, size + more)
    assert wrong(file) == [DAMAGED]


def test_a_part_whose_content_is_not_what_was_packed(file: Path) -> None:
    with zipfile.ZipFile(file) as package:
        packed = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:  # not compressed
        for name, content in packed.items():
            package.writestr(name, content)
    file.write_bytes(file.read_bytes().replace(b"<v>20</v>", b"<v>70</v>"))
    assert zlib.crc32(packed[SHEET]) != zlib.crc32(packed[SHEET].replace(b"<v>20</v>", b"<v>70</v>"))
    assert wrong(file) == [DAMAGED]


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_cut_short(file: Path, part: str, share: float) -> None:
    change_part(file, part, lambda content: content[: int(len(content) * share)])
    assert wrong(file) == [DAMAGED]


@pytest.mark.parametrize("part", [part for part in PARTS if part != "xl/styles.xml"])
def test_a_part_that_is_not_there(file: Path, part: str) -> None:
    assert wrong(change_part(file, part, None)) == [DAMAGED]


def test_the_part_of_another_sheet_is_not_there(tmp_path: Path) -> None:
    file = write(tmp_path / "bok.xlsx", ROWS, more=("Ark2",))
    change_part(file, "xl/worksheets/sheet2.xml", None)
    assert wrong(file) == [DAMAGED]


def test_a_sheet_that_calamine_would_take_for_empty(file: Path) -> None:
    change_part(file, SHEET, lambda xml: xml.decode().encode("utf-16"))
    assert wrong(file) == [DAMAGED]


def test_a_sheet_that_ends_before_its_last_row(tmp_path: Path) -> None:
    half = by_hand(tmp_path, '<row r="2"><c r="A2"><v>1</v></c></row>', lambda xml: xml.partition(b"</sheetData>")[0])
    assert wrong(half) == [DAMAGED]


@pytest.mark.parametrize("seed", range(60))
def test_xml_changed_at_random_is_read_whole_or_refused(file: Path, seed: int) -> None:
    chance = random.Random(seed)

    def change(content: bytes) -> bytes:
        changed = bytearray(content)
        for _ in range(chance.choice((1, 2, 10))):
            changed[chance.randrange(len(changed))] = chance.choice(b'<>/="09 aAZ&;')
        return bytes(changed)

    change_part(file, chance.choice(PARTS), change)
    try:
        told = f"bok.xlsx: {len(list(xlsx.read(file, '', 1, HEADERS).rows))} rows"
    except BadInput as bad:
        told = str(bad)
    assert told.startswith("bok.xlsx")
    assert not told.endswith(" rows") or told == "bok.xlsx: 2 rows"
