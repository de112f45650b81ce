"""Languages: which ones OCR can read on this machine, and where Tesseract's data lie."""

import os
from pathlib import Path

from bilagsbot.model.errors import Unreachable

SUFFIX = ".traineddata"


def languages() -> list[str]:
    """The languages that OCR has data for, as Tesseract names them: `nor`, `eng`."""
    return sorted({file.name.removesuffix(SUFFIX) for folder in folders() for file in folder.glob(f"*{SUFFIX}")})


def data_folder(language: str) -> Path:
    """The folder that has the data of a language, or of each one in `nor+eng`. Raises Unreachable where none has."""
    wanted = language.split("+")
    for folder in folders():
        if all((folder / f"{one}{SUFFIX}").is_file() for one in wanted):
            return folder
    known = ", ".join(languages()) or "none"
    packages = " ".join(f"tesseract-ocr-{one.replace('_', '-')}" for one in wanted)
    raise Unreachable(
        f"There is no OCR language '{language}' on this machine (found: {known}): `apt install {packages}`, or put "
        f"{wanted[0]}{SUFFIX} into a folder that TESSDATA_PREFIX names."
    )


def folders() -> list[Path]:
    """Where the data may lie, the first first; only what there is."""
    told = os.environ.get("TESSDATA_PREFIX")
    named = [Path(told), Path(told) / "tessdata"] if told else []
    programs = [Path(os.environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)") if name in os.environ]
    usual = [
        *sorted(Path("/usr/share/tesseract-ocr").glob("*/tessdata"), reverse=True),
        Path("/usr/share/tessdata"),
        *(folder / "Tesseract-OCR" / "tessdata" for folder in programs),
    ]
    return [folder for folder in (*named, *usual) if folder.is_dir()]
