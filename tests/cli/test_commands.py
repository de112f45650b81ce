"""The commands as a person types them, in a workspace of their own."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.workspaces import PROGRAM


def command(*words: str, cwd: Path, code: int = 0) -> str:
    """What a command prints; it must end with `code` and never with a traceback."""
    done = subprocess.run([PROGRAM, *words], cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=280)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    command("init", str(tmp_path / "ws"), cwd=tmp_path)
    return tmp_path / "ws"


def test_init_makes_a_workspace_whose_bots_pass_check(workspace: Path) -> None:
    said = command("check", cwd=workspace)

    assert "practice-invoices: 25 items in 25 rows" in said
    assert "practice-journal: 10 items" in said
    for folder in ("bots", "flows", "selectors", "recordings", "tests"):
        assert (workspace / folder).is_dir()


def test_init_overwrites_nothing(workspace: Path) -> None:
    said = command("init", str(workspace), cwd=workspace, code=2)

    assert "there is already bots, flows, selectors" in said


def test_commands_find_the_workspace_from_a_folder_within_it(workspace: Path) -> None:
    assert "No items." in command("items", cwd=workspace / "flows" / "practice")


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path: Path) -> None:
    assert "Run 'bilagsbot init DIR'" in command("items", cwd=tmp_path, code=2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("runn",), "Did you mean 'run'"),
        (("run",), "Missing argument 'BOT'"),
        (("run", "practice-invoice"), "Did you mean 'practice-invoices'?"),
        (("run", "practice-invoices", "--limit", "0"), "--limit"),
        (("run", "practice-invoices", "--input", "inbox/faktura.xlsx"), "Did you mean 'fakturaer.xlsx'?"),
        (("rehearse", "practise-journal"), "Did you mean 'practice-journal'?"),
        (("items", "--state", "postd"), "Did you mean 'posted'?"),
        (("settle", "abc", "--not-posted"), "the ledger has no item 'abc'"),
        (("settle", "abc"), "say one of --posted FIELD=VALUE and --not-posted"),
        (("settle", "abc", "--posted", "10001"), "no FIELD=VALUE"),
        (("practice", "--knob", "latencyms=3"), "Did you mean 'latency_ms'?"),
        (("practice", "--knob", "latency_ms"), "no NAME=VALUE"),
        (("login", "practice"), "nobody is at the keyboard"),
    ],
)
def test_a_wrong_word_gets_a_sentence(words: tuple[str, ...], said: str, workspace: Path) -> None:
    assert said in " ".join(command(*words, cwd=workspace, code=2).split())


def test_doctor_finds_this_machine_well(workspace: Path) -> None:
    found = {line["name"]: line for line in map(json.loads, command("doctor", "--json", cwd=workspace).splitlines())}

    assert {name for name, line in found.items() if line["well"]} == {
        "Python",
        "browser",
        "keyring",
        "display",
        "reading",
        "access",
        "workspace",
        "ledger",
    }


def test_doctor_names_what_is_ill_and_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAGSBOT_BROWSER", str(tmp_path / "no-such-browser"))

    said = command("doctor", cwd=tmp_path, code=1)

    assert "ILL   browser" in said
    assert "doctor --fix" in said
    assert "bilagsbot init DIR" in said


def test_what_only_desktop_bots_need_makes_no_machine_ill(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PATH", "XDG_DATA_DIRS", "BILAGSBOT_BROWSER"):
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.delenv("DISPLAY", raising=False)

    lines = command("doctor", cwd=workspace, code=1).splitlines()  # for want of a browser

    assert [line.split()[1] for line in lines if line.startswith("ILL")] == ["browser"]
    if sys.platform == "linux":
        wanted = [
            line for line in lines if line.endswith("only desktop bots need it: 'bilagsbot doctor --fix' installs it")
        ]
        assert {line.split()[1] for line in wanted} >= {"display", "access"}


def test_practice_answers_until_it_is_ended(tmp_path: Path) -> None:
    program = subprocess.Popen([PROGRAM, "practice", "--port", "0"], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    url = program.stdout.readline().split(" at ")[1].split()[0]
    with urllib.request.urlopen(url, timeout=10) as answer:
        assert "Logg inn" in answer.read().decode()
    program.terminate()
    program.communicate(timeout=10)


def test_the_demo_keys_25_invoices_once(tmp_path: Path) -> None:
    said = command("demo", "--dir", str(tmp_path / "demo"), cwd=tmp_path)

    assert "posted      25 items" in said
    assert "skipped      25 items" in said
    assert "The program holds 25 vouchers." in said
    assert (tmp_path / "demo" / "inbox" / "fakturaer.kvittering.xlsx").exists()


HEAVY = {"playwright", "openpyxl", "sqlalchemy", "jinja2", "lxml", "keyring", "alembic", "rich", "pydantic", "loguru"}


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (("--help",), set()),
        (("check",), {"openpyxl", "jinja2", "lxml", "pydantic", "loguru"}),
        (("items",), HEAVY - {"playwright", "keyring"}),
        (("doctor", "--help"), {"pydantic", "loguru"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(
    workspace: Path, words: tuple[str, ...], needed: set[str]
) -> None:
    script = f"""import sys; sys.argv = ['bilagsbot', *{words!r}]
from bilagsbot.cli.main import main
try: main()
except SystemExit as ended: assert not ended.code
print(*sys.modules)"""
    python = PROGRAM.with_name("python")
    done = subprocess.run([python, "-c", script], cwd=workspace, capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.splitlines()[-1].split()) <= needed
