"""Opens an Excel workbook; all that can be wrong with the file itself becomes a sentence."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import BinaryIO, TypeVar

from python_calamine import CalamineError

from bilagsbot.model.errors import BadInput, Mistake, suggest

T = TypeVar("T")

OLE = b"\xd0\xcf\x11\xe0"  # an encrypted xlsx, or an old xls
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAX_UNPACKED = 1_000_000_000  # bytes; a million rows of ten columns are some 500 MB
_CHUNK = 1 << 18  # bytes; larger ones do not stay in a processor's cache
# What zipfile, the parsers of XML and calamine raise on a damaged file; some of it by accident.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, CalamineError, LookupError, ValueError, TypeError,
    AttributeError, SyntaxError, EOFError, OSError, RuntimeError, StopIteration,
)  # fmt: skip


@contextmanager
def opened(file: Path) -> Iterator[tuple[BinaryIO, zipfile.ZipFile]]:
    """The workbook's file, and the package it is: every part unpacks to what it says. Raises BadInput."""
    with _stream(file) as stream:
        _refuse_other_formats(file, stream)
        with sound(file, lambda: zipfile.ZipFile(stream)) as package:
            sound(file, lambda: _unpack_all(file, package))
            yield stream, package


def unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part's content in chunks, all that really comes out of it, whatever size it declares."""
    undeclared = copy(part)
    undeclared.file_size = 2 * MAX_UNPACKED  # zipfile stops at the declared size; other readers do not
    with package.open(undeclared) as content:
        while chunk := content.read(_CHUNK):
            yield chunk


def _unpack_all(file: Path, package: zipfile.ZipFile) -> None:
    """Raise BadInput for a zip bomb, BadZipFile for a part that is not what the package says; keeps nothing."""
    parts, total = package.infolist(), 0
    _refuse_huge(file, sum(part.file_size for part in parts))
    for part in parts:
        before = total
        for chunk in unpacked(package, part):
            total += len(chunk)
            _refuse_huge(file, total)
        if total - before != part.file_size:
            raise zipfile.BadZipFile(f"{part.filename} unpacks to {total - before} bytes, not {part.file_size}")


def _refuse_huge(file: Path, size: int) -> None:
    if size > MAX_UNPACKED:
        what = f"the workbook unpacks to more than {MAX_UNPACKED / 1e9:.0f} GB."
        raise BadInput([Mistake(file.name, what, "Copy its rows into a new workbook.")])


def sound(file: Path, read: Callable[[], T]) -> T:
    """What `read` gives. Raises BadInput where the file turns out to be damaged."""
    try:
        return read()
    except BadInput:
        raise
    except _DAMAGE as error:
        raise _damaged(file) from error
    except BaseException as error:
        # A fault of calamine's own; its class cannot be imported, and is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _damaged(file) from error


def _damaged(file: Path) -> BadInput:
    instead = "Open it in Excel and save it again as .xlsx, or get a new copy."
    return BadInput([Mistake(file.name, "this is no whole Excel workbook.", instead)])


def _stream(file: Path) -> BinaryIO:
    if file.is_dir():
        raise BadInput([Mistake(str(file), "this is a folder.", f"Name a workbook in it: {_workbooks(file)}")])
    if not file.is_file():
        folder = file.parent
        near = suggest(file.name, _workbooks_in(folder)) or f"There is no workbook in {folder}."
        raise BadInput([Mistake(str(file), "there is no such workbook.", near)])
    try:
        return file.open("rb")
    except OSError as error:
        what = f"the workbook cannot be read: {error.strerror or error}."
        raise BadInput(
            [Mistake(str(file), what, "Close it in other programs, or ask for the right to read it.")]
        ) from error


def _workbooks_in(folder: Path) -> list[str]:
    # ~$ are Excel's own notes of who has a workbook open.
    return [p.name for p in folder.glob("*.xls[xm]") if not p.name.startswith("~$")] if folder.is_dir() else []


def _workbooks(folder: Path) -> str:
    names = sorted(_workbooks_in(folder))
    return f"{', '.join(names[:10])}." if names else "it holds none."


def _refuse_other_formats(file: Path, stream: BinaryIO) -> None:
    start = stream.read(4)
    stream.seek(0)
    if start.startswith(b"PK"):
        return
    if not start:
        what, instead = "the file is empty.", "Save the workbook again."
    elif start != OLE:
        what = "this is no Excel workbook, whatever its name ends with."
        instead = "Open it in Excel and save it as an Excel workbook (.xlsx)."
    elif ENCRYPTED in stream.read():
        what, instead = "the workbook is encrypted.", "Save it without a password."
    else:
        what, instead = "the workbook is in the old xls format.", "Open it in Excel and save it as .xlsx."
    raise BadInput([Mistake(file.name, what, instead)])
