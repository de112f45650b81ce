"""Opens an Excel workbook; all that can be wrong with the file itself becomes a sentence."""

import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.exceptions import InvalidFileException

from bilagsbot.model.errors import BadInput, Mistake, suggest

T = TypeVar("T")

OLE = b"\xd0\xcf\x11\xe0"  # an encrypted xlsx, or an old xls
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAX_UNPACKED = 1_000_000_000  # bytes; a million rows of ten columns are some 500 MB
# What openpyxl and the modules under it raise on a damaged file; some of it by accident.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, InvalidFileException, LookupError, ValueError, TypeError,
    AttributeError, SyntaxError, EOFError, OSError, RuntimeError, ArithmeticError, AssertionError,
)  # fmt: skip


@contextmanager
def opened(file: Path) -> Iterator[tuple[Any, zipfile.ZipFile]]:
    """The workbook, and the package it is in. Raises BadInput."""
    with _stream(file) as stream, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it cannot keep; nothing is written back
        _refuse_other_formats(file, stream)
        with sound(file, lambda: zipfile.ZipFile(stream)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            if unpacked > MAX_UNPACKED:
                what = f"the workbook unpacks to {unpacked / 1e9:.1f} GB."
                raise BadInput([Mistake(file.name, what, "Copy its rows into a new workbook.")])
            yield sound(file, lambda: _values(stream)), package


class _Reader(ExcelReader):
    """openpyxl's reader of values, which leaves charts alone: it fails on some of Excel's."""

    def read_chartsheet(self, sheet: object, rel: object) -> None:
        """A sheet that is one chart holds no rows."""


def _values(stream: BinaryIO) -> Any:
    reader = _Reader(stream, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def sound(file: Path, read: Callable[[], T]) -> T:
    """What `read` gives. Raises BadInput where the file turns out to be damaged."""
    try:
        return read()
    except BadInput:
        raise
    except _DAMAGE as error:
        instead = "Open it in Excel and save it again as .xlsx, or get a new copy."
        raise BadInput([Mistake(file.name, "this is no whole Excel workbook.", instead)]) from error


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
