"""Every selector on every screen where it is, under every change: found right, stopped safely, or wrong."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilagsbot.model.target import Selectors, Target
from tests.mutations.changes import KINDS, change, keep
from tests.mutations.screens import SCREENS, Screens
from tests.mutations.truth import Verdict, Window

RENAMED = "fields with new names"


@dataclass(frozen=True)
class Outcome:
    """What became of one target on one screen under one change.

    `healing`: all fields had got new names before, so that one must be found by its next way. It is tried with those
    targets that have one.
    """

    kind: str
    healing: bool
    screen: str
    target: str
    verdict: Verdict


def mutate_all(
    selectors: Selectors, posting: Collection[str], screens: Screens, render: Callable[[str], str] = str,
    kinds: Sequence[str] = KINDS, on: Sequence[str] = tuple(SCREENS),
) -> list[Outcome]:  # fmt: skip
    """Try all targets that are an element. `posting` are those that some flow submits with; `render` fills in what an
    item would."""
    elements = [target for target in selectors.targets.values() if not target.find[0].document]
    targets = [target.rendered(render) for target in elements]
    return [outcome for screen in on for outcome in _on(screen, targets, posting, screens, kinds)]


def _on(
    screen: str, targets: Iterable[Target], posting: Collection[str], screens: Screens, kinds: Sequence[str]
) -> Iterator[Outcome]:
    frame, window = screens.show(screen), Window(screens.page)
    there = [marked for target in targets if (marked := window.mark(target, frame))]
    keep(screens.page, frame)
    for kind in kinds:
        for healing in (False, True):
            if change(screens.page, frame, [RENAMED, kind] if healing else [kind]):
                for marked in there if not healing else [one for one in there if len(one.target.find) > 1]:
                    name = marked.target.name
                    yield Outcome(kind, healing, screen, name, window.verdict(marked, name in posting))


def counted(outcomes: Iterable[Outcome]) -> Counter[Verdict]:
    """How many are of each verdict."""
    return Counter(outcome.verdict for outcome in outcomes)
