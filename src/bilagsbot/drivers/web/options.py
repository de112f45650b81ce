"""Which option of a list is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from time import monotonic

from playwright.sync_api import Locator

from bilagsbot.drivers.web.finding import GRACE, Finder
from bilagsbot.drivers.web.screen import SLICE, Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

SHOWN = 8  # a chart of accounts is too long for a sentence

Options = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Choice:
    """One option of a list, by its position: labels and values may come twice."""

    element: Locator
    index: int
    label: str
    chosen: bool


def find_option(screen: Screen, finder: Finder, target: Target, option: str) -> Choice | None:
    """The one option that fits; None where there is no list. Waits a moment: a program may fetch its options when
    another field changes."""
    ends = monotonic() + min(GRACE, screen.timeout)
    while True:
        found = finder.find(target, options=True)
        options = found.sight.options
        if options is None:
            return None
        fit = fitting(options, option)
        if len(fit) == 1:
            return Choice(found.element, fit[0], options[fit[0]][0], found.sight.chosen == fit[0])
        if monotonic() > ends:
            raise no_option(target.name, options, option, fit)
        screen.page.wait_for_timeout(SLICE)


def fitting(options: Options, wanted: str) -> list[int]:
    """The positions of the options with that label, else with that value, else, where it ends in `*`, that begin so."""
    folded = " ".join(wanted.split())
    labels = [" ".join(label.split()) for label, _ in options]
    fit = [i for i, label in enumerate(labels) if label == folded]
    fit = fit or [i for i, (_, value) in enumerate(options) if value == wanted]
    if not fit and folded.endswith("*"):
        fit = [i for i, label in enumerate(labels) if label.startswith(folded[:-1])]
        fit = fit or [i for i, (_, value) in enumerate(options) if value.startswith(folded[:-1])]
    return fit


def no_option(name: str, options: Options, wanted: str, fit: Sequence[int]) -> StepFailed:
    """What to say where not exactly one option fits: the nearest ones first."""
    labels = [options[i][0] for i in fit] if fit else [label for label, _ in options]
    near = get_close_matches(wanted, labels, n=SHOWN)
    shown = list(dict.fromkeys([*near, *labels]))
    told = ", ".join(map(repr, shown[:SHOWN])) + (f" … ({len(labels)} in all)" if len(shown) > SHOWN else "")
    if fit:
        return StepFailed(f"{name} has {len(fit)} options that fit {wanted!r}: {told}")
    return StepFailed(f"{name} has no option {wanted!r}; it has {told or 'none'}")
