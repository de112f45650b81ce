"""Rehearse: key every item, read back, aim at the submit, and stop there. Nothing is posted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bilagsbot.model.errors import Rejected, StepFailed
from bilagsbot.model.item import Item
from bilagsbot.run.attempt import Rehearsal
from bilagsbot.run.bot import Job
from bilagsbot.run.items import values_of
from bilagsbot.run.session import Session
from bilagsbot.steps.base import perform


@dataclass(frozen=True)
class Rehearsed:
    """How an item fared: `wrong` is empty where it could be posted."""

    item: Item
    wrong: str


def rehearse(
    job: Job, items: list[Item], session: Session, conduct: Rehearsal, note: Callable[[str, str, str], None]
) -> Iterator[Rehearsed]:
    """Every item in turn. Raises Unreachable, Stopped, LeaseLost."""
    for item in items:
        yield Rehearsed(item, _one(job, item, session, conduct, note))


def _one(job: Job, item: Item, session: Session, conduct: Rehearsal, note: Callable[[str, str, str], None]) -> str:
    try:
        perform(job.flow.steps, session.scope(conduct, values_of(item), note))
    except Rehearsal.Reached:
        return ""
    except Rejected as refused:
        return f"rejected: {refused}"
    except StepFailed as failed:
        session.discard()
        return str(failed)
    return "the flow ended without a submit"
