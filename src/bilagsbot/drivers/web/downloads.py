"""Files that the program gives."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Download, Error, Page

from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed

LONGEST = 100  # characters of a file name
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def download(screen: Screen, name: str, folder: Path, ask_for_it: Callable[[], object]) -> Path:
    """Keep the file that `ask_for_it` brings, under a safe name that is new in `folder`."""
    kept: list[Path] = []
    failed: list[str] = []
    coming: list[Download] = []

    def keep(download: Download) -> None:
        # Saving waits for the whole file without a limit, so it happens here, and the step waits as long as it may.
        coming.append(download)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = free(folder, safe(download.suggested_filename))
            download.save_as(file)
            kept.append(file)
        except (Error, OSError) as error:
            failed.append(str(error).splitlines()[0])

    def watch(window: Page) -> None:
        window.on("download", keep)

    context = screen.page.context
    watch(screen.page)
    context.on("page", watch)  # a link may open a window of its own for its file
    try:
        screen.attempt(name, ask_for_it)
        screen.until(lambda: bool(kept or failed), f"{name} gave no file", "download")
    except StepFailed:
        for one in coming:
            screen.attempt(name, one.cancel)
        raise
    finally:
        context.remove_listener("page", watch)
        screen.page.remove_listener("download", keep)
    if failed:
        raise StepFailed(f"the file from {name} did not come whole: {screen.redact(failed[0])}")
    return kept[0]


def safe(name: str) -> str:
    """A file name that every system takes and that leads nowhere else."""
    plain = re.sub(r"[^\w.\- ]", "_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, dot + ending[:12]) if stem else (plain, "")
    return ("_" if RESERVED.fullmatch(stem) else "") + stem[:LONGEST] + ending


def free(folder: Path, name: str) -> Path:
    """`name` in the folder, with a number where there is such a file already: nothing is overwritten."""
    file = folder / name
    n = 2
    while file.exists():
        file = folder / f"{Path(name).stem} ({n}){Path(name).suffix}"
        n += 1
    return file
