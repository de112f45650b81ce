"""show: a flow as plain sentences, with the pictures of its recording where that is asked for."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.plain import Plain
from bilagsbot.flow.recordings import read_recording, recording_folder
from bilagsbot.model.errors import BadInput, Mistake, StepFailed, writable
from bilagsbot.run.bot import Job, bot_names, load_job
from bilagsbot.sinks.words import Language


def show(
    flow: Annotated[str, typer.Argument(help="The flow: flows/FLOW.yaml, or a bot that uses it.")],
    language: Annotated[Language, typer.Option("--language", "-l", help="`nb` or `en`.")] = "nb",
    on: Annotated[str, typer.Option(metavar="RECORDING", help="The recording whose pictures --html shows.")] = "",
    html: Annotated[Path | None, typer.Option(help="Write a page with the recorded pictures into this file.")] = None,
    workspace: Workspace = None,
) -> None:
    """Say what a flow does, step by step, in bokmål or English. Columns have the names of the bot's workbook."""
    folder = find_workspace(workspace)
    if bool(on) != bool(html):
        raise BadInput([Mistake("--html", "a page with pictures needs a recording.", "Give --on and --html.")])
    job = _job(folder, flow)
    if job is None:
        if html:
            raise BadInput([Mistake(f"flows/{flow}", "no bot keys with it, so it has no rows to show.", "Name a bot.")])
        plain = Plain(*load_flow(folder, flow), lambda field: field, language)
    else:
        plain = Plain(job.flow, job.selectors, job.header, language)
    if html and job:
        with writable(str(html)):
            html.write_text(_page(job, folder, on, plain, language), encoding="utf-8")
        print(f"{html} is written.")
        return
    for line in plain.lines():
        print(line)


def _job(folder: Path, flow: str) -> Job | None:
    """The bot of that name, else the first that keys with the flow and is right."""
    names = bot_names(folder)
    if flow in names:
        return load_job(folder, flow)
    for name in names:
        with suppress(BadInput):
            if (job := load_job(folder, name)).bot.flow == flow:
                return job
    return None


def _page(job: Job, folder: Path, name: str, plain: Plain, language: Language) -> str:
    """Raises StepFailed where the flow does not do what was recorded: its pictures would be of something else."""
    from bilagsbot.run.items import read_batch
    from bilagsbot.run.replay import Illustrated, keyed_items, replay
    from bilagsbot.sinks.flowpage import Told, flow_page

    place, pace = recording_folder(folder, name), Illustrated()
    recording = read_recording(place)
    items = keyed_items(read_batch(job, job.workbook), recording)
    for done in replay(job, items, recording, place, lambda *_: None, pace):
        if done.wrong:
            raise StepFailed(f"The flow does not do what recordings/{name} did: {done.wrong}")
    left = dict(pace.by_step)
    return flow_page([Told(text, left.pop(at, ())) for text, at in plain.entries()], place, language)
