"""Namer: finds the ways to what was clicked, in a thread of its own, as reading a window takes longer than a click."""

import queue
import threading
from dataclasses import dataclass
from pathlib import Path

from bilagsbot.drivers.desktop.recorder.looks import Look
from bilagsbot.drivers.desktop.recorder.replay import Replay
from bilagsbot.drivers.desktop.recorder.under import Thing, element
from bilagsbot.drivers.desktop.recorder.ways import Ways, boxed
from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import Anchor


@dataclass(frozen=True)
class Named:
    """What is to be added to an action."""

    action: Action
    element: Element
    ways: tuple[Anchor, ...]
    says: str  # what was read where the program tells of nothing


@dataclass(frozen=True)
class _Job:
    action: Action
    look: Look
    calm: Look
    thing: Thing
    varies: bool


class Namer:
    """`folder` is for the crops; `language` is what the screen is read in, or empty."""

    def __init__(self, folder: Path, language: str) -> None:
        self._folder, self._language = folder, language
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._named: queue.SimpleQueue[Named] = queue.SimpleQueue()
        self._failed: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="namer", daemon=True)
        self._thread.start()
        self._open = 0

    def ask(self, action: Action, look: Look, calm: Look, thing: Thing, varies: bool = False) -> None:
        """Have ways found to that thing, as it was in that look."""
        self._open += 1
        self._jobs.put(_Job(action, look, calm, thing, varies))

    @property
    def busy(self) -> bool:
        """Whether something is still to come."""
        return self._open > 0

    def named(self) -> list[Named]:
        """What has been found since. Raises what kept it from being found."""
        if self._failed:
            raise self._failed
        found = []
        while not self._named.empty():
            found.append(self._named.get())
        self._open -= len(found)
        return found

    def finish(self) -> list[Named]:
        """The rest, waited for."""
        self._jobs.put(None)
        self._thread.join()
        return self.named()

    def _work(self) -> None:
        replay: Replay | None = None
        ways: Ways | None = None
        try:
            while (job := self._jobs.get()) is not None:
                if ways is None or replay is None:
                    replay = Replay(job.look, self._language)
                    ways = Ways(self._folder, replay)
                self._named.put(_named(ways, job))
        except BaseException as failed:  # noqa: BLE001 - told by the thread that asked
            self._failed = failed
        finally:
            if replay is not None:
                replay.close()


def _named(ways: Ways, job: _Job) -> Named:
    on, left = (None, None) if job.thing.node else ways.lines(job.look, job.thing)
    thing = job.thing if job.thing.node else boxed(job.thing, on, left)
    found = ways.of(job.look, job.calm, thing, job.varies)
    return Named(job.action, element(job.look, thing), found, on.text if on else "")
