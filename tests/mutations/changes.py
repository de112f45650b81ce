"""The changes by name, and how one is made to a frame of the window and taken back."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.mutations import additions, attributes, frames, places

PRELUDE = Path(__file__).with_name("prelude.js").read_text(encoding="utf-8")
IN_A_FRAME = {**attributes.CHANGES, **places.CHANGES, **additions.CHANGES}
# Those of the frames' names come last: what a frame held is put back into it, but its name is not.
KINDS = (*IN_A_FRAME, *frames.CHANGES)

# The whole window's page holds it, as a frame that is put in anew is another window.
KEEP = """() => {
  top.unchanged = document.body.cloneNode(true);
  top.frameNames = [...top.document.querySelectorAll('frame')].map(one => one.name);
}"""
CHANGE = """() => {
  %s
  document.body.replaceWith(top.unchanged.cloneNode(true));
  let was = '';
  for (const make of [%s]) {
    was = document.body.outerHTML;
    make();
  }
  return document.body.outerHTML !== was;
}"""


def keep(page: Page, frame: int) -> None:
    """Remember what a frame, by its number, holds."""
    page.frames[frame].evaluate(KEEP)


def change(page: Page, frame: int, kinds: Sequence[str]) -> bool:
    """Make changes of these kinds, one after the other, to what was remembered; whether the last changed anything."""
    makes = [IN_A_FRAME[kind] for kind in kinds if kind in IN_A_FRAME]
    changed = bool(page.frames[frame].evaluate(CHANGE % (PRELUDE, ", ".join(makes))))
    renames = [frames.CHANGES[kind] for kind in kinds if kind in frames.CHANGES]
    for rename in renames:
        page.evaluate(rename)
    return bool(frame) if renames else changed
