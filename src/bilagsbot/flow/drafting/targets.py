"""Targets: what was acted upon, under names, with the selectors that the application has already used again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bilagsbot.flow.drafting.finding import fingerprint, ways
from bilagsbot.flow.drafting.wording import group, part
from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import TOP, Anchor, Selectors, Target

# By which of a target's anchors the marked element of a recorded page is found; the last says that it is held.
Judge = Callable[[str, Target, bool], list[int]]


@dataclass
class Drafted:
    """A new target: what goes into the selectors file, and what a person has to look at."""

    name: str
    target: Target
    notes: list[str] = field(default_factory=list)


class Targets:
    """All targets of a draft. Raises Unreachable where a recorded page cannot be shown."""

    nowhere = Anchor(css="html")  # for what nothing was recorded to find by
    unknown = "nothing was recorded to find this by: use 'bilagsbot pick'"

    def __init__(self, judge: Judge | None, existing: Selectors | None) -> None:
        self._judge, self._existing = judge, existing
        self.new: list[Drafted] = []
        self.reused: list[str] = []

    def of(self, action: Action, name: str = "", kind: str = "text", text: str = "") -> str:
        """The name of the target that was acted upon. `name` where it is known; `kind` is how its value compares;
        `text` the template of what it says, where that is another thing in each row."""
        wanted = self._wanted(action, kind, text)
        if known := self._known(action, wanted, False):
            return known
        drafted = Drafted("", *self._proved(action, wanted, bool(text)))
        if wanted.find == (self.nowhere,):
            drafted.notes = [self.unknown]
        return self._add(drafted, name or f"{group(action)}.{part(action.element or Element())}")

    def table(self, action: Action, found: Sequence[Anchor]) -> str:
        """The name of the table that holds what was acted upon."""
        wanted = Target(find=tuple(found), frame=action.frame or (TOP,))
        if known := self._known(action, wanted, True):
            return known
        notes: list[str] = []
        if self._judge and action.page:
            hits = self._judge(action.page, wanted, True)
            wanted = wanted.model_copy(update={"find": tuple(found[i] for i in hits) or wanted.find})
            notes = [] if hits else ["none of these ways finds this table alone on the recorded page"]
        return self._add(Drafted("", wanted, notes), f"{group(action)}.rows")

    def _wanted(self, action: Action, kind: str, text: str) -> Target:
        """The target with all ways that were recorded."""
        marks = fingerprint(action)
        if text:
            marks = marks.model_copy(update={"text": text})
        found = [Anchor(text=text)] if text else ways(action)
        return Target(find=tuple(found) or (self.nowhere,), frame=action.frame or (TOP,), is_=marks, as_=kind,
                      reloads=action.action != "press" and _reloads(action))  # fmt: skip

    def _known(self, action: Action, wanted: Target, holding: bool) -> str:
        """One that the application has, or this draft: it is the same thing if it leads to it on the recorded page."""
        for drafted in self.new:
            if drafted.target.frame == wanted.frame and self._same(action, drafted.target, wanted, holding):
                self._learn(drafted, wanted)
                return drafted.name
        if not (self._existing and self._judge and action.page):
            return ""
        for name, target in self._existing.targets.items():
            plain = not any("{{" in text for text in target.texts())
            if plain and target.frame == wanted.frame and self._judge(action.page, target, holding)[:1] == [0]:
                self.reused += [] if name in self.reused else [name]
                return name
        return ""

    def _same(self, action: Action, one: Target, wanted: Target, holding: bool) -> bool:
        """Whether a target leads to what was acted upon; without a recorded page, whether its first way is the same."""
        if holding or not (self._judge and action.page):
            return one.find[0] == wanted.find[0]
        marked = (one.is_.tag, one.is_.text) == (wanted.is_.tag, wanted.is_.text) or not one.is_.text
        return marked and self._judge(action.page, one, False)[:1] == [0]

    def _learn(self, drafted: Drafted, wanted: Target) -> None:
        changes: dict[str, object] = {}
        if wanted.as_ != "text" and drafted.target.as_ == "text":
            changes["as_"] = wanted.as_
        if wanted.reloads and not drafted.target.reloads:
            changes["reloads"] = wanted.reloads
        drafted.target = drafted.target.model_copy(update=changes)

    def _proved(self, action: Action, wanted: Target, templated: bool) -> tuple[Target, list[str]]:
        """The target with those ways only that lead to it on the recorded page."""
        if templated or not (self._judge and action.page):
            return wanted, []
        hits = self._judge(action.page, wanted, False)
        called = wanted.is_.label
        for near in (called, "") if called and not hits else ():  # its label stands further away than one looks
            wanted = wanted.model_copy(update={"is_": wanted.is_.model_copy(update={"label": "", "near": near})})
            if hits := self._judge(action.page, wanted, False):
                break
        if not hits:
            return wanted, ["none of these ways finds it alone on the recorded page"]
        found = [wanted.find[i] for i in hits]
        steady = [anchor for anchor in found if not _is_place(anchor)]
        kept = steady or found  # where better ways find two things, a place finds one of them, and maybe the wrong one
        notes = [] if steady else ["only its place on the page is known: give it a better way"]
        return wanted.model_copy(update={"find": tuple(kept)}), notes

    def _add(self, drafted: Drafted, name: str) -> str:
        taken = {one.name for one in self.new} | set(self._existing.targets if self._existing else ())
        drafted.name, n = name, 2
        while drafted.name in taken:
            drafted.name, n = f"{name}_{n}", n + 1
        self.new.append(drafted)
        return drafted.name


def _is_place(anchor: Anchor) -> bool:
    """Whether it only says where in the page's structure a thing is."""
    return anchor.way == "css" and (" > " in anchor.css or ":nth-" in anchor.css) and ":has(" not in anchor.css


def _reloads(action: Action) -> bool | str:
    """What the selectors file says of the pages that it loads: its own frame, or one other."""
    if action.frame in action.loads:
        return True
    others = [path for path in action.loads if path]
    return others[-1][-1] if others else bool(action.loads) and not action.frame
