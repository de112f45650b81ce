"""What unattended runs tell people by notices: their end, what needs a person, and drift."""

import time
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from loguru import logger

from bilagsbot.model.receipt import Receipt, State
from bilagsbot.run import launch
from bilagsbot.run.bot import Bot
from bilagsbot.run.evidence import DRIFT
from bilagsbot.run.notices import Notice, Notices
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.run import Run, RunState

TRIES = (0, 5, 20)  # seconds before each try
TOLD = 10  # lines of details


def tell_end(workspace: Path, store: Store, redact: Redactor, bot: Bot, run: Run, receipts: Sequence[Receipt]) -> None:
    """That a run has ended, how its items stand, what needs a person, and whether selectors have drifted."""
    counts = Counter(receipt.status for receipt in receipts)
    posted = sum((r.sum or Decimal(0) for r in receipts if r.status is State.POSTED), Decimal(0))
    said = [f"{' / '.join(r.key.values())}: {r.status}: {r.message}" for r in receipts if r.message][:TOLD]
    details = (*([run.message] if run.message else []), *said)
    about = {"bot": run.bot, "client": run.client, "run": run.id, "counts": counts, "sum": posted, "details": details}
    kind = "finished" if run.state is RunState.DONE else "stopped"
    told = [Notice(kind=kind, **about)]  # type: ignore[arg-type]
    for state, what, command in ((State.UNKNOWN, "settle", "settle"), (State.WAITING, "approve", "approve")):
        if ids := [receipt.item for receipt in receipts if receipt.status is state]:
            commands = tuple(f"bilagsbot {command} {id_}" for id_ in ids[:TOLD])
            told.append(Notice(kind="person", what=what, commands=commands, **about))  # type: ignore[arg-type]
    if (workspace / launch.STATE / "runs" / run.id / DRIFT).exists():
        told.append(Notice(kind="drift", commands=("bilagsbot drift",), **about))  # type: ignore[arg-type]
    for notice in told:
        _tell(workspace, store, redact, bot, notice, f"{run.id} {run.round} {notice.kind} {notice.what}")


def tell_question(
    workspace: Path, store: Store, redact: Redactor, bot: Bot, run: Run, id_: str, message: str
) -> None:  # fmt: skip
    """That a session waits for a person."""
    command = f"bilagsbot runs answer {id_}"
    notice = Notice("person", run.bot, run.client, run.id, {}, None, (message,), "pause", (command,))
    _tell(workspace, store, redact, bot, notice, f"question {id_}", tries=TRIES[:1])


def tell_refused(workspace: Path, store: Store, redact: Redactor, bot: Bot, why: str, trigger: str) -> None:
    """That a run did not start."""
    notice = Notice("stopped", bot.name, bot.client, "", {}, None, (why,), "", (f"bilagsbot check {bot.name}",))
    _tell(workspace, store, redact, bot, notice, f"refused {trigger}", tries=TRIES[:1])


def _tell(
    workspace: Path, store: Store, redact: Redactor, bot: Bot, notice: Notice, key: str, tries: Sequence[int] = TRIES
) -> None:
    if bot.notify is None:
        return
    notices = Notices(store, workspace, redact)
    for wait in tries:
        time.sleep(wait)  # a mail server that is just restarting
        if not (failed := notices.tell(bot.notify, notice, key)):
            return
    logger.warning("the notice of {} did not reach {}", notice.run or notice.bot, ", ".join(failed))
