"""bilagsbot schedule, as a person types it."""

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from tests.workspaces import Bilagsbot

INVOICES, JOURNAL = "practice-invoices", "practice-journal"


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """A workspace of two bots, with no systemd and no home of the person who runs the tests."""
    make_workspace(tmp_path / "my books 100%")
    environment = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "DBUS_SESSION_BUS_ADDRESS": "unix:path=/0"}
    return Bilagsbot(tmp_path / "my books 100%", "practice", "ola", "practice-only", environment)


@pytest.fixture
def add(office: Bilagsbot) -> Callable[[str, str], None]:
    """Append a schedule to a bot's file."""

    def append(bot: str, schedule: str) -> None:
        with (office.workspace / "bots" / f"{bot}.yaml").open("a", encoding="utf-8") as file:
            file.write(f"schedule: {schedule}\n")

    return append


Add = Callable[[str, str], None]


def lines(office: Bilagsbot, *words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in office("schedule", *words, "--json").splitlines()]


def test_without_any_schedule_it_says_how_to_add_one(office: Bilagsbot) -> None:
    assert 'No bot has a schedule. Add one to its file, such as: schedule: "0 6 * * 1-5"' in office("schedule", "list")
    assert "No bot has a schedule." in office("schedule", "next")
    assert lines(office, "list") == lines(office, "next") == []


def test_list_has_every_bot_with_a_schedule(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '"*/10 * * * *"')
    (one,) = lines(office, "list")
    start = datetime.fromisoformat(str(one["next"]))
    assert (one["bot"], one["cron"], one["zone"]) == (INVOICES, ["*/10 * * * *"], "Europe/Oslo")
    assert (one["held_by"], one["passed_over"]) == ("", None)
    assert 0 < (start - datetime.now(UTC)).total_seconds() <= 600
    said = office("schedule", "list")
    assert INVOICES in said
    assert JOURNAL not in said


def test_next_says_what_is_passed_over_and_why(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '{cron: "0 6 24-27 12 *", business_days: true, closed: [24.12, "27.12"], missed: skip}')
    file = office.workspace / "bots" / f"{INVOICES}.yaml"
    said = office("schedule", "next", INVOICES, code=2)
    assert f"bots/{INVOICES}.yaml:{file.read_text(encoding='utf-8').count(chr(10))}: " in said
    assert "it never starts: 24 December is one of the closed days" in said
    file.write_text(file.read_text(encoding="utf-8").replace("24.12, ", "").replace("24-27", "24-28"), encoding="utf-8")
    found = lines(office, "next", INVOICES, "--count", "2")
    assert sum(bool(line["starts"]) for line in found) == 2
    whys = [str(line["why"]) for line in found if not line["starts"]]
    assert "25 December is a public holiday (Første juledag)" in whys
    assert "passed over: 25 December is a public holiday" in office("schedule", "next", INVOICES)


def test_next_of_all_bots_is_in_one_order(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '"0 * * * *"')
    add(JOURNAL, '{cron: "30 * * * *", zone: America/New_York}')
    found = lines(office, "next", "--count", "6")
    times = [datetime.fromisoformat(str(line["at"])) for line in found]
    assert times == sorted(times)
    assert [line["bot"] for line in found].count(JOURNAL) == 3


def test_many_times_passed_over_are_one_line(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '{cron: "* * * * *", blackout: [{from: "00:00", to: "23:59"}]}')
    found = lines(office, "next", "--count", "2")
    assert len(found) <= 4
    assert max(int(str(line.get("times", 1))) for line in found) == 1439
    assert "1439 times, to" in office("schedule", "next", "--count", "2")


def test_a_bot_is_paused_and_resumed(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '"0 6 * * *"')
    assert f"{INVOICES} is paused. Go on with: bilagsbot schedule resume" in office("schedule", "pause", INVOICES)
    assert "is paused already, by" in office("schedule", "pause", INVOICES)
    (one,) = lines(office, "list")
    assert one["held_by"]
    since = datetime.fromisoformat(str(one["held_since"]))
    assert abs((datetime.now(UTC) - since).total_seconds()) < 120
    assert "paused by" in office("schedule", "next")
    assert f"{INVOICES} starts next " in office("schedule", "resume", INVOICES)
    assert "was not paused" in office("schedule", "resume", INVOICES)
    assert lines(office, "list")[0]["held_since"] is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("next", "practise-invoices"), "Did you mean 'practice-invoices'?"),
        (("pause", "practise-invoices"), "Did you mean 'practice-invoices'?"),
        (("next", JOURNAL), "bots/practice-journal.yaml: this bot has no schedule: it starts only when a person runs"),
        (("pause", JOURNAL), "this bot has no schedule"),
        (("pause",), "whose schedule? Write: bilagsbot schedule pause BOT"),
        (("list", INVOICES), "'list' takes no bot. Write: bilagsbot schedule next practice-invoices"),
        (("install", INVOICES), "'install' takes no bot. One worker runs all bots."),
        (("lsit",), "there is no action 'lsit'. Did you mean 'list'?"),
        (("next", "--count", "0"), "--count"),
        ((), "Missing argument 'ACTION'"),
    ],
)
def test_a_wrong_word_gets_a_sentence(office: Bilagsbot, words: tuple[str, ...], said: str) -> None:
    assert said in " ".join(office("schedule", *words, code=2).split())


def test_a_mistake_in_one_bot_hides_no_other(office: Bilagsbot, add: Add) -> None:
    add(INVOICES, '"0 6 * * *"')
    add(JOURNAL, '{cron: "0 6 * * *", zone: Europe/Olso}')
    said = office("schedule", "list", code=2)
    assert "0 6 * * *" in said
    assert "there is no time zone 'Europe/Olso'. Did you mean 'Europe/Oslo'?" in said


@pytest.mark.skipif(sys.platform != "linux", reason="systemd and cron")
def test_where_no_systemd_answers_install_prints_what_to_do(office: Bilagsbot, tmp_path: Path) -> None:
    for words in ((), ("--print",)):
        said = office("schedule", "install", *words)
        assert ("nothing was installed" in said) is (words == ())
        folder = str(office.workspace).replace("%", "%%")
        assert f'worker --workspace "{folder}"\n' in said
        assert "EnvironmentFile=-%h/.config/bilagsbot/worker.env" in said
        assert r"100\%" in said
        assert "loginctl enable-linger" in said
    assert not (tmp_path / ".config").exists()


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for systemctl")
def test_install_says_where_the_log_is(office: Bilagsbot, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    systemctl = tmp_path / "bin" / "systemctl"
    systemctl.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    systemctl.chmod(0o755)
    office.environment["PATH"] = f"{systemctl.parent}:{os.environ['PATH']}"
    said = office("schedule", "install")
    assert (tmp_path / ".config/systemd/user/bilagsbot-my-books-100.service").is_file()
    assert "journalctl --user -u bilagsbot-my-books-100 -f" in said
    assert "loginctl enable-linger" in said
    assert "worker.env" in said
