"""check: validate every file and every row; opens no program."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.bot import bot_names, load_job
from bilagsbot.run.files import all_files
from bilagsbot.run.items import read_batch
from bilagsbot.sinks.text import grouped


def check(
    bot: Annotated[str, typer.Argument(help="The bot; default: every bot of the workspace.")] = "",
    input_: Annotated[Path | None, typer.Option("--input", help="Another workbook than the bot's.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Mistakes as JSON lines on stdout.")] = False,
    workspace: Workspace = None,
) -> None:
    """Every mistake of every file and row, each with its place and what to write instead."""
    folder = find_workspace(workspace)
    names = [bot] if bot else bot_names(folder)
    if not names:
        raise BadInput([Mistake("bots/", "there are no bots.", "Run 'bilagsbot init DIR' for a workspace with one.")])
    if input_ and len(names) > 1:
        raise BadInput([Mistake("--input", "the workbook is one bot's.", f"Name the bot: {', '.join(names)}.")])
    mistakes: list[Mistake] = []
    for name in names:
        mistakes += _one(folder, name, input_, json_)
    if not bot:
        mistakes += all_files(folder)
    mistakes = list(dict.fromkeys(mistakes))  # two bots may share a selectors file
    if mistakes:
        raise BadInput(mistakes)


def _one(folder: Path, name: str, workbook: Path | None, quiet: bool) -> list[Mistake]:
    try:
        job = load_job(folder, name)
        batch = read_batch(job, workbook or job.workbook)
    except BadInput as bad:
        return list(bad.mistakes)
    for warning in batch.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if not batch.mistakes and not quiet:
        total = f", {grouped(sum(batch.sums.values(), Decimal(0)))} kr" if job.flow.sum_field else ""
        print(f"{name}: {len(batch.items)} items in {batch.rows} rows{total}: ready to run.")
    return batch.mistakes
