"""init: make a workspace."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.starter import samples
from bilagsbot.tables import sample

FOLDERS = ("bots", "flows", "selectors", "recordings", "tests", "inbox")


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new workspace; it must not hold one yet.")],
) -> None:
    """Folders, the practice bots with their flows and selectors, and sample workbooks."""
    make_workspace(folder)
    print(f"{folder} is a workspace now. Its README.md says how to go on.")


def make_workspace(folder: Path) -> None:
    """Raises BadInput where the folder already holds one of the things that would be made."""
    taken = [name for name in (*FOLDERS, "README.md") if (folder / name).exists()]
    if taken:
        raise BadInput([Mistake(str(folder), f"there is already {', '.join(taken)}.", "Name an empty or new folder.")])
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    with as_file(files("bilagsbot.starter")) as starter:
        for name in ("bots", "flows", "selectors"):
            shutil.copytree(starter / name, folder / name, dirs_exist_ok=True)
        shutil.copy(starter / "README.md", folder / "README.md")
    (folder / ".gitignore").write_text(".bilagsbot/\n*.kvittering*.xlsx\n", encoding="utf-8")
    sample.write(folder / "inbox" / "fakturaer.xlsx", "Fakturaer", samples.INVOICE_COLUMNS, samples.invoices())
    sample.write(folder / "inbox" / "bilag.xlsx", "Bilag", samples.JOURNAL_COLUMNS, samples.journal())
