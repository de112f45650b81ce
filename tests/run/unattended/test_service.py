"""The worker as a service: what systemd, a shell, launchd and Windows make of the text."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bilagsbot.model.errors import BadInput
from bilagsbot.run.unattended.service import Service, program
from bilagsbot.run.unattended.systemd import NoService, install, reachable

ODD = 'bøker 100% "ekte" $HOME \\n %h'
posix = pytest.mark.skipif(os.name != "posix", reason="a shell's and systemd's signs")


@pytest.fixture
def service(tmp_path: Path) -> Service:
    """A program and a workspace in folders whose names hold every sign that means something to somebody."""
    home = tmp_path / "pro gram 50%"
    home.mkdir()
    script = home / "bilagsbot"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$BILAGSBOT_LEDGER" "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return Service(str(script), tmp_path / ODD)


@posix
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_systemd_takes_the_unit(service: Service, tmp_path: Path) -> None:
    file = tmp_path / f"{service.name}.service"
    verify = ["systemd-analyze", "verify", "--user", "--man=no", str(file)]
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    file.write_text(service.unit(), encoding="utf-8")
    done = subprocess.run(verify, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")

    # It looks for the program: so the name above was understood, and one that is not there is missed.
    file.write_text(Service(service.program + "x", service.workspace).unit(), encoding="utf-8")
    done = subprocess.run(verify, capture_output=True, text=True, env=environment)
    assert done.returncode != 0
    assert "not executable" in done.stderr


def test_the_unit_restarts_the_worker_and_holds_no_secret(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILAGSBOT_LEDGER", "postgresql://u:hemmelig@host/db")
    lines = service.unit().splitlines()
    assert {
        "Restart=always", "RestartSec=5", "KillMode=mixed", "TimeoutStopSec=120", "WantedBy=default.target",
        "EnvironmentFile=-%h/.config/bilagsbot/worker.env",
    } <= set(lines)  # fmt: skip
    assert "hemmelig" not in service.unit()
    assert Service("/usr/bin/bilagsbot", Path("/srv/books")).unit().splitlines()[5] == (
        "ExecStart=/usr/bin/bilagsbot worker --workspace /srv/books"
    )


@posix
def test_no_sign_of_a_folders_name_means_something_to_systemd(service: Service) -> None:
    (line,) = [line for line in service.unit().splitlines() if line.startswith("ExecStart=")]
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line.removeprefix("ExecStart="))]
    assert tuple(words) == service.words
    assert line.count("%") == 2 * "".join(service.words).count("%")


@posix
def test_cron_hands_the_shell_the_folders_and_the_environment(service: Service, tmp_path: Path) -> None:
    file = tmp_path / ".config/bilagsbot/worker.env"
    file.parent.mkdir(parents=True)
    file.write_text("BILAGSBOT_LEDGER=sqlite:////ledger\n", encoding="utf-8")
    when, command = service.crontab().split(" ", 1)
    assert "%" not in command.replace(r"\%", "")
    shell = ["/bin/sh", "-c", command.replace(r"\%", "%")]  # as cron does
    done = subprocess.run(shell, capture_output=True, text=True, env={"HOME": str(tmp_path)}, check=True)
    assert when == "@reboot"
    assert done.stdout.splitlines() == ["sqlite:////ledger", "worker", "--workspace", str(service.workspace)]


def test_launchd_gets_the_words_as_they_are(service: Service) -> None:
    agent = plistlib.loads(service.launchd().encode())
    assert tuple(agent["ProgramArguments"]) == service.words
    assert (agent["KeepAlive"], agent["RunAtLoad"]) == (True, True)


def test_the_line_for_windows() -> None:
    line = Service(r"C:\Program Files\Bilagsbot\bilagsbot.exe", Path("books")).schtasks()
    assert line == (
        'schtasks /Create /F /SC ONLOGON /TN "bilagsbot-books" '
        r'/TR "\"C:\Program Files\Bilagsbot\bilagsbot.exe\" worker --workspace books"'
    )


@pytest.mark.parametrize(
    ("folder", "name"),
    [("books", "bilagsbot-books"), ("Mine bøker 2026", "bilagsbot-Mine-b-ker-2026"), ("øæå", "bilagsbot-workspace")],
)
def test_the_name_is_one_that_every_system_takes(folder: str, name: str) -> None:
    assert Service("bilagsbot", Path("/srv") / folder).name == name


def test_the_program_is_the_one_that_runs() -> None:
    assert Path(program()).parent == Path(sys.executable).parent


@pytest.fixture
def systemctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `systemctl` of the test's own, in front of the machine's: it notes its words, and refuses where told to."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "systemctl"
    noted = tmp_path / "systemctl.log"
    script.write_text(
        f'#!/bin/sh\necho "$*" >>{shlex.quote(str(noted))}\n'
        'if [ -n "$REFUSED" ]; then echo "Failed to connect to bus" >&2; exit 1; fi\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return noted


@posix
def test_the_unit_is_written_and_enabled(systemctl: Path, tmp_path: Path) -> None:
    service = Service("/usr/bin/bilagsbot", tmp_path / "books")
    assert reachable()
    file = install(service, tmp_path)
    assert file == tmp_path / ".config/systemd/user/bilagsbot-books.service"
    assert file.read_text(encoding="utf-8") == service.unit()
    words = systemctl.read_text(encoding="utf-8").splitlines()
    assert words[1:] == ["--user daemon-reload", "--user enable --now bilagsbot-books.service"]
    moved = Service("/opt/bilagsbot", tmp_path / "books")
    assert install(moved, tmp_path).read_text(encoding="utf-8") == moved.unit()


@posix
def test_the_worker_of_another_workspace_stays(systemctl: Path, tmp_path: Path) -> None:
    mine = Service("/usr/bin/bilagsbot", tmp_path / "a" / "books")
    file = install(mine, tmp_path)
    with pytest.raises(BadInput, match="another workspace, whose folder has the same name"):
        install(Service("/usr/bin/bilagsbot", tmp_path / "b" / "books"), tmp_path)
    assert file.read_text(encoding="utf-8") == mine.unit()


@posix
def test_what_systemd_says_against_it_is_told(systemctl: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFUSED", "1")
    assert not reachable()
    with pytest.raises(NoService, match="does not take the worker: Failed to connect to bus"):
        install(Service("/usr/bin/bilagsbot", tmp_path / "books"), tmp_path)
