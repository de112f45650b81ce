"""Replay: a flow on a recording's pages, offline: does it still do what the person did?"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bilagsbot.drivers.web.recorded import RecordedPages
from bilagsbot.drivers.web.replay import ANY, ReplayDriver
from bilagsbot.flow.drafting.folding import flat, fold
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import BadInput, Mistake, Rejected, StepFailed, Unreachable
from bilagsbot.model.item import Item
from bilagsbot.model.recording import Action, Recording
from bilagsbot.model.target import Target
from bilagsbot.run.batch import Batch
from bilagsbot.run.bot import Job
from bilagsbot.run.items import values_of
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.steps.base import Scope, Step, perform, walk

Note = Callable[[str, str, str], None]


@dataclass
class Replayed:
    """How an item fared: `wrong` is empty where the flow did all that the recording did; `left` is what it left out."""

    item: Item
    wrong: str = ""
    receipt: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


class _Replay:
    """Conduct of a replay: everything as in a run, and the submit is met on the recorded page."""

    def submit(self, scope: Scope, target: Target) -> None:
        scope.compare_all()
        scope.driver.aim(target)
        scope.keyed.clear()
        scope.driver.submit(target, 0)

    def checkpoint(self) -> None:
        pass

    def pause(self, scope: Scope, message: str, done: Callable[[], bool]) -> None:
        pass


def keyed_items(batch: Batch, recording: Recording) -> list[Item]:
    """The items that were keyed in the recording; without a sample the first. Raises BadInput for one not there."""
    if recording.head.sample is None:
        return batch.items[:1]
    by_row = {row: item for item in batch.items for row in item.rows}
    rows = recording.head.sample.rows
    if missing := [row for row in rows if row not in by_row]:
        table = batch.table
        raise BadInput(Mistake(table.at(row), "this row was recorded and is none to key.", "Correct it, or name the "
                               "workbook with --input.") for row in missing)  # fmt: skip
    return list({id(by_row[row]): by_row[row] for row in rows}.values())


class Illustrated:
    """A pace that notes what each step did in the recording when it was done first, by the step's file:line."""

    def __init__(self) -> None:
        self.by_step: dict[str, list[Action]] = {}
        self.driver: ReplayDriver | None = None

    def perform(self, steps: Sequence[Step], scope: Scope) -> None:
        """One after the other, as without it."""
        for step in steps:
            assert self.driver
            before = len(self.driver.met)
            step.perform(scope)
            if step.at in self.by_step:
                continue
            inner = sum(len(self.by_step.get(one.at, ())) for one in walk(step.within()))
            met = self.driver.met[before:]
            self.by_step[step.at] = met[: len(met) - inner]


def replay(
    job: Job, items: list[Item], recording: Recording, folder: Path, note: Note, pace: Illustrated | None = None
) -> Iterator[Replayed]:
    """Each item in turn. Raises Unreachable where a recorded page, or the first screen, cannot be shown."""
    with _driver(job, recording, folder) as driver:
        session = Session(job, Login("replay", ANY, ANY), Templates(), lambda: driver, folder)
        session.pace = pace
        if pace:
            pace.driver = driver
        for item in items:
            done = Replayed(item)
            try:
                scope = session.scope(_Replay(), values_of(item), note)
                perform(job.flow.steps, scope)
                if item is items[-1] and driver.left and job.flow.lookup:
                    perform(job.flow.lookup, scope)
                done.receipt = dict(scope.captured)
                if missing := [name for name in job.flow.receipt if name not in scope.captured]:
                    done.wrong = f"no receipt: {', '.join(missing)} was not captured"
            except Rejected as refused:
                done.wrong = f"rejected: {refused}"
            except (StepFailed, Unreachable) as failed:
                done.wrong = str(failed)
            if item is items[-1] and not done.wrong:
                done.left = [f"{action.action} (action {action.n}, {action.page})" for action in driver.left]
            yield done
            if done.wrong:
                return


@contextmanager
def _driver(job: Job, recording: Recording, folder: Path) -> Iterator[ReplayDriver]:
    actions = [action for action in flat(fold(recording.actions)) if action.action not in ("popup", "closed")]
    with RecordedPages(folder) as pages:
        yield ReplayDriver(pages, actions, job.selectors.timeout)
