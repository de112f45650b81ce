"""show: a flow as plain sentences."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.plain import Plain
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import bot_names, load_job
from bilagsbot.sinks.words import Language


def show(
    flow: Annotated[str, typer.Argument(help="The flow: flows/FLOW.yaml, or a bot that uses it.")],
    language: Annotated[Language, typer.Option("--language", "-l", help="`nb` or `en`.")] = "nb",
    workspace: Workspace = None,
) -> None:
    """Say what a flow does, step by step, in bokmål or English. Columns have the names of the bot's workbook."""
    folder = find_workspace(workspace)
    name = load_job(folder, flow).bot.flow if flow in bot_names(folder) else flow
    loaded, selectors = load_flow(folder, name)
    for line in Plain(loaded, selectors, _headers(folder, name, flow), language).lines():
        print(line)


def _headers(folder: Path, flow: str, bot: str) -> Callable[[str], str]:
    """By the bot named, else by the first one that keys with this flow and is right."""
    for name in sorted(bot_names(folder), key=lambda one: one != bot):
        try:
            job = load_job(folder, name)
        except BadInput:
            continue
        if job.bot.flow == flow:
            return job.header
    return lambda field: field
