"""`bilagsbot notice`: the address is typed, never shown, kept in the keyring and tried."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from tests.run.servers import Hook, serving
from tests.workspaces import PROGRAM, Bilagsbot

SECRET = "hemmelig-passord"


@pytest.fixture
def office(tmp_path: Path) -> Bilagsbot:
    """A workspace, and a keyring of the test's own."""
    make_workspace(tmp_path / "ws")
    environment = {
        "PYTHON_KEYRING_BACKEND": "tests.cli.filekeyring.FileKeyring",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "BILAGSBOT_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }
    return Bilagsbot(tmp_path / "ws", "practice", "ola", "not-asked-for", environment)


@pytest.fixture
def hook() -> Iterator[Hook]:
    """What the address leads to."""
    with serving(Hook()) as running:
        yield running


def typed(office: Bilagsbot, text: str, *words: str, code: int = 0) -> str:
    """What a command shows on a terminal where a person types `text`."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, *words], cwd=office.workspace, env={**os.environ, **office.environment},
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while b"not shown): " not in shown:  # typed before, it would stand on the terminal
        shown += os.read(ours, 1000)
    os.write(ours, f"{text}\n".encode())
    try:
        while got := os.read(ours, 1000):
            shown += got
    except OSError:  # Linux's way to say that the terminal has no user left
        pass
    os.close(ours)
    said = shown.decode()
    assert process.wait(60) == code, said
    assert "Traceback" not in said
    return said


def everywhere(workspace: Path) -> str:
    """All that stands in the workspace's files."""
    return "".join(file.read_text(errors="replace") for file in workspace.rglob("*") if file.is_file())


needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="a terminal to type in is made with pty")


@needs_terminal
def test_the_address_is_kept_and_tried(office: Bilagsbot, hook: Hook) -> None:
    said = typed(office, hook.address, "notice", "office")

    assert "The address office is kept in this machine's keyring." in said
    assert "A test notice went to office." in said
    assert [took["title"] for took in hook.took] == ["Bilagsbot: prøvevarsel"]
    assert "A test notice went to office." in office("notice", "office", "--test")
    assert len(hook.took) == 2
    assert json.loads(Path(office.environment["BILAGSBOT_TEST_KEYRING"]).read_text("utf-8")) == {
        "bilagsbot office/notice": hook.address
    }
    assert SECRET not in said + everywhere(office.workspace)


@needs_terminal
def test_one_that_refuses_is_kept_and_told_of(office: Bilagsbot, hook: Hook) -> None:
    hook.status = 403

    said = typed(office, hook.address, "notice", "office", code=4)

    assert "The address office is kept in this machine's keyring." in said
    assert "The test notice to office was not taken: nobody answered there, or it was refused." in said
    assert "A test notice went" not in said
    assert SECRET not in said + everywhere(office.workspace)


@needs_terminal
@pytest.mark.parametrize("wrong", [f"ola:{SECRET}@mail.no", f"mailto://ola:{SECRET}@", f"mail://{SECRET}", "file://"])
def test_a_wrong_address_is_neither_kept_nor_shown(office: Bilagsbot, wrong: str) -> None:
    said = typed(office, wrong, "notice", "office", code=2)

    assert "notice office: this is no address that notices can go to. Write one such as mailto://" in said
    assert SECRET not in said + everywhere(office.workspace)
    assert not Path(office.environment["BILAGSBOT_TEST_KEYRING"]).exists()


@needs_terminal
def test_nothing_typed_is_no_address(office: Bilagsbot) -> None:
    assert "notice: the address is empty." in typed(office, " ", "notice", "office", code=2)


@needs_terminal
def test_a_machine_without_a_keyring_says_what_to_set(office: Bilagsbot, hook: Hook) -> None:
    office.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

    said = typed(office, hook.address, "notice", "office-1", code=4)

    assert "This machine has no keyring to keep the address in. Set BILAGSBOT_NOTICE_OFFICE_1 instead." in said
    assert hook.took == []


def test_the_environment_goes_before_the_keyring(office: Bilagsbot) -> None:
    office.environment["BILAGSBOT_NOTICE_OFFICE"] = "file://notices.jsonl"

    assert "A test notice went to office." in office("notice", "office", "--test")
    assert json.loads((office.workspace / "notices.jsonl").read_text(encoding="utf-8"))["kind"] == "test"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("office",), "notice: nobody is at the keyboard to type the address. Run it in a terminal, or set "
                      "BILAGSBOT_NOTICE_OFFICE."),
        (("office", "--test"), "notice office: this machine has no such address. Run 'bilagsbot notice office', or set "
                               "BILAGSBOT_NOTICE_OFFICE."),
        (("my office",), "notice: 'my office' is no name of an address. Use letters, digits, '.', '-' and '_' only."),
    ],
)  # fmt: skip
def test_a_sentence_for_what_is_missing(office: Bilagsbot, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in office("notice", *words, code=2)


def test_an_address_for_a_name_is_not_said_again(office: Bilagsbot) -> None:
    assert SECRET not in office("notice", f"mailto://ola:{SECRET}@mail.no", code=2)
