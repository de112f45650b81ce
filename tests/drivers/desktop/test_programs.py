"""A desktop program's start and end: what a person is told, and that nothing is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bilagsbot.drivers.desktop.processes import words
from bilagsbot.drivers.desktop.programs import Program
from bilagsbot.drivers.desktop.surroundings import for_programs
from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.model.errors import Unreachable
from bilagsbot.model.program import ProgramSpec
from tests.drivers.desktop.displays import needs_display

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for its processes"),
    pytest.mark.xdist_group("programs"),  # they look for each other's
]

Make = Callable[..., Program]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A shell script as the program, ended after the test."""
    made: list[Program] = []

    def program(script: str, name: str = f"regnskap{os.getpid()}", **more: object) -> Program:
        file = tmp_path / name
        file.write_text(f"#!/bin/sh\n{script}\n")
        file.chmod(0o755)
        spec = ProgramSpec.model_validate({"command": f"./{name}", **more})
        made.append(Program(spec, tmp_path, for_programs(os.environ), tmp_path / "logs" / "program.log"))
        return made[-1]

    yield program
    for one in made:
        one.end(0.1)


def wait(for_: Callable[[], object], seconds: float = 5) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if for_():
            return True
        time.sleep(0.01)
    return False


def test_it_gets_its_arguments_folder_and_environment_but_no_password(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAGSBOT_ACME_PASSWORD", "hemmelig")
    (tmp_path / "data").mkdir()
    program = make(
        'echo "$1|$PWD|$FIRMA|$BILAGSBOT_ACME_PASSWORD" > seen; exec sleep 60',
        arguments=("to ord",), folder="data", environment={"FIRMA": "Ærlig AS"},
    )  # fmt: skip
    program.start()
    program.wait_until((tmp_path / "data" / "seen").exists, 5)

    assert program.running()
    assert (tmp_path / "data" / "seen").read_text() == f"to ord|{tmp_path / 'data'}|Ærlig AS|\n"


def test_one_that_dies_at_once_is_told_with_its_code_and_last_words(make: Make) -> None:
    program = make('echo one; echo "cannot open the company" >&2; exit 3')
    program.start()

    with pytest.raises(Unreachable, match=r"regnskap\d+ ended by itself, with exit code 3: cannot open the company"):
        program.wait_until(lambda: False, 5)


def test_one_that_is_never_ready_is_told_in_time(make: Make) -> None:
    program = make("exec sleep 60")
    program.start()

    with pytest.raises(Unreachable, match=r"was not ready within 0\.2 s"):
        program.wait_until(lambda: False, 0.2)


def test_what_cannot_be_started_is_named(tmp_path: Path) -> None:
    def start(**spec: str) -> None:
        Program(ProgramSpec.model_validate(spec), tmp_path, os.environ, tmp_path / "log").start()

    (tmp_path / "text").write_text("no program")
    (tmp_path / "text").chmod(0o755)
    with pytest.raises(Unreachable, match=r"no-such-program is not on this machine. Install it"):
        start(command="no-such-program")
    with pytest.raises(Unreachable, match=r"folder .*missing, which is not there"):
        start(command="sleep", folder="missing")
    with pytest.raises(Unreachable, match="cannot be started: Exec format error"):
        start(command="./text")


def test_it_is_asked_first_then_forced(make: Make, tmp_path: Path) -> None:
    asked: list[str] = []
    program = make('trap "echo asked >> said" TERM; echo > ready; while :; do sleep 0.05; done')
    program.start()
    program.wait_until((tmp_path / "ready").exists, 5)

    program.end(0.3, close=lambda: asked.append("window"))

    assert asked == ["window"]
    assert (tmp_path / "said").read_text() == "asked\n"
    assert not program.running()


def test_one_that_closes_its_window_is_not_forced(make: Make, tmp_path: Path) -> None:
    program = make('trap "echo forced > said" TERM; while [ ! -e closed ]; do sleep 0.02; done')
    program.start()

    program.end(5, close=(tmp_path / "closed").touch)

    assert not program.running()
    assert not (tmp_path / "said").exists()


def test_a_script_that_starts_the_real_one_and_ends_is_not_the_end_of_it(make: Make) -> None:
    program = make("sleep 60 &\necho started")
    program.start()
    assert wait(lambda: [words(process.pid) for process in program.processes()] == [("sleep", "60")])

    assert program.running()
    program.end(1)
    assert not program.running()


def test_a_stopped_one_is_seen_and_can_be_ended(make: Make) -> None:
    program = make("exec sleep 60")
    program.start()
    assert not program.stopped()

    os.kill(program.processes()[0].pid, signal.SIGSTOP)

    assert wait(program.stopped)
    program.end(0.1)
    assert not program.running()


def test_much_talk_does_not_stop_it(make: Make, tmp_path: Path) -> None:
    program = make("head -c 300000 /dev/zero; echo > ready; exec sleep 60")
    program.start()

    program.wait_until((tmp_path / "ready").exists, 5)


def test_the_one_that_runs_is_adopted_and_left_running(make: Make) -> None:
    first = make("sleep 60; :", arguments=("a.xhb",))
    first.start()
    adopted = make("sleep 60; :", arguments=("a.xhb",), adopt=True)
    assert wait(lambda: len(first.processes()) == 2)

    adopted.start()
    adopted.end(0.1)

    assert adopted.running()
    assert adopted.processes() == first.processes()
    first.end(1)
    with pytest.raises(Unreachable, match="has ended"):
        adopted.check()


def test_none_or_several_to_adopt_is_a_sentence(make: Make) -> None:
    adopted = make("sleep 60; :", adopt=True)
    with pytest.raises(Unreachable, match=r"regnskap\d+ does not run. Start it and log in"):
        adopted.start()
    one, other = make("sleep 60; :"), make("sleep 60; :", arguments=("b.xhb",))
    one.start()
    other.start()
    assert wait(lambda: len(one.processes()) == len(other.processes()) == 2)

    with pytest.raises(Unreachable, match=r"runs 2 times .*Close the others"):
        adopted.start()
    make("sleep 60; :", arguments=("b.xhb",), adopt=True).start()


def test_nothing_to_adopt_is_on_a_new_screen() -> None:
    with pytest.raises(ValidationError, match="nothing runs on that screen yet"):
        ProgramSpec(command="homebank", adopt=True, display="virtual")


@needs_display
def test_one_on_a_virtual_display_ends_with_it(tmp_path: Path) -> None:
    with VirtualDisplay(800, 600) as display:
        spec = ProgramSpec(command="sleep", arguments=("61.5",), display="virtual")
        program = Program(spec, tmp_path, display.environment, tmp_path / "log")
        program.start()
        with pytest.raises(Unreachable, match="does not run"):  # it belongs to this run alone
            Program(spec.model_copy(update={"adopt": True}), tmp_path, os.environ, tmp_path / "log").start()
        assert program.running()

    assert not program.running()


def test_one_on_a_persons_screen_stays_when_we_are_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, pathlib; from bilagsbot.drivers.desktop.programs import Program;"
        "from bilagsbot.model.program import ProgramSpec;"
        "p = Program(ProgramSpec(command='sleep', arguments=('62.5',)), pathlib.Path('.'), os.environ,"
        "pathlib.Path('log'));"
        "p.start(); print(p.processes()[0].pid, flush=True); os.kill(os.getpid(), 9)"
    )
    out = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    assert out.returncode == -signal.SIGKILL, out.stderr

    os.kill(int(out.stdout), signal.SIGTERM)  # raises where it is gone
