"""Fields typed into: one at a time as a person does, or several at once where the application allows that."""

import json
from collections.abc import Sequence
from dataclasses import replace

from playwright.sync_api import Error

from bilagsbot.drivers.web.finding import Finder, Found
from bilagsbot.drivers.web.locate import Ask, look, place
from bilagsbot.drivers.web.pagescripts import FILL
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target


def type_over(screen: Screen, found: Found, text: str) -> str | None:
    """Type over what the field holds; give what it shows when it is left, None where that cannot be told at once.

    A field that is not read back keeps the focus.
    """
    target = found.ask.target

    def type_it() -> str | None:
        if found.sight.ready and text:
            screen.page.keyboard.insert_text(text)
        else:
            found.element.fill(text, timeout=screen.ms)
        if not target.read_back:
            return text
        left = look(found.frame, replace(found.ask, then="leave"))
        return None if left.wrong else left.shown

    return screen.attempt(target.name, type_it)


def fill_all(screen: Screen, finder: Finder, fields: Sequence[tuple[Target, str]]) -> list[str] | None:
    """Set all fields in one round trip; what each shows then. None where that cannot be, or not surely, done.

    All have to be in one frame, be read back, and load nothing; and each by the anchor that lives.
    """
    asks = [Ask(target, finder.living(target)) for target, _ in fields]
    plain = all(ask.native and ask.target.read_back and not ask.target.reloads for ask in asks)
    if not plain or len({ask.target.frame for ask in asks}) > 1:
        return None
    words = [{**ask.words(), "text": text} for ask, (_, text) in zip(asks, fields, strict=True)]
    try:
        shown: list[str | None] | None = place(screen.page, asks[0].target).evaluate(FILL, json.dumps(words))
    except (Error, StepFailed):
        return None
    return None if shown is None or None in shown else [text or "" for text in shown]
