"""The truth: each target's element of the unchanged page carries the target's name, whatever the page becomes."""

from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Page

from bilagsbot.drivers.base import ScreenTable
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.drivers.web.finding import Finder, Found
from bilagsbot.drivers.web.loads import Loads
from bilagsbot.drivers.web.locate import place
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.drivers.web.submitting import Submitter
from bilagsbot.drivers.web.tables import read_table
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target
from tests.mutations.rows import same_rows

Verdict = Literal["right", "stopped", "wrong"]

MARK = "(found, name) => found.forEach(e => e.setAttribute('data-truth', `${e.dataset.truth || ''} ${name}`))"
IS_MARKED = "(found, name) => found.length === 1 && (found[0].dataset.truth || '').split(' ').includes(name)"
# What the page itself holds on to when a submit has been aimed.
AIMED = f"name => ({IS_MARKED})([window[Symbol.for('bilagsbot.aimed')]], name)"
IS_TABLE = "found => found.every(e => e.tagName === 'TABLE')"
# The page stands still, so one look is enough. Playwright takes 0 for no limit at all.
MOMENT = 1e-9  # seconds


@dataclass(frozen=True)
class Marked:
    """A target that is on the screen, and what it shows if it is a table."""

    target: Target
    table: ScreenTable | None


class Window:
    """The driver's own finding in a window, each time without a memory of the last."""

    def __init__(self, page: Page) -> None:
        self._screen = Screen(Dialogs(False), MOMENT, str)
        self._screen.pages.append(page)

    def mark(self, target: Target, frame: int) -> Marked | None:
        """Mark the target's element; nothing where its first anchor finds none in the frame of that number."""
        try:
            found = Finder(self._screen).find(target, first=True)
        except StepFailed:
            return None
        if found.frame != self._screen.page.frames[frame]:
            return None
        found.element.evaluate_all(MARK, target.name)
        table = self._rows(found) if found.element.evaluate_all(IS_TABLE) else None
        return Marked(target, table)

    def verdict(self, marked: Marked, posts: bool) -> Verdict:
        """What has become of a target; one that posts is aimed at."""
        try:
            return self._aimed(marked.target) if posts else self._found(marked)
        except StepFailed:
            return "stopped"

    def _found(self, marked: Marked) -> Verdict:
        found = Finder(self._screen).find(marked.target)
        if not found.element.evaluate_all(IS_MARKED, marked.target.name):
            return "wrong"
        return same_rows(marked.table, self._rows(found)) if marked.table else "right"

    def _aimed(self, target: Target) -> Verdict:
        finder = Finder(self._screen)
        Submitter(self._screen, finder, Loads(self._screen), guard=True).aim(target)
        healed = bool(finder.drift)
        hit = place(self._screen.page, target).evaluate(AIMED, target.name)
        return "right" if hit and not healed else "wrong"

    def _rows(self, found: Found) -> ScreenTable:
        return read_table(self._screen, found.ask.target, found.element)
