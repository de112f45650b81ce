"""bilagsbot check, as its user meets it: every mistake at once, exit code 2, never a traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bilagsbot.cli.init import make_workspace

PROGRAM = Path(sys.executable).with_name("bilagsbot")
BOT = "practice-invoices"
# Ten mistakes of ten kinds: cell, value, and parts of the sentence.
TEN = {
    "A3": (None, ("column A (Fakturanr): is empty.", "Write text.")),
    "B4": ("Ås\tAS", ("column B (Leverandør): ", "has a tab.", "Write a space")),
    "C5": ("31.02.2026", ("column C (Fakturadato): ", "February 2026 has 28 days.", "Write the date as 31.12.2026.")),
    "D6": ("om 30 dager", ("column D (Forfall): 'om 30 dager' is not a date.", "Write the date as 31.12.2026.")),
    "E7": ("1.234", ("column E (Beløp): ", "is ambiguous", "Write 1234,00 or 1,23.")),
    "E8": ("#REF!", ("column E (Beløp): ", "is an error from a formula.", "Correct the formula")),
    "E9": ("=E8*1.25", ("column E (Beløp): ", "holds a formula whose result is not in the file.", "Open it in Excel")),
    "F10": ("43", ("column F (Konto): ", "is not written the way", "Write the account's four digits.")),
    "G11": ("99", ("column G (Mva-kode): ", "'99'", "Write")),
    "H12": (12345678903, ("column H (KID): ", "is a KID as a number", "Format the cell as text")),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as `init` makes it."""
    make_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def check(workspace: Path, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `bilagsbot check` there."""
    done = subprocess.run(
        [str(PROGRAM), "check", *words], cwd=workspace, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, **environment},
    )  # fmt: skip
    assert "Traceback" not in done.stdout + done.stderr
    assert "Internal error" not in done.stderr
    return done


def spoil(workspace: Path) -> None:
    """Write ten mistakes into the sample workbook."""
    book = load_workbook(workspace / "inbox/fakturaer.xlsx")
    for cell, (value, _) in TEN.items():
        book["Fakturaer"][cell] = value
    book.save(workspace / "inbox/fakturaer.xlsx")


def test_right_files_are_ready(workspace: Path) -> None:
    done = check(workspace)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("practice-invoices: 25 items in 25 rows, ")
    assert second.startswith("practice-journal: 10 items in 29 rows, ")
    assert not (workspace / ".bilagsbot").exists()


def test_ten_mistakes_in_one_workbook_come_at_once(workspace: Path) -> None:
    spoil(workspace)
    done = check(workspace, BOT)
    assert (done.returncode, done.stdout) == (2, "")
    *lines, empty, last = done.stderr.splitlines()
    assert (len(lines), empty, last) == (10, "", "10 mistakes. Nothing was keyed.")
    for said, (cell, (_, parts)) in zip(lines, TEN.items(), strict=True):
        assert said.startswith(f"fakturaer.xlsx, sheet Fakturaer, row {cell[1:]}, column {cell[0]} (")
        assert all(part in said for part in parts), said


def test_json_gives_a_line_a_mistake(workspace: Path) -> None:
    spoil(workspace)
    done = check(workspace, BOT, "--json")
    assert (done.returncode, done.stderr) == (2, "")
    mistakes = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(mistakes) == 10
    for mistake, (cell, _) in zip(mistakes, TEN.items(), strict=True):
        assert mistake.keys() == {"where", "what", "instead"}
        assert f", row {cell[1:]}, column {cell[0]} (" in mistake["where"]
        assert mistake["what"]
        assert mistake["instead"]


@pytest.mark.parametrize("command", ["run", "rehearse"])
def test_run_and_rehearse_give_the_same_json_as_check(workspace: Path, command: str) -> None:
    spoil(workspace)
    done = subprocess.run(
        [str(PROGRAM), command, BOT, "--json"], cwd=workspace, capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout == check(workspace, BOT, "--json").stdout


def test_json_of_a_bot_that_is_not_there(workspace: Path) -> None:
    done = check(workspace, "practice-invoice", "--json")
    assert (done.returncode, done.stderr) == (2, "")
    assert json.loads(done.stdout) == {
        "where": "bots/practice-invoice.yaml", "what": "there is no such bot.",
        "instead": "Did you mean 'practice-invoices'?",
    }  # fmt: skip


def test_json_of_right_files_is_nothing(workspace: Path) -> None:
    done = check(workspace, "--json")
    assert (done.returncode, done.stdout) == (0, "")


def test_mistakes_of_two_bots_come_together_and_shared_ones_once(workspace: Path) -> None:
    selectors = workspace / "selectors/practice.yaml"
    selectors.write_text(
        selectors.read_text(encoding="utf-8").replace("frame: hoved", "fram: hoved", 1), encoding="utf-8"
    )
    bot = workspace / "bots/practice-journal.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace("client:", "clinet:"), encoding="utf-8")
    done = check(workspace)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "selectors/practice.yaml:3: unknown key 'fram'. Did you mean 'frame'?",
        "bots/practice-journal.yaml:2: unknown key 'clinet'. Did you mean 'client'?",
        "",
        "2 mistakes. Nothing was keyed.",
    ]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            ("practice-invoice",),
            ("bots/practice-invoice.yaml: there is no such bot.", "Did you mean 'practice-invoices'?"),
        ),
        ((BOT, "--input", "inbox/fakturer.xlsx"), ("fakturer.xlsx: there is no such workbook.", "'fakturaer.xlsx'?")),
        ((BOT, "--input", "inbox"), ("inbox: this is a folder.", "bilag.xlsx, fakturaer.xlsx")),
        ((BOT, "--input", "README.md"), ("README.md: this is no Excel workbook",)),
        ((BOT, "--input", "inbox/bilag.xlsx"), ("bilag.xlsx: there is no sheet 'Fakturaer'.", "Known: Bilag.")),
        (("--input", "inbox/bilag.xlsx"), ("--input: the workbook is one bot's.", "Name the bot: practice-invoices")),
        (("--workspace", "nowhere"), ("nowhere: this is no workspace", "bilagsbot init")),
    ],
)
def test_what_is_not_there(workspace: Path, words: tuple[str, ...], parts: tuple[str, ...]) -> None:
    done = check(workspace, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert all(part in done.stderr for part in parts), done.stderr


def test_files_that_no_bot_names_are_checked_too(workspace: Path) -> None:
    for name, text in {
        "flows/new.yaml": "app: practice\n\titem: x\n",
        "flows/part.yaml": "- clik: menu.list\n",
        "flows/own.py": "from bilagsbot.flow.script import PythonFlow\nflow = PythonFlow()\n",
        "flows/helper.py": "raise SystemExit('run by nobody')\n",
        "selectors/new.yaml": "app: new\ntargts: {}\n",
        "bots/mine.yml": "flow: new\n",
    }.items():
        (workspace / name).write_text(text, encoding="utf-8")
    done = check(workspace)
    assert done.returncode == 2
    *said, empty, last = done.stderr.splitlines()
    assert (empty, last) == ("", "5 mistakes. Nothing was keyed.")
    assert [line.partition(": ")[0] for line in said] == [
        "bots/mine.yml", "flows/new.yaml:2", "flows/part.yaml:1", "flows/own.py:2", "selectors/new.yaml:2",
    ]  # fmt: skip
    assert check(workspace, BOT).returncode == 0


def test_a_workspace_without_bots(tmp_path: Path) -> None:
    (tmp_path / "bots").mkdir()
    done = check(tmp_path)
    assert done.returncode == 2
    assert done.stderr == "bots/: there are no bots. Run 'bilagsbot init DIR' for a workspace with one.\n"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\x00", b"[" * 9000, b"a: &a [*a]", b"- x", b"5", b"\t", b"flow: \xe6", b"{{ x }}: y"],
)
@pytest.mark.parametrize("name", ["bots/practice-invoices", "flows/practice/supplier-invoice", "selectors/practice"])
def test_whatever_a_file_holds_a_sentence_names_it(workspace: Path, name: str, content: bytes) -> None:
    (workspace / f"{name}.yaml").write_bytes(content)
    done = check(workspace, BOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"{name}.yaml:")


def test_a_python_flow_that_fails_is_named_with_its_line(workspace: Path) -> None:
    (workspace / "flows/own.py").write_text("import decimal\n\nrate = decimal.Decimal(1) / 0\n", encoding="utf-8")
    bot = workspace / f"bots/{BOT}.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace("practice/supplier-invoice", "own"), encoding="utf-8")
    done = check(workspace, BOT)
    assert done.returncode == 2
    assert done.stderr.startswith("flows/own.py:3: the file does not run: DivisionByZero")


@pytest.mark.skipif(os.name != "posix", reason="sends ^C as POSIX does")
def test_a_python_flow_that_never_ends_is_stopped_by_the_person(workspace: Path) -> None:
    (workspace / "flows/own.py").write_text("open('began', 'w').close()\nwhile True: pass\n", encoding="utf-8")
    bot = workspace / f"bots/{BOT}.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace("practice/supplier-invoice", "own"), encoding="utf-8")
    checking = subprocess.Popen([str(PROGRAM), "check", BOT], cwd=workspace, stderr=subprocess.PIPE, text=True)
    while not (workspace / "began").exists():
        assert checking.poll() is None
        time.sleep(0.02)
    checking.send_signal(signal.SIGINT)
    assert checking.communicate(timeout=20)[1] == "Stopped.\n"
    assert checking.returncode == 3


def test_run_and_rehearse_refuse_with_the_same_sentences(workspace: Path) -> None:
    spoil(workspace)
    said = check(workspace, BOT).stderr
    for command in ("run", "rehearse"):
        done = subprocess.run(
            [str(PROGRAM), command, BOT], cwd=workspace, capture_output=True, text=True, encoding="utf-8", timeout=120
        )
        assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
