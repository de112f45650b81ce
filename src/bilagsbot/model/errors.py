"""What can go wrong, by what happens next: correct the files, retry, ask a person, stop."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Mistake:
    """One thing a person has to correct: where it is, what is wrong, and what to write instead."""

    where: str
    what: str
    instead: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" {self.instead}" if self.instead else "")


def suggest(word: str, known: Iterable[str]) -> str:
    """The sentence that names the nearest known word, or lists what is known where none is near."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if not names:
        return ""
    return f"Known: {', '.join(names[:20])}{' …' if len(names) > 20 else ''}."


class BilagsbotError(Exception):
    """Base of all our errors. Its text is a sentence for the person at the screen."""


class BadInput(BilagsbotError):
    """Files or workbook are wrong; nothing was keyed. Holds every mistake found, not just the first."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class BadValue(BilagsbotError, ValueError):
    """A cell's value does not fit its type: `what` is wrong, and what to write `instead`."""

    def __init__(self, what: str, instead: str = "") -> None:
        self.what, self.instead = what, instead
        super().__init__(f"{what} {instead}".strip())


class Rejected(BilagsbotError):
    """The data or the program says no. Never retried by itself."""


class Alerted(Rejected):
    """The program refuses in an alert(). After submit such an alert is no refusal: it may be the confirmation."""


class StepFailed(BilagsbotError):
    """A step did not do what it says. Before submit the item may be retried. `at` is the step's file:line."""

    at = ""

    def __str__(self) -> str:
        return super().__str__() + (f" ({self.at})" if self.at else "")


class Unreachable(BilagsbotError):
    """The target program cannot be reached or logged in to."""


class Stopped(BilagsbotError):
    """A person stopped or paused the run; what is not done stays ready."""


class LeaseLost(BilagsbotError):
    """Another process owns the login now: nothing more may be written or clicked by this one."""


class LedgerUnavailable(BilagsbotError):
    """The ledger cannot be written: nothing is keyed without a durable intent."""


class Unwritable(BilagsbotError):
    """A file of the workspace cannot be written: the disk is full, or it is not ours to write."""


@contextmanager
def writable(what: str) -> Iterator[None]:
    """Raise Unwritable where the block cannot write `what`."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise Unwritable(f"{what} cannot be written: {why}. Make room or give access, then run again.") from error
