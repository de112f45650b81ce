"""check: validate every file and every row; opens no program."""

import heapq
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.exits import MOST_SHOWN, Exit, Warnings, tell
from bilagsbot.cli.jsonlines import as_json
from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.bot import bot_names, load_job
from bilagsbot.run.files import all_files
from bilagsbot.run.items import read_table
from bilagsbot.run.verdicts import Verdicts
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
    shown: list[Mistake] = []
    seen: set[int] = set()  # two bots may share a file; what is in it is told once
    for name in names:
        mistakes = _new(_one(folder, name, input_, json_), seen)
        shown += _told(mistakes) if json_ else [m for _, _, m in heapq.nsmallest(MOST_SHOWN, mistakes)]
    if not bot:
        mistakes = _new(((0, mistake) for mistake in all_files(folder)), seen)
        shown += _told(mistakes) if json_ else [mistake for _, _, mistake in mistakes]
    if not json_:
        tell(shown, len(seen))
    if seen:
        raise typer.Exit(Exit.BAD_INPUT)


def _told(mistakes: Iterable[tuple[int, int, Mistake]]) -> list[Mistake]:
    """Print them as JSON lines; none is left to be shown."""
    for _, _, mistake in mistakes:
        print(as_json(vars(mistake)))
    return []


def _new(found: Iterable[tuple[int, Mistake]], seen: set[int]) -> Iterator[tuple[int, int, Mistake]]:
    """The mistakes that are not told yet, each with its row and its number."""
    for row, mistake in found:
        if hash(mistake) not in seen:
            seen.add(hash(mistake))
            yield row, len(seen), mistake


def _one(folder: Path, name: str, workbook: Path | None, quiet: bool) -> Iterator[tuple[int, Mistake]]:
    """One bot's mistakes, each with its row, when they are found; of the rows no more is kept than sums."""
    try:
        job = load_job(folder, name)
        table = read_table(job, workbook or job.workbook)
    except BadInput as bad:
        yield from ((0, mistake) for mistake in bad.mistakes)
        return
    items = rows = mistakes = 0
    total = Decimal(0)
    with Warnings() as warnings:
        warnings.add(table.warnings)
        for verdict in Verdicts(job, table):
            items, rows, total = items + 1, rows + len(verdict.rows), total + verdict.sum
            mistakes += len(verdict.mistakes)
            warnings.add(verdict.warnings)
            yield from verdict.mistakes
    if not mistakes and not quiet:
        kroner = f", {grouped(total)} kr" if job.flow.sum_field else ""
        print(f"{name}: {items} items in {rows} rows{kroner}: ready to run.")
