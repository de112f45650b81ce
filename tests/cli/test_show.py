"""bilagsbot show: what a person reads who knows the program and the workbook, and no YAML."""

import subprocess
import sys
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.flow.plainwords import SENTENCES
from bilagsbot.steps import STEPS

PROGRAM = Path(sys.executable).with_name("bilagsbot")
ROOT = Path(__file__).parents[2]


def show(workspace: Path, *words: str, code: int = 0) -> str:
    command = [PROGRAM, "show", *words, "--workspace", str(workspace)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    make_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def test_in_bokmal_with_the_workbooks_own_columns(workspace: Path) -> None:
    said = show(workspace, "practice/journal")
    assert "Bokføres bare én gang for samme " in said
    assert "Hvis linjens «Debet» er fylt ut: skriv linjens «Debet» (amount('plain_nb')) i" in said
    assert "BOKFØR: les tilbake alt som er skrevet, og klikk «Bokfør» (journal.post) én gang." in said
    assert "Stegene i flows/practice/login.yaml:\n    1.1. " in said
    assert "passordet i" in said
    assert "{%" not in said


def test_in_english_by_the_bots_name(workspace: Path) -> None:
    said = show(workspace, "practice-journal", "--language", "en")
    assert "For each line:\n" in said
    assert "POST: read back all that was typed, and click “Bokfør” (journal.post) once." in said
    assert "Answer the next question with yes; it must say “Bokføre”." in said


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_flow_of_this_project(language: str) -> None:
    names = [one.relative_to(ROOT / "flows").with_suffix("").as_posix() for one in ROOT.glob("flows/*/*.*")]
    told = {name: show(ROOT, name, "-l", language) for name in names if not name.endswith("login")}
    assert len(told) >= 5
    assert all(len(said.splitlines()) > 8 for said in told.values())
    assert "minus" in told["homebank/transaction"]


def test_a_flow_that_is_not_there(workspace: Path) -> None:
    said = show(workspace, "practice/jurnal", code=2)
    assert "there is no flow 'practice/jurnal'" in said
    assert "practice/journal" in said


def test_every_step_has_its_sentence() -> None:
    assert set(SENTENCES) == {*STEPS, "script"}
