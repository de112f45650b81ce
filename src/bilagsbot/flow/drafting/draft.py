"""Draft: a recording in, the texts of a flow, a selectors file and a bot out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bilagsbot.flow.drafting.bottext import bot_text
from bilagsbot.flow.drafting.columns import Column, columns, key_of
from bilagsbot.flow.drafting.crops import Crops
from bilagsbot.flow.drafting.desktop import flattened
from bilagsbot.flow.drafting.desktoptargets import DesktopTargets, tells_nothing, usual_window
from bilagsbot.flow.drafting.files import Parts, desktop_selectors_text, flow_text, selectors_text, with_targets
from bilagsbot.flow.drafting.folding import fold
from bilagsbot.flow.drafting.imported import with_elements
from bilagsbot.flow.drafting.leftovers import closing
from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.receipts import Receipts
from bilagsbot.flow.drafting.sections import Sections, split
from bilagsbot.flow.drafting.steps import Steps
from bilagsbot.flow.drafting.targets import Judge, Targets
from bilagsbot.flow.drafting.values import Values
from bilagsbot.flow.drafting.windows import Windows
from bilagsbot.flow.sample import SampleRows, as_read
from bilagsbot.model.recording import Recording
from bilagsbot.model.target import Selectors

NO_LOOKUP = "no lookup was recorded: an item whose confirmation is not seen has to be settled by a person"
NO_FILE_READ = f"{NO_LOOKUP}, unless find_row reads a file that the program saves, by 'file' with 'rows'"
NO_SUBMIT = "no click posts anything: put '- submit: TARGET' where it does"
GUESSED = "nobody said which click posts: is it the one under 'submit'?"


@dataclass(frozen=True)
class Draft:
    """The three texts; `selectors` is None where only a person can add to the file that is there. `reused` are the
    targets that the application had already, `pictures` the crops that new ones name."""

    flow: str
    selectors: str | None
    bot: str
    new: Sequence[str]
    reused: Sequence[str]
    pictures: Collection[str] = ()


@dataclass(frozen=True)
class Existing:
    """The selectors file that the application has."""

    text: str
    selectors: Selectors


def draft(
    recording: Recording, name: str, app: str, rows: SampleRows | None, judge: Judge | None, existing: Existing | None
) -> Draft:
    """Draft a flow for a web program. Without `rows` nothing becomes a column; without `judge` no way is tried on the
    recorded pages.

    Raises Unreachable where a recorded page cannot be shown.
    """
    targets = Targets(judge, existing.selectors if existing else None)
    flow, bot = _drafted(recording, name, app, rows, targets, desktop=False)
    if existing:
        frame = existing.selectors.frame
        selectors = with_targets(existing.text, targets.new, frame) if targets.new else existing.text
    else:
        selectors = selectors_text(app, targets.new)
    return Draft(flow, selectors, bot, [one.name for one in targets.new], targets.reused)


def draft_desktop(
    recording: Recording, name: str, app: str, rows: SampleRows | None, crops: Crops, existing: Existing | None
) -> Draft:
    """Draft a flow for a desktop program. Each way has been tried when it was recorded."""
    texts = {as_read(cell) for row in rows.keyed for cell in row.values()} if rows else set()
    windows = Windows(recording.actions, recording.head.program, texts)
    targets = DesktopTargets(windows, crops, existing.selectors if existing else None)
    recording = recording.model_copy(update={"actions": tuple(flattened(recording.actions, windows))})
    flow, bot = _drafted(recording, name, app, rows, targets, desktop=True)
    if existing:
        usual, window = existing.selectors.frame, existing.selectors.window
        selectors = with_targets(existing.text, targets.new, usual, window) if targets.new else existing.text
    else:
        window = usual_window(targets.new, windows)
        pictures = tells_nothing(recording.actions)
        selectors = desktop_selectors_text(app, targets.new, window, windows.doubt(window), pictures)
    return Draft(flow, selectors, bot, [one.name for one in targets.new], targets.reused, targets.pictures)


def _drafted(
    recording: Recording, name: str, app: str, rows: SampleRows | None, targets: Targets, desktop: bool
) -> tuple[str, str]:
    """The texts of the flow and of the bot; new targets gather in `targets`."""
    found = split(fold(with_elements(recording.actions)), desktop)
    known = columns(rows) if rows else []
    values, receipts = Values(known), Receipts()
    steps = Steps(targets, values, receipts, recording.head.url)
    sections = {"start": steps.of(found.start, login=True), "steps": steps.of(found.steps, found.again)}
    if desktop:
        sections["steps"] = [*closing(found.steps, targets), *sections["steps"]]
    values.row = values.likeliest_row([deed.action.value for deed in found.lookup])
    sections["lookup"] = steps.of(found.lookup)
    item, key, doubts = _item(known, values, sections, found, NO_FILE_READ if desktop else NO_LOOKUP)
    parts = Parts(
        name, app, recording.head.recording, item, key, receipts, sections,
        [column.header for column in known if column not in item], doubts,
    )  # fmt: skip
    bot = bot_text(name, app, recording.head, item, rows.sheet if rows else "", bool(sections["lookup"]))
    return flow_text(parts), bot


def _item(
    known: Sequence[Column], values: Values, sections: dict[str, list[Line]], found: Sections, no_lookup: str
) -> tuple[list[Column], list[str], dict[str, str]]:
    """The fields of an item, its key, and the doubts by part."""
    key, sure = key_of([column for column in known if column.name in values.used] or known)
    item = [column for column in known if column.name in values.used or column.name in key]
    doubts = {} if sure else {"key": "do these tell an item from all others, for ever?"}
    if found.guessed:
        doubts["steps"] = NO_SUBMIT if found.unposted else GUESSED
    if not sections["lookup"]:
        doubts["lookup"] = no_lookup
    return item, key, doubts
