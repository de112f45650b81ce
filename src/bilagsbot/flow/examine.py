"""Whether the parts of a flow fit together: its steps with its fields, its receipt, and the selectors file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bilagsbot.flow.driverwords import WEB_STEPS
from bilagsbot.flow.flow import Specs, at_odds
from bilagsbot.flow.stepreader import Place, StepReader
from bilagsbot.flow.templatecheck import Names, asked_targets, is_template, problems
from bilagsbot.model.errors import suggest
from bilagsbot.steps.capture import Capture
from bilagsbot.steps.download import Download
from bilagsbot.steps.find_row import FindRow


@dataclass(frozen=True)
class Parts:
    """What is known of a flow file, also where other parts of it have mistakes."""

    document: Mapping[str, object]
    item: Specs
    lines: Specs
    app: str
    targets: Mapping[str, list[str]] | None  # each target's templates; None where the selectors file cannot be read
    driver: str = "web"


def examine(reader: StepReader, parts: Parts) -> None:
    """Note every mistake between the parts in the reader's files."""
    for path, what, instead in at_odds(parts.item, parts.lines, _texts(parts, "key"), _text(parts, "sum")):
        reader.main.wrong(path, what, instead)
    _checks(reader, parts)
    for place in reader.places:
        _templates(place, parts)
        _targets(place, parts)
        _receipts(place, parts)
        _position(place, parts)
    _submits(reader, parts)
    _never_captured(reader, parts)
    expired = _text(parts, "expired")
    if expired and parts.targets is not None and expired not in parts.targets:
        reader.main.wrong(("expired",), *_no_target(expired, parts))


def names(parts: Parts, section: str, looped: bool) -> dict[str, Collection[str] | None]:
    """The names that templates may use in a section, with their attributes."""
    known: dict[str, Collection[str] | None] = {
        "client": None, "workspace": None, "target": ["url", "file"], "login": ["username", "password"],
    }  # fmt: skip
    if section != "start":  # which runs once a session, whatever the item
        known["item"] = [*parts.item, "lines"]
    if looped:
        known |= {"line": [*parts.lines], "n": None}
    return known


def _checks(reader: StepReader, parts: Parts) -> None:
    checks = parts.document.get("checks")
    for i, check in enumerate(checks if isinstance(checks, list) else []):
        for key in ("that", "say"):
            text = check.get(key) if isinstance(check, dict) else None
            if isinstance(text, str):
                item: Names = {"item": [*parts.item, "lines"]}
                for wrong in problems(text, item, key == "that", parts.lines):
                    reader.main.wrong(("checks", i, key), *wrong)


def _templates(place: Place, parts: Parts) -> None:
    known = names(parts, place.section, place.looped)
    for path, text in place.texts():
        when = path == (*place.path, "when") or path == (*place.path, place.verb, "when")
        if when or is_template(text):
            for wrong in problems(text, {**known, "shows": None} if when else known, when, parts.lines):
                place.file.wrong(path, *wrong)
        for target in asked_targets(text) if when else []:
            if parts.targets is not None and target not in parts.targets:
                place.file.wrong(path, *_no_target(target, parts))


def _targets(place: Place, parts: Parts) -> None:
    for target in place.step.targets() if place.step and parts.targets is not None else []:
        assert parts.targets is not None
        if target not in parts.targets:
            place.file.wrong(place.named(target), *_no_target(target, parts))
        for text in parts.targets.get(target, []):
            for what, instead in problems(text, names(parts, place.section, place.looped), lines=parts.lines):
                place.file.wrong(place.named(target), f"the target '{target}' cannot be found here: {what}", instead)


def _no_target(target: str, parts: Parts) -> tuple[str, str]:
    return f"no target '{target}' in selectors/{parts.app}.yaml.", suggest(target, parts.targets or ())


def _receipts(place: Place, parts: Parts) -> None:
    known = parts.document.get("receipt")
    if not isinstance(known, dict) or not known:
        return
    for field in _captured(place):
        if field not in known:
            what = f"'receipt' has no field '{field}'."
            place.file.wrong(place.named(field), what, f"{suggest(field, known)} Or add '{field}: text' to 'receipt'.")


def _captured(place: Place) -> Iterator[str]:
    if isinstance(place.step, Capture):
        yield from place.step.fields
    elif isinstance(place.step, FindRow):
        yield from place.step.receipt
    elif isinstance(place.step, Download) and place.step.receipt:
        yield place.step.receipt


def _position(place: Place, parts: Parts) -> None:
    at = (*place.path, place.verb)
    if parts.driver == "desktop" and place.verb in WEB_STEPS:
        place.file.wrong(at, f"'{place.verb}' is for web programs.", WEB_STEPS[place.verb])
    if place.verb == "for_each" and not parts.lines:
        place.file.wrong(at, "the flow has no lines to go through.", "Add 'lines:' beside 'item:', with their fields.")
    if place.verb == "submit" and place.section != "steps":
        place.file.wrong(at, f"'{place.section}' must not post anything.", "Write 'submit' in 'steps' only.")
    elif place.verb == "submit" and place.looped:
        place.file.wrong(at, "this would post once a line.", "Write 'submit' after the for_each, not within it.")


def _submits(reader: StepReader, parts: Parts) -> None:
    found = [place for place in reader.places if place.verb == "submit" and place.section == "steps"]
    for place in found[1:]:
        what = f"the flow has {len(found)} submit steps; the first is at {found[0].file.at(found[0].path)}."
        place.file.wrong((*place.path, "submit"), what, "Write exactly one '- submit: TARGET'.")
    if not found and reader.sound and isinstance(parts.document.get("steps"), list) and parts.document["steps"]:
        reader.main.wrong(("steps",), "no step posts the item.", "Write exactly one '- submit: TARGET'.")


def _never_captured(reader: StepReader, parts: Parts) -> None:
    receipt = parts.document.get("receipt")
    captured = {field for place in reader.places for field in _captured(place)}
    if not isinstance(receipt, dict) or not reader.sound or not reader.places or captured - receipt.keys():
        return
    for field in receipt:
        if field not in captured:
            what = f"no step captures '{field}', so no item would ever count as posted."
            reader.main.wrong(("receipt", field), what, "Add a 'capture' or 'find_row' step that reads it.")


def _text(parts: Parts, key: str) -> str:
    value = parts.document.get(key)
    return value if isinstance(value, str) else ""


def _texts(parts: Parts, key: str) -> tuple[str, ...]:
    value = parts.document.get(key)
    listed = value if isinstance(value, list) else [value]
    return tuple(entry for entry in listed if isinstance(entry, str))
