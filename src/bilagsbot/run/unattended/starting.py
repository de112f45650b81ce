"""To start an unattended run: check all, pack all, queue it; a start or a file has one run."""

from pathlib import Path

from bilagsbot.model.errors import BadInput
from bilagsbot.run import launch, machine
from bilagsbot.run.bot import load_job
from bilagsbot.run.evidence import new_run_id
from bilagsbot.run.items import demand, read_batch
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.package import pack
from bilagsbot.run.unattended.run import Start
from bilagsbot.run.unattended.runs import Runs

SHOWN = 3  # mistakes that a refused run tells of; `bilagsbot check` tells all


def start(
    workspace: Path, store: Store, bot: str, cause: str, trigger: str, by: str, workbook: Path | None = None
) -> str:
    """Queue a run of a bot over its workbook, or another; gives its id, or nothing where the trigger has had its run.

    Raises BadInput with every mistake of every file and row; nothing is queued then.
    """
    job = load_job(workspace, bot)
    file = workbook or job.workbook
    demand(read_batch(job, file), valid_only=False)
    target = job.bot.target
    new = Start(
        id=new_run_id(), bot=bot, client=job.bot.client, cause=cause, trigger=trigger, started_by=by,
        machine=machine.id_of(workspace / launch.STATE), workbook=_shown(workspace, file),
        flow_version=job.flow.version, logins=target.used, needs=tuple(sorted(job.bot.needs)),
    )  # fmt: skip
    return new.id if Runs(store).add(new, pack(job, file)) else ""


def refuse(workspace: Path, store: Store, bot: str, cause: str, trigger: str, by: str, why: BadInput) -> None:
    """Keep in the ledger that a start came to nothing, for people to see."""
    first = " ".join(str(mistake) for mistake in why.mistakes[:SHOWN])
    more = f" … {len(why.mistakes)} mistakes; bilagsbot check {bot}" if len(why.mistakes) > SHOWN else ""
    Runs(store).add(
        Start(
            id=new_run_id(), bot=bot, client="", cause=cause, trigger=trigger, started_by=by,
            machine=machine.id_of(workspace / launch.STATE), workbook="", flow_version="", logins=(), needs=(),
        ),
        None, refused=first + more,
    )  # fmt: skip


def _shown(workspace: Path, file: Path) -> str:
    inside = file.resolve()
    root = workspace.resolve()
    return inside.relative_to(root).as_posix() if inside.is_relative_to(root) else str(inside)
