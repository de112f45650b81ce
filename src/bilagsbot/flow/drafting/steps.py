"""Steps: each deed as a step of a flow, with what a person should look at beside it."""

import re
from collections.abc import Sequence

from bilagsbot.flow.drafting.folding import Deed
from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.receipts import Receipts
from bilagsbot.flow.drafting.targets import Targets
from bilagsbot.flow.drafting.typed import kind_of, origin_of
from bilagsbot.flow.drafting.values import Origin, Values
from bilagsbot.flow.drafting.wording import part
from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import Kind

POSTS = "this key posts, which only a click does safely: write '- submit: TARGET' of the button that it presses"


class Steps:
    """Makes steps of deeds; targets and receipt fields gather on the way."""

    def __init__(self, targets: Targets, values: Values, receipts: Receipts, root: str) -> None:
        self._targets, self._values, self._receipts, self._root = targets, values, receipts, root

    def of(self, deeds: Sequence[Deed], again: Sequence[Sequence[Deed]] = (), login: bool = False) -> list[Line]:
        """The steps of one section. `again` are the deeds of the items keyed after the first."""
        lines: list[Line] = []
        for i, deed in enumerate(deeds):
            others = [twin for row in again if (twin := _twin(deed, i, deeds, row))]
            lines += [Line("dialog", *_answer(dialog)) for dialog in deed.dialogs]
            lines += self._login(deed, deeds[i + 1 :]) if login else self._one(deed, others)
        return _joined(lines)

    def _one(self, deed: Deed, others: Sequence[Deed]) -> list[Line]:
        action = deed.action
        match deed.verb:
            case "open":
                return [Line("open", self._address(action.url))]
            case "fill" | "choose" | "upload" | "expect":
                return self._valued(deed, others)
            case "check":
                return [Line("check", {self._targets.of(action): action.value == "true"})]
            case "press":
                return self._press(action)
            case "confirm":
                return self._receipts.told(action, self._targets, self._values, [one.action for one in others])
            case "unmapped":
                return [Line("#", _not_taken(action))]
            case "popup" | "download":
                return self._pressing(deed)
        return self._pressing(deed)

    def _pressing(self, deed: Deed) -> list[Line]:
        action, element = deed.action, deed.element
        if element.spot and deed.verb == "click" and not action.submits and element.tag != "input":
            return [self._in_row(deed)]
        text = (
            self._values.cell(element.text) if not action.submits and element.tag not in ("input", "button") else None
        )
        name = self._targets.of(
            action, text=text[1] if text else "", name=f"{_last(action)}{text[0].name}" if text else ""
        )
        doubt = {"": "it was clicked twice"} if deed.twice else {}
        if deed.verb == "popup":
            said: dict[str, object] = {"opener": name} if deed.closes else {"opener": name, "closes": False}
            return [Line("popup", said if not deed.closes else name, inner=self.of(deed.inner))]
        if deed.verb == "download":
            return [Line("download", {"on": name}, doubts=doubt)]
        return [Line("submit" if action.submits else "click", name, doubts=doubt)]

    def _in_row(self, deed: Deed) -> Line:
        """A click in a row of a table: the row is found by the cells that the workbook has too."""
        spot = deed.element.spot
        assert spot
        where, _ = self._receipts.where(spot, self._values)
        doubt = {} if where else {"": "no cell of this row is in the workbook: how is the row told from others?"}
        if not where:
            header, cell = next((h, c) for h, c in zip(spot.headers, spot.cells, strict=True) if c)
            where = {header: cell}
        said: dict[str, object] = {"in": self._targets.table(deed.action, spot.ways), "where": where,
                                   "click": spot.headers[spot.column]}  # fmt: skip
        return Line("find_row", said, doubts=doubt)

    def _valued(self, deed: Deed, others: Sequence[Deed]) -> list[Line]:
        action = deed.action
        origin = origin_of(deed, others, self._values)
        name = self._targets.of(action, *self._shown(deed, origin))
        doubts = {name: origin.doubt} if origin.doubt else {}
        if deed.verb == "upload" and not origin.column:
            doubts = {name: "which file? The browser does not tell its folder"}
        when = f"item.{origin.column.name}" if origin.column and not origin.column.required else ""
        return [Line("choose" if deed.suggested else deed.verb, {name: origin.template}, when, doubts=doubts)]

    def _shown(self, deed: Deed, origin: Origin) -> tuple[str, Kind, str]:
        """The name, the kind and the text of a target; what a desktop program shows is found by what it says."""
        says = deed.verb == "expect" and not deed.element.tag and deed.element.text == deed.action.value
        if says and origin.column:
            return f"{_last(deed.action)}{origin.column.name}", kind_of(origin), origin.template
        return "", kind_of(origin), ""

    def _press(self, action: Action) -> list[Line]:
        doubts = {"": POSTS} if action.submits else {}
        if action.element or action.ways:
            said: dict[str, object] = {"key": action.value, "on": self._targets.of(action)}
            return [Line("press", said, doubts=doubts)]
        return [Line("press", {"key": action.value}, doubts=doubts)]

    def _login(self, deed: Deed, later: Sequence[Deed]) -> list[Line]:
        """A step of the login: what is typed there comes from the keyring."""
        action = deed.action
        if deed.verb == "fill" and action.secret:
            return [Line("fill", {self._targets.of(action, "login.password"): "{{ login.password }}"})]
        if deed.verb == "fill" and any(one.action.secret for one in later):
            return [Line("fill", {self._targets.of(action, "login.user"): "{{ login.username }}"})]
        if deed.verb == "click" and deed.loads and not any(one.action.secret for one in later):
            return [Line("click", self._targets.of(action, "login.submit" if deed.action.loads else ""))]
        return self._one(deed, [])

    def _address(self, url: str) -> str:
        return "{{ target.url }}" if url in ("", self._root) else url


def _twin(deed: Deed, i: int, deeds: Sequence[Deed], row: Sequence[Deed]) -> Deed | None:
    """The same deed in another item's row: the one with as many of its kind before it."""

    def like(one: Deed) -> bool:
        return one.verb == deed.verb and _id(one.element) == _id(deed.element)

    before = sum(like(one) for one in deeds[:i])
    return next((one for k, one in enumerate(filter(like, row)) if k == before), None)


def _id(element: Element) -> tuple[str, ...]:
    return element.tag, element.name, element.label, element.cell, element.css if not element.name else ""


def _last(action: Action) -> str:
    if action.element and not action.element.tag and action.element.heading:  # on a desktop that is its window
        return f"{action.element.heading}."
    return f"{action.frame[-1]}." if action.frame else "page."


def _not_taken(action: Action) -> str:
    where = f" from {action.source}" if action.source else ""
    on = f" on {part(action.element)}" if action.element and not where else ""
    return f"not taken over{where}: {action.value}{on}"


def _answer(dialog: Action) -> tuple[dict[str, object]]:
    said: dict[str, object] = {"answer": "accept" if dialog.accept is not False else "dismiss"}
    # What it says may hold a number of this item; the words before it are the same each time.
    if words := re.split(r"\d", dialog.value)[0].strip():
        said["says"] = words
    if dialog.dialog == "prompt" and dialog.option:
        said["text"] = dialog.option
    return (said,)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Fields that are filled one after the other are one step."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last and last.verb == line.verb and line.verb in ("fill", "check", "expect") and last.when == line.when
            and isinstance(last.said, dict) and isinstance(line.said, dict) and not set(last.said) & set(line.said)
        ):  # fmt: skip
            last.said.update(line.said)
            last.doubts.update(line.doubts)
        else:
            joined.append(line)
    return joined
