"""show: a flow as plain sentences."""

from collections.abc import Callable
from contextlib import suppress
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
    if flow in bot_names(folder):
        job = load_job(folder, flow)
        plain = Plain(job.flow, job.selectors, job.header, language)
    else:
        plain = Plain(*load_flow(folder, flow), _header(folder, flow), language)
    for line in plain.lines():
        print(line)


def _header(folder: Path, flow: str) -> Callable[[str], str]:
    """The columns of the first bot that keys with this flow and is right."""
    for name in bot_names(folder):
        with suppress(BadInput):
            if (job := load_job(folder, name)).bot.flow == flow:
                return job.header
    return lambda field: field
