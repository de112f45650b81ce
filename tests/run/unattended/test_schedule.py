"""When a schedule starts and when not: holidays, month ends, changes of the clock, mistakes in the bot's file."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import load_job
from bilagsbot.run.unattended.schedule import Schedule

BOT = "practice-invoices"


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Oslo"))


def schedule(**keys: object) -> Schedule:
    return Schedule.model_validate({"cron": "0 6 * * *", **keys})


def first(plan: Schedule, after: str, count: int) -> list[str]:
    return [at.isoformat(" ", "minutes") for at in islice(plan.starts(oslo(after)), count)]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-04-01", ""),  # the Wednesday before Easter
        ("2026-04-02", "2 April is a public holiday (Skjærtorsdag)"),
        ("2026-04-03", "3 April is a public holiday (Langfredag)"),
        ("2026-04-04", "4 April is a Saturday"),
        ("2026-04-05", "5 April is a public holiday (Første påskedag)"),
        ("2026-04-06", "6 April is a public holiday (Andre påskedag)"),
        ("2026-04-07", ""),
        ("2026-05-01", "1 May is a public holiday (Arbeidernes dag)"),
        ("2026-05-14", "14 May is a public holiday (Kristi himmelfartsdag)"),
        ("2026-05-17", "17 May is a public holiday (Grunnlovsdag)"),  # a Sunday
        ("2026-05-18", ""),  # and not moved to the Monday
        ("2026-05-25", "25 May is a public holiday (Andre pinsedag)"),
        ("2026-12-24", ""),
        ("2026-12-25", "25 December is a public holiday (Første juledag)"),
        ("2026-12-31", ""),
        ("2027-01-01", "1 January is a public holiday (Første nyttårsdag)"),
        ("2027-03-25", "25 March is a public holiday (Skjærtorsdag)"),
        ("2027-03-29", "29 March is a public holiday (Andre påskedag)"),
        ("2027-05-06", "6 May is a public holiday (Kristi himmelfartsdag)"),
        ("2027-05-17", "17 May is a public holiday (Andre pinsedag, Grunnlovsdag)"),
        ("2027-05-16", "16 May is a public holiday (Første pinsedag)"),
        ("2027-06-06", "6 June is a Sunday"),
    ],
)
def test_business_days(day: str, why: str) -> None:
    assert schedule(business_days=True).why_not(oslo(f"{day} 06:00")) == why
    assert schedule().why_not(oslo(f"{day} 06:00")) == ""


def test_easter_is_passed_over() -> None:
    assert first(schedule(business_days=True), "2027-03-23 12:00", 3) == [
        "2027-03-24 06:00+01:00",
        "2027-03-30 06:00+02:00",
        "2027-03-31 06:00+02:00",
    ]


@pytest.mark.parametrize(
    ("closed", "day", "is_closed"),
    [
        ([24.12, "31.12"], "2026-12-24", True),
        ([24.12, "31.12"], "2027-12-31", True),
        ("24.12.", "2026-12-23", False),
        (["2026-12-24"], "2026-12-24", True),
        (["2026-12-24"], "2027-12-24", False),
        (["31.10"], "2026-10-31", True),
        ([1.5], "2027-05-01", True),
        (["29.2"], "2028-02-29", True),
    ],
)
def test_closed_days(closed: object, day: str, is_closed: bool) -> None:
    said = schedule(closed=closed).why_not(oslo(f"{day} 06:00"))
    assert said.endswith("is one of the closed days") is is_closed


@pytest.mark.parametrize(
    ("window", "at", "why"),
    [
        ({"last_business_days": 2}, "2026-04-28 06:00", ""),
        ({"last_business_days": 2}, "2026-04-29 06:00", "29 April is in the month's last 2 business days"),
        ({"last_business_days": 2}, "2026-05-27 06:00", ""),  # 31 May is a Sunday
        ({"last_business_days": 2}, "2026-05-28 06:00", "28 May is in the month's last 2 business days"),
        ({"last_business_days": 2}, "2026-05-31 06:00", "31 May is in the month's last 2 business days"),
        ({"last_business_days": 1}, "2027-03-30 06:00", ""),  # Easter is over on the 29th
        ({"last_business_days": 1}, "2027-03-31 06:00", "31 March is in the month's last business day"),
        ({"first_business_days": 3}, "2027-01-01 06:00", "1 January is in the month's first 3 business days"),
        ({"first_business_days": 3}, "2027-01-06 06:00", "6 January is in the month's first 3 business days"),
        ({"first_business_days": 3}, "2027-01-07 06:00", ""),
        ({"from": "2026-12-24", "to": "2027-01-01"}, "2026-12-23 23:59", ""),
        ({"from": "2026-12-24", "to": "2027-01-01"}, "2027-01-01 23:59",
         "1 January is in the blackout from 2026-12-24 to 2027-01-01"),
        ({"from": "2026-12-24", "to": "2027-01-01"}, "2027-01-02 00:00", ""),
        ({"from": "22:00", "to": "05:00"}, "2026-06-01 21:59", ""),
        ({"from": "22:00", "to": "05:00"}, "2026-06-01 23:05", "the hours from 22:00 to 05:00 are blacked out"),
        ({"from": "22:00", "to": "05:00"}, "2026-06-01 04:59", "the hours from 22:00 to 05:00 are blacked out"),
        ({"from": "22:00", "to": "05:00"}, "2026-06-01 05:00", ""),
        ({"from": "11:00", "to": "12:00"}, "2026-06-01 11:30", "the hours from 11:00 to 12:00 are blacked out"),
    ],
)  # fmt: skip
def test_blackout(window: dict[str, object], at: str, why: str) -> None:
    assert schedule(blackout=[window]).why_not(oslo(at)) == why


def test_closed_days_are_no_business_days_of_a_month_end() -> None:
    keys = {"blackout": [{"last_business_days": 2}]}
    assert schedule(**keys).why_not(oslo("2026-12-29 06:00")) == ""
    assert schedule(**keys, closed=["31.12"]).why_not(oslo("2026-12-29 06:00")) != ""


@pytest.mark.parametrize(
    ("cron", "after", "starts"),
    [
        # Spring: 02:00 to 03:00 does not exist. What would start in it starts as much later, and nothing twice.
        ("30 2 * * *", "2026-03-28 12:00", ["2026-03-29 03:30+02:00", "2026-03-30 02:30+02:00"]),
        ("0 2,3 * * *", "2026-03-28 12:00", ["2026-03-29 03:00+02:00", "2026-03-30 02:00+02:00"]),
        ("30 * * * *", "2026-03-29 00:45", ["2026-03-29 01:30+01:00", "2026-03-29 03:30+02:00",
                                            "2026-03-29 04:30+02:00"]),
        # Autumn: 02:00 to 03:00 comes twice. The first counts, but what starts every hour goes on through both.
        ("30 2 * * *", "2026-10-24 12:00", ["2026-10-25 02:30+02:00", "2026-10-26 02:30+01:00"]),
        ("*/30 2 * * *", "2026-10-24 12:00", ["2026-10-25 02:00+02:00", "2026-10-25 02:30+02:00",
                                              "2026-10-26 02:00+01:00"]),
        ("30 * * * *", "2026-10-25 01:45", ["2026-10-25 02:30+02:00", "2026-10-25 02:30+01:00",
                                            "2026-10-25 03:30+01:00"]),
    ],
)  # fmt: skip
def test_nothing_is_doubled_or_lost_when_the_clocks_change(cron: str, after: str, starts: list[str]) -> None:
    plan = schedule(cron=cron)
    assert first(plan, after, len(starts)) == starts
    # One after another, each from the last: the worker asks so.
    at, found = oslo(after).astimezone(UTC), list[str]()
    for _ in starts:
        at = next(plan.starts(at))
        found.append(at.isoformat(" ", "minutes"))
        assert plan.last(at) == at
        assert plan.last(at + timedelta(seconds=59)) == at
    assert found == starts


def test_several_crons_in_one_order() -> None:
    plan = schedule(cron=["0 6 * * 1-5", "0 12 1 * *", "0 6 1 * *"])
    assert first(plan, "2026-07-30 12:00", 4) == [
        "2026-07-31 06:00+02:00",
        "2026-08-01 06:00+02:00",
        "2026-08-01 12:00+02:00",
        "2026-08-03 06:00+02:00",
    ]


def test_the_zone_is_the_schedules() -> None:
    at = next(schedule(zone="America/New_York").starts(oslo("2026-07-01 00:00")))
    assert at.isoformat() == "2026-07-01T06:00:00-04:00"


def test_what_is_passed_over_says_why() -> None:
    slots = schedule(business_days=True).slots(oslo("2026-12-24 12:00"))
    assert [slot.why for slot in islice(slots, 4)] == [
        "25 December is a public holiday (Første juledag)",
        "26 December is a public holiday (Andre juledag)",
        "27 December is a Sunday",
        "",
    ]


def test_the_last_start_may_be_long_ago_or_never() -> None:
    assert schedule(cron="0 6 1 7 *").last(oslo("2027-06-30 12:00")) == oslo("2026-07-01 06:00")
    never_yet = schedule(blackout=[{"from": "2020-01-01", "to": "2026-06-30"}])
    assert never_yet.last(oslo("2026-06-30 12:00")) is None
    assert never_yet.last(oslo("2026-07-01 12:00")) == oslo("2026-07-01 06:00")


@pytest.mark.parametrize(
    ("keys", "since", "now", "due"),
    [
        ({}, "2026-11-23 06:00", "2026-11-24 05:59", None),
        ({}, "2026-11-23 06:00", "2026-11-24 06:00", "2026-11-24 06:00"),
        ({}, "2026-11-24 06:00", "2026-11-24 06:00", None),
        ({}, "2026-11-20 06:00", "2026-11-24 09:00", "2026-11-24 06:00"),  # the newest of four
        ({"missed": "skip"}, "2026-11-20 06:00", "2026-11-24 09:00", None),
        ({"missed": "skip"}, "2026-11-20 06:00", "2026-11-24 06:15", "2026-11-24 06:00"),
        ({"missed": "skip"}, "2026-11-20 06:00", "2026-11-24 06:16", None),
        ({"missed": "skip", "grace": 60}, "2026-11-20 06:00", "2026-11-24 07:00", "2026-11-24 06:00"),
        ({"business_days": True}, "2026-11-26 06:00", "2026-11-28 09:00", None),  # Friday's, but it is Saturday
        ({"business_days": True}, "2026-11-26 06:00", "2026-11-30 05:00", "2026-11-27 06:00"),
    ],
)
def test_missed_starts(keys: dict[str, object], since: str, now: str, due: str | None) -> None:
    assert schedule(**keys).due(oslo(since), oslo(now)) == (oslo(due) if due else None)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as `init` makes it."""
    make_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def add(workspace: Path, text: str) -> int:
    """Append to the bot's file; gives the line on which it begins."""
    file = workspace / "bots" / f"{BOT}.yaml"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}{text}\n", encoding="utf-8")
    return before.count("\n") + 1


def test_the_short_form_is_the_cron(workspace: Path) -> None:
    add(workspace, 'schedule: "0  6 * * 1-5"')
    plan = load_job(workspace, BOT).bot.schedule
    assert plan == schedule(cron="0 6 * * 1-5")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schedule:", "it has no value. Write a cron such as"),
        ('schedule: "0 6 * *"', "'0 6 * *' has 4 fields. A cron has five: minute, hour"),
        ('schedule: "0 6 * * 1-5 2026"', "has 6 fields"),
        ('schedule: "60 6 * * *"', "'60 6 * * *' is no cron: it is not acceptable, out of range."),
        ('schedule: "6 oclock * * *"', "is no cron"),
        ('schedule: "H 6 * * *"', "'H' is not the same time everywhere"),
        ("schedule: 6", "'schedule' is a mapping, not 6."),
        ('schedule: "0 6 31 2 *"', "it never starts: within two years no day fits the cron"),
        ('schedule: {cron: "0 6 * * 6", business_days: true}', "it never starts: "),
        ('schedule: {cron: "0 23 * * *", blackout: [{from: "22:00", to: "05:00"}]}',
         "it never starts: the hours from 22:00 to 05:00 are blacked out, and every other"),
        ('schedule: {cron: "0 6 28-31 * *", blackout: [{last_business_days: 20}]}', "it never starts: "),
        ("schedule: {zone: Europe/Oslo}", "'cron' is missing."),
        ('schedule: {cron: "0 6 * * *", zone: Europe/Olso}', "no time zone 'Europe/Olso'. Did you mean 'Europe/Oslo'?"),
        ('schedule: {cron: "0 6 * * *", zone: oslo}', "no time zone 'oslo'. Did you mean 'Europe/Oslo'?"),
        ('schedule: {cron: "0 6 * * *", zone: Europe}', "no time zone 'Europe'"),
        ('schedule: {cron: "0 6 * * *", bussiness_days: true}', "Did you mean 'business_days'?"),
        ('schedule: {cron: "0 6 * * *", missed: later}', "'missed' cannot be 'later'. Known: run, skip."),
        ('schedule: {cron: "0 6 * * *", grace: -1}', "'grace' is too small"),
        ('schedule: {cron: "0 6 * * *", closed: [31.1]}', '31.1 may be January or October. Put it in quotes: "31.10"'),
        ('schedule: {cron: "0 6 * * *", closed: ["31.02"]}', "'31.02' is no day. Write 24.12"),
        ('schedule: {cron: "0 6 * * *", blackout: [{}]}', "a window is one of {last_business_days: 2}"),
        ('schedule: {cron: "0 6 * * *", blackout: [{last_business_days: 2, from: "22:00", to: "05:00"}]}',
         "Write each as an entry of its own"),
        ('schedule: {cron: "0 6 * * *", blackout: [{last_days: 2}]}', "unknown key 'last_days'"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: "22:00"}]}', "'from' and 'to' go together. Add 'to'"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: 2027-01-01, to: 2026-12-24}]}',
         "'from' (2027-01-01) is after 'to' (2026-12-24)"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: 2026-12-24, to: "05:00"}]}', "two dates, or two times"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: 2026-02-30, to: 2026-03-01}]}', "'2026-02-30' is no date"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: "22:00", to: noon}]}', "'noon' is no time of day"),
        ('schedule: {cron: "0 6 * * *", blackout: [{from: "22:00", to: "22:00"}]}', "no time at all"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_schedule(workspace: Path, text: str, said: str) -> None:
    line = add(workspace, text)
    with pytest.raises(BadInput) as bad:
        load_job(workspace, BOT)
    assert said in str(bad.value)
    assert all(mistake.where == f"bots/{BOT}.yaml:{line}" for mistake in bad.value.mistakes)


def test_all_mistakes_at_once_each_at_its_line(workspace: Path) -> None:
    line = add(workspace, 'schedule:\n  cron:\n    - "0 6 * * *"\n    - hei\n  zone: Europe/Olso\n  closed: [32.12]\n'
                          "  blackout:\n    - {first_business_days: 3}\n    - {first_business_days: 0}")  # fmt: skip
    with pytest.raises(BadInput) as bad:
        load_job(workspace, BOT)
    assert [int(mistake.where.rpartition(":")[2]) - line for mistake in bad.value.mistakes] == [3, 4, 5, 8]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("hours: always", "'always' are no hours"),
        ('hours: ["07:00-17:00", "mon-fry 07:00-17:00"]', "'fry' is no weekday. Did you mean 'fri'?"),
        ("zone: Mars", "no time zone 'Mars'"),
        ("rate: 0", "'rate' is too small: 0. Write 1 or more."),
        ("rate: 1.5", "'rate' is a whole number, not 1.5."),
    ],
)
def test_a_mistake_in_the_hours_of_a_target(workspace: Path, key: str, said: str) -> None:
    file = workspace / "bots" / f"{BOT}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("settle: 5", key), encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_job(workspace, BOT)
    (mistake,) = bad.value.mistakes
    assert mistake.where == f"bots/{BOT}.yaml:3"
    assert said in str(mistake)


def test_the_hours_and_the_rate_of_a_target(workspace: Path) -> None:
    file = workspace / "bots" / f"{BOT}.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("settle: 5", "hours: mon-fri 07:00-17:00, rate: 30"), encoding="utf-8")
    target = load_job(workspace, BOT).bot.target
    assert (target.rate, target.zone) == (30, "Europe/Oslo")
    assert target.opening.opens(oslo("2026-11-27 18:00")) == oslo("2026-11-30 07:00")


def test_a_bot_without_a_schedule_loads_no_calendar(workspace: Path) -> None:
    script = f"""import sys; from pathlib import Path; from bilagsbot.run.bot import load_job
load_job(Path({str(workspace)!r}), {BOT!r})
print({{"croniter", "holidays", "sqlalchemy", "dbos"}} & set(sys.modules))"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
