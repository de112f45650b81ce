"""Draft: a recording in, the texts of a flow, a selectors file and a bot out."""

from collections.abc import Sequence
from dataclasses import dataclass

from bilagsbot.flow.drafting.columns import Column, columns, key_of
from bilagsbot.flow.drafting.files import Parts, bot_text, flow_text, selectors_text, with_targets
from bilagsbot.flow.drafting.folding import fold
from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.receipts import Receipts
from bilagsbot.flow.drafting.sections import Sections, split
from bilagsbot.flow.drafting.steps import Steps
from bilagsbot.flow.drafting.targets import Judge, Targets
from bilagsbot.flow.drafting.values import Values
from bilagsbot.flow.sample import SampleRows
from bilagsbot.model.recording import Recording
from bilagsbot.model.target import Selectors

NO_LOOKUP = "no lookup was recorded: an item whose confirmation is not seen has to be settled by a person"
NO_SUBMIT = "no click posts anything: put '- submit: TARGET' where it does"
GUESSED = "nobody said which click posts: is it the one under 'submit'?"


@dataclass(frozen=True)
class Draft:
    """The three texts; `selectors` is None where only a person can add to the file that is there. `reused` are the
    targets that the application had already."""

    flow: str
    selectors: str | None
    bot: str
    new: Sequence[str]
    reused: Sequence[str]


@dataclass(frozen=True)
class Existing:
    """The selectors file that the application has."""

    text: str
    selectors: Selectors


def draft(
    recording: Recording, name: str, app: str, rows: SampleRows | None, judge: Judge | None, existing: Existing | None
) -> Draft:
    """Draft a flow. Without `rows` nothing becomes a column; without `judge` no way is tried on the recorded pages.

    Raises Unreachable where a recorded page cannot be shown.
    """
    found = split(fold(recording.actions))
    known = columns(rows) if rows else []
    targets, values, receipts = Targets(judge, existing.selectors if existing else None), Values(known), Receipts()
    steps = Steps(targets, values, receipts, recording.head.url)
    sections = {"start": steps.of(found.start, login=True), "steps": steps.of(found.steps, found.again)}
    values.row = values.likeliest_row([deed.action.value for deed in found.lookup])
    sections["lookup"] = steps.of(found.lookup)
    item, key, doubts = _item(known, values, sections, found)
    parts = Parts(
        name, app, recording.head.recording, item, key, receipts, sections,
        [column.header for column in known if column not in item], doubts,
    )  # fmt: skip
    selectors = selectors_text(app, targets.new)
    if existing:
        frame = existing.selectors.frame
        selectors_or_none = with_targets(existing.text, targets.new, frame) if targets.new else existing.text
    else:
        selectors_or_none = selectors
    bot = bot_text(name, app, recording.head, item, rows.sheet if rows else "", bool(sections["lookup"]))
    return Draft(flow_text(parts), selectors_or_none, bot, [one.name for one in targets.new], targets.reused)


def _item(
    known: Sequence[Column], values: Values, sections: dict[str, list[Line]], found: Sections
) -> tuple[list[Column], list[str], dict[str, str]]:
    """The fields of an item, its key, and the doubts by part."""
    key, sure = key_of([column for column in known if column.name in values.used] or known)
    item = [column for column in known if column.name in values.used or column.name in key]
    doubts = {} if sure else {"key": "do these tell an item from all others, for ever?"}
    if found.guessed:
        doubts["steps"] = NO_SUBMIT if found.unposted else GUESSED
    if not sections["lookup"]:
        doubts["lookup"] = NO_LOOKUP
    return item, key, doubts
