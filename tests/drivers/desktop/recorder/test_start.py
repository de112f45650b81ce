"""record_desktop, as the command calls it."""

import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.pointer import Pointer
from bilagsbot.drivers.desktop.recorder.start import record_desktop
from bilagsbot.drivers.notebook import Notebook
from bilagsbot.model.errors import BadInput, Unreachable
from bilagsbot.model.recording import Head
from tests.drivers.desktop.displays import needs_display
from tests.drivers.desktop.forms import PYTHON, Listener, wait

from .person import actions, plain

pytestmark = [needs_display, pytest.mark.xdist_group("desktop")]
Start = Callable[[str], Notebook]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def start(
    gtk: None, screen_environment: Mapping[str, str], tmp_path: Path, folder: Path, said: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Start:  # fmt: skip
    """On the screen that is this process's own for the test."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_SESSION_TYPE", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, screen_environment[name])
    monkeypatch.delenv("XDG_SESSION_ID", raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")

    def begin(program: str) -> Notebook:
        return record_desktop(
            folder, Head(recording="voucher", driver="desktop", program=program), program, workspace=tmp_path,
            log=tmp_path / "log", redact=str, learn=said.append, say=said.append,
        )  # fmt: skip

    return begin


@pytest.mark.filterwarnings("ignore:subprocess .* is still running:ResourceWarning")  # as it is meant to be
@pytest.mark.parametrize("how", ["hotkey", "ended"])
def test_a_recording_from_its_start_to_its_end(
    how: str, start: Start, listener: Listener, said: list[str], folder: Path
) -> None:
    made = list[Notebook]()
    thread = threading.Thread(target=lambda: made.append(start(" ".join([PYTHON, *listener.arguments]))))
    thread.start()
    form = listener.form()
    assert wait(lambda: any("F  done" in line for line in said))

    def heard() -> bool:
        Pointer().press("F5")
        return any("press" in line for line in said)

    assert wait(heard)
    if how == "hotkey":
        Pointer().press("Control+Alt+F")
        thread.join(20)
    form.tell("later 0 die now")  # until then it was left running
    thread.join(20)
    assert not thread.is_alive()
    (notebook,) = made
    assert len(notebook.actions) == len(actions(folder))
    assert plain(actions(folder))[0] == ("press", "Bilagsnr:", "F5")
    assert [one.action for one in actions(folder)][-1] == ("done" if how == "hotkey" else "press")


def test_what_cannot_be_recorded_is_said(start: Start, folder: Path) -> None:
    with pytest.raises(BadInput, match="--program: '' is no command"):
        start("")
    with pytest.raises(Unreachable, match="no-such-program is not on this machine"):
        start("no-such-program --now")
    assert not folder.exists()
