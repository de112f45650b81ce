"""DesktopTargets: what was acted upon in a desktop program's windows, by the ways that the recorder has tried."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from bilagsbot.flow.drafting.crops import Crops
from bilagsbot.flow.drafting.targets import Drafted, Targets
from bilagsbot.flow.drafting.windows import Windows
from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import TOP, Anchor, Fingerprint, Selectors, Target

HOLDS = ("textbox", "spinbutton", "combobox", "password", "listbox")  # what these say is their value
LONGEST = 60  # characters of a text that tells what a thing is
LOOKS = ("image", "point")
NOWHERE = Anchor(ocr="?")
PICTURES = (
    "only its picture is known, which is no hit at another scale or theme: add a way with 'ocr', or role and name"
)
PLACE = "only its place is known, and nothing tells what is there: give it a better way"


class DesktopTargets(Targets):
    """`crops` are the recording's pictures."""

    nowhere = NOWHERE
    unknown = "nothing was recorded to find this by: write what stands on it or beside it, or cut a picture"

    def __init__(self, windows: Windows, crops: Crops, existing: Selectors | None) -> None:
        super().__init__(None, existing)
        self._windows, self._crops = windows, crops

    @property
    def pictures(self) -> set[str]:
        """The crops that new targets name."""
        return {anchor.image for drafted in self.new for anchor in drafted.target.find if anchor.image}

    def _wanted(self, action: Action, kind: str, text: str) -> Target:
        element = action.element or Element()
        marks = _marks(action, text)
        if text:
            found = [Anchor(role=element.role, named=text) if element.role else Anchor(ocr=text)]
        else:
            found = self._ways(action, marks)
        return Target(find=tuple(found) or (NOWHERE,), frame=(TOP,), is_=marks, as_=kind,
                      window=self._windows.pattern(action))  # fmt: skip

    def _ways(self, action: Action, marks: Fingerprint) -> list[Anchor]:
        """What the program tells before what is seen, and a place only where what is there can be read."""
        ways = []
        for way in action.ways:
            name = self._crops.named(way.image) if way.image else ""
            if not way.image or name:
                ways.append(way.model_copy(update={"image": name}) if name else way)
        ways.sort(key=_rank)
        return [way for way in ways if not way.point or marks.text] or ways

    def _known(self, action: Action, wanted: Target, holding: bool) -> str:
        """One that this draft has, or the application: its first way is the same, in that window."""
        for drafted in self.new:
            if drafted.target.window == wanted.window and drafted.target.find[0] == wanted.find[0] != NOWHERE:
                self._learn(drafted, wanted)
                return drafted.name
        for name, target in self._existing.targets.items() if self._existing else ():
            fits = fnmatchcase(action.title.casefold(), target.window.casefold())
            typed = target.is_.type in ("", wanted.is_.type)
            if fits and typed and target.find[0] == wanted.find[0]:
                self.reused += [] if name in self.reused else [name]
                return name
        return ""

    def _proved(self, action: Action, wanted: Target, templated: bool) -> tuple[Target, list[str]]:
        """As it is: the recorder has tried each way."""
        ways, notes = {anchor.way for anchor in wanted.find}, []
        if ways == {"point"}:
            notes.append(PLACE)
        elif ways <= set(LOOKS):
            notes.append(PICTURES)
        if not any(one.target.window == wanted.window for one in self.new):
            notes += [doubt] if (doubt := self._windows.doubt(wanted.window)) else []
        return wanted, notes


def tells_nothing(actions: Sequence[Action]) -> bool:
    """Whether the program is a picture only: it told of nothing what it is."""
    elements = [action.element for action in actions if action.element]
    return bool(elements) and not any(element.type for element in elements)


def usual_window(drafted: Sequence[Drafted], windows: Windows) -> str:
    """The window of targets that name none: the main one, where one of them is in it, else that of the most."""
    used = [one.target.window for one in drafted] or ["*"]
    return max([one for one in used if one in windows.main()] or used, key=used.count)


def _marks(action: Action, text: str) -> Fingerprint:
    """What it must be. A lower way reads the text from the screen, so it is given only where it stands there."""
    element = action.element or Element()
    kind = "" if element.type.isdigit() else element.type
    read = next((way.ocr for way in action.ways if way.ocr and not way.beside), "")
    if text:
        return Fingerprint(type=kind, text=text)
    if not read or element.type in HOLDS or action.action in ("fill", "choose", "confirm"):
        return Fingerprint(type=kind)
    return Fingerprint(type=kind, text=read if len(read) <= LONGEST else "")


def _rank(way: Anchor) -> int:
    if way.role and not way.named:
        return 2  # whatever is the only one of its role now
    return {"role": 0, "label": 0, "text": 1, "ocr": 3, "image": 4, "point": 5}.get(way.way, 2)
