"""Outlines: what a step is about, for a person who watches."""

from collections.abc import Sequence
from contextlib import suppress

from playwright.sync_api import Error, Page

from bilagsbot.drivers.web.locate import Ask, element, look, place
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

# An animation changes no style of the page's own, and goes away without a trace.
DRAW = """elements => elements.forEach(e => {
  const line = {outline: '3px solid #d33682', outlineOffset: '2px'};
  e.animate([line, line], {duration: 3600000, id: 'bilagsbot'});
})"""
CLEAR = "() => document.getAnimations().filter(a => a.id === 'bilagsbot').forEach(a => a.cancel())"


def outline(page: Page, targets: Sequence[Target]) -> None:
    """Outline each target that its ways lead to now, and nothing else any more."""
    for frame in page.frames:
        with suppress(Error):  # it is just being replaced
            frame.evaluate(CLEAR)
    for target in targets:
        with suppress(Error, StepFailed):
            frame = place(page, target)
            asks = (Ask(target, anchor) for anchor in range(len(target.find)))
            for ask in [ask for ask in asks if not look(frame, ask).wrong][:1]:
                element(frame, ask).evaluate_all(DRAW)
