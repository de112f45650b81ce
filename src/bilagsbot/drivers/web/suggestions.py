"""Fields that suggest: type, and take the entry that says just that from the list which comes up."""

from dataclasses import replace

from playwright.sync_api import Locator

from bilagsbot.drivers.web.fields import type_over
from bilagsbot.drivers.web.finding import Finder
from bilagsbot.drivers.web.screen import Screen
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

# What said it before anything was typed is no suggestion: a heading, another row, a list that is always there.
REMEMBER = """elements => {
  const seen = window[Symbol.for('bilagsbot.seen')] ||= new WeakSet();
  elements.forEach(e => seen.add(e));
}"""
COME_UP = """elements => {
  const seen = window[Symbol.for('bilagsbot.seen')];
  return elements.flatMap((e, i) => seen && seen.has(e) ? [] : [i]);
}"""


def take_suggestion(screen: Screen, finder: Finder, target: Target, entry: str) -> None:
    """Type the entry's text and click the entry. Raises StepFailed where none, or more than one, comes to say that."""
    found = finder.find(target, "type")
    if not found.sight.ready:
        raise StepFailed(f"{target.name} is no list to choose from, and no field to type into")
    said = " ".join(entry.split())
    # As lists of choices should be, else as most are: whatever says it, in the innermost.
    kinds = [found.frame.get_by_role("option", name=said, exact=True), found.frame.get_by_text(said, exact=True)]
    seen = [one.filter(visible=True) for one in kinds]
    for one in seen:
        one.evaluate_all(REMEMBER)
    kept = target.model_copy(update={"read_back": False})  # it keeps the focus, or the list goes away
    type_over(screen, replace(found, ask=replace(found.ask, target=kept)), entry)
    new: list[Locator] = []

    def come() -> bool:
        for one in seen:
            new[:] = [one.nth(i) for i in one.evaluate_all(COME_UP)]
            if new:
                return True
        return False

    screen.until(come, f"{target.name} is no list to choose from, and suggested no {said!r}")
    if len(new) > 1:
        raise StepFailed(f"{target.name} suggests {said!r} {len(new)} times")
    screen.strike(target.name, lambda: new[0].click(timeout=screen.ms))
