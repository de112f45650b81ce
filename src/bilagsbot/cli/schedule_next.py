"""schedule next: the coming starts, and what is passed over and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import groupby
from pathlib import Path

from bilagsbot.cli.jsonlines import as_json
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.run.bot import bot_names, load_job
from bilagsbot.run.launch import open_store
from bilagsbot.run.unattended.businessdays import DAYS
from bilagsbot.run.unattended.holding import held
from bilagsbot.run.unattended.schedule import Schedule

ADD = 'Add one to its file, such as: schedule: "0 6 * * 1-5"'


@dataclass(frozen=True)
class Planned:
    """A bot's schedule, and who paused it since when."""

    bot: str
    schedule: Schedule
    held_by: str = ""
    held_since: datetime | None = None


@dataclass(frozen=True)
class Coming:
    """A start; or so many times in a row, up to `last`, that are passed over for one reason."""

    at: datetime
    plan: Planned
    why: str
    times: int
    last: datetime


def plan(folder: Path, bot: str = "") -> tuple[list[Planned], list[Mistake]]:
    """The schedules of one bot or of all that have one, and every mistake in the others' files."""
    plans, mistakes = list[Planned](), list[Mistake]()
    store = open_store(folder)
    try:
        paused = held(store)
    finally:
        store.close()
    for name in [bot] if bot else bot_names(folder):
        try:
            schedule = load_job(folder, name).bot.schedule
        except BadInput as bad:
            mistakes += bad.mistakes
            continue
        if schedule:
            by, at = paused.get(name, ("", 0.0))
            plans.append(Planned(name, schedule, by, datetime.fromtimestamp(at, UTC) if by else None))
        elif bot:
            what = "this bot has no schedule: it starts only when a person runs it."
            mistakes.append(Mistake(f"bots/{bot}.yaml", what, ADD))
    return plans, list(dict.fromkeys(mistakes))


def shown(at: datetime) -> str:
    """A time as people here write it, with its distance from UTC."""
    return f"{DAYS[at.weekday()][:3]} {at:%d.%m.%Y %H:%M %z}"


def next_starts(folder: Path, bot: str, count: int, json_: bool) -> None:
    """Print the next starts of one bot or of all, with what is passed over before them. Raises BadInput."""
    plans, mistakes = plan(folder, bot)
    now = datetime.now(UTC)
    found = merge(*(_coming(one, now) for one in plans), key=lambda coming: coming.at.astimezone(UTC))
    for coming in found:
        print(as_json(_line(coming)) if json_ else _sentence(coming))
        count -= not coming.why
        if count == 0:
            break
    if not plans and not mistakes and not json_:
        print(f"No bot has a schedule. {ADD}")
    if mistakes:
        raise BadInput(mistakes)


def _coming(one: Planned, now: datetime) -> Iterator[Coming]:
    for why, slots in groupby(one.schedule.slots(now), key=lambda slot: slot.why):
        if not why:
            yield from (Coming(slot.at, one, "", 1, slot.at) for slot in slots)
            continue
        passed = list(slots)
        yield Coming(passed[0].at, one, why, len(passed), passed[-1].at)


def _line(coming: Coming) -> dict[str, object]:
    held_by = coming.plan.held_by
    line = {"bot": coming.plan.bot, "at": coming.at.isoformat(), "starts": not coming.why, "held_by": held_by}
    if coming.why:
        line |= {"why": coming.why, "times": coming.times, "last": coming.last.isoformat()}
    return line


def _sentence(coming: Coming) -> str:
    text = f"{shown(coming.at)}  {coming.plan.bot}"
    if coming.why:
        several = f" ({coming.times} times, to {shown(coming.last)})" if coming.times > 1 else ""
        return f"{text}  passed over: {coming.why}{several}"
    return f"{text}  paused by {coming.plan.held_by}" if coming.plan.held_by else text
