"""Notices: who is told what, once; what is told without figures; no secret anywhere."""

import json
import multiprocessing
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from loguru import logger

from bilagsbot.model.receipt import State
from bilagsbot.run.notices import Notice, Notices
from bilagsbot.run.notify import Notify
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.store import Store
from tests.run.servers import Hook, Mail, serving

OFFICE = Notify(to=("office",))
FIGURES = Notify(to=("office",), figures=True)
COUNTS = {State.POSTED: 25, State.REJECTED: 2, State.READY: 3, State.RUNNING: 1, State.FAILED: 0}
FINISHED = Notice(
    "finished", "lønn", "Acme AS", "r-1", COUNTS, Decimal("-12345.5"), ("Faktura 17: beløpet 99,00 er feil",)
)  # fmt: skip
SECRET = "hemmelig-passord"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but what the test's environment says."""
    import keyring
    from keyring.backends.fail import Keyring

    monkeypatch.setattr(keyring.core, "_keyring_backend", Keyring())


@pytest.fixture
def said() -> Iterator[list[str]]:
    """All that is logged."""
    lines: list[str] = []
    number = logger.add(lines.append, level=0)
    yield lines
    logger.remove(number)


@pytest.fixture
def hook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hook]:
    """The office's web hook."""
    with serving(Hook()) as running:
        monkeypatch.setenv("BILAGSBOT_NOTICE_OFFICE", running.address)
        yield running


def notices(store: Store, folder: Path, limit: float = 10) -> Notices:
    """Notices as a worker has them."""
    return Notices(store, folder, Redactor(), limit)


def lines(file: Path) -> list[dict[str, str]]:
    """A file's notices."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("form", ["file://varsler/kontor.jsonl", "file://{}/varsler/kontor.jsonl"])
def test_a_file_gets_a_line_a_notice(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.setenv("BILAGSBOT_NOTICE_OFFICE", form.format(tmp_path.as_posix()))
    told = notices(store, tmp_path)

    assert told.tell(OFFICE, FINISHED, "run r-1") == []
    assert told.tell(OFFICE, FINISHED, "run r-1") == []
    assert told.tell(OFFICE, FINISHED, "run r-2") == []

    first, _second = lines(tmp_path / "varsler" / "kontor.jsonl")
    assert {key: first[key] for key in ("to", "kind", "bot", "run", "title")} == {
        "to": "office", "kind": "finished", "bot": "lønn", "run": "r-1", "title": "Bilagsbot: lønn er ferdig",
    }  # fmt: skip
    assert first["body"] == "Bokført: 25\nAvvist: 2\nIkke behandlet: 4\nKjøring: r-1"


def test_a_web_hook_is_told_in_the_language_asked_for(store: Store, tmp_path: Path, hook: Hook) -> None:
    english = Notify(to=("office",), language="en", figures=True)

    assert notices(store, tmp_path).tell(english, FINISHED, "k") == []

    (took,) = hook.took
    assert (took["title"], took["type"]) == ("Bilagsbot: lønn has finished", "warning")
    assert took["message"] == (
        "Posted: 25\nRejected: 2\nNot handled: 4\nClient: Acme AS\nSum posted: -12\u00a0345,50\n"
        "Faktura 17: beløpet 99,00 er feil\nRun: r-1"
    )


def test_a_mail_has_a_subject_and_the_figures_that_were_asked_for(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(Mail()) as mail:
        monkeypatch.setenv("BILAGSBOT_NOTICE_OFFICE", mail.address)
        assert notices(store, tmp_path).tell(FIGURES, FINISHED, "k") == []

    (took,) = mail.took
    assert (took["subject"], "ola@kontor.no" in took["to"]) == ("Bilagsbot: lønn er ferdig", True)
    plain = took.get_body(("plain", "html"))
    assert plain is not None
    for line in ("Bokført: 25", "Klient: Acme AS", "Sum bokført: -12\u00a0345,50", "beløpet 99,00"):
        assert line in plain.get_content().replace("&nbsp;", "\u00a0")


@pytest.mark.parametrize(
    ("notice", "title", "body"),
    [
        (Notice("stopped", "b", "Acme", "r", {}), "Bilagsbot: b stanset",
         "Kjøringen stanset før alt var behandlet. Ingenting bokføres to ganger når den startes igjen.\nKjøring: r"),
        (Notice("drift", "b", "Acme", "r", {}, commands=("bilagsbot drift",)),
         "Bilagsbot: b møtte endrede skjermbilder",
         "Noe ble bare funnet på en reservemåte. Den som vedlikeholder oppsettet, bør se på det.\n"
         "Kommando: bilagsbot drift\nKjøring: r"),
        (Notice("person", "b", "Acme", "r", {"unknown": 1, "submitting": 1}, what="settle",
                commands=("bilagsbot settle 3fa9",)),
         "Bilagsbot: b trenger en person",
         "Det er ukjent om noe ble bokført. Se etter i programmet, og si fra hva som står der.\n"
         "Ukjent: 2\nKommando: bilagsbot settle 3fa9\nKjøring: r"),
        (Notice("person", "b", "Acme", "", {}, what="pause"), "Bilagsbot: b trenger en person",
         "Kjøringen venter til en person har gjort noe i programmet."),
    ],
)  # fmt: skip
def test_what_is_said_in_bokmal(
    store: Store, tmp_path: Path, hook: Hook, notice: Notice, title: str, body: str
) -> None:
    notices(store, tmp_path).tell(OFFICE, notice, "k")

    assert [(took["title"], took["message"]) for took in hook.took] == [(title, body)]


def test_without_figures_nothing_of_the_books_is_told(store: Store, tmp_path: Path, hook: Hook) -> None:
    for kind in ("finished", "stopped", "person", "drift"):
        what = Notice(kind, "b", "Acme AS", "r", {"posted": 1}, Decimal("4321.00"), ("Leverandør Ola: 4321,00",))
        assert notices(store, tmp_path).tell(OFFICE, what, kind) == []

    assert len(hook.took) == 4
    text = json.dumps(hook.took, ensure_ascii=False)
    for figure in ("Acme", "4321", "321,00", "Leverandør", "Ola"):
        assert figure not in text


def test_many_messages_are_cut(store: Store, tmp_path: Path, hook: Hook) -> None:
    many = Notice("finished", "b", "c", "r", {"failed": 60}, None, tuple(f"melding {n}" for n in range(60)))

    notices(store, tmp_path).tell(FIGURES, many, "k")

    assert hook.took[0]["message"].splitlines()[-3:] == ["melding 49", "… og 10 til", "Kjøring: r"]


def test_only_what_was_asked_for_is_told(store: Store, tmp_path: Path, hook: Hook) -> None:
    person = Notify(to=("office",), when=("person",))

    assert notices(store, tmp_path).tell(person, FINISHED, "k") == []
    assert hook.took == []


def test_one_that_refuses_is_told_later_and_the_others_once(
    store: Store, tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setenv("BILAGSBOT_NOTICE_IT", "file://it.jsonl")
    both, told = Notify(to=("it", "office")), notices(store, tmp_path)
    hook.status = 500
    assert told.tell(both, FINISHED, "k") == ["office"]
    assert "The notice to office was not taken." in "".join(said)

    hook.status = 200
    assert told.tell(both, FINISHED, "k") == []
    assert told.tell(both, FINISHED, "k") == []
    assert (len(hook.took), len(lines(tmp_path / "it.jsonl"))) == (2, 1)


@pytest.mark.parametrize("drips", [False, True], ids=["hangs", "drips"])
def test_one_that_hangs_keeps_the_caller_no_longer_than_the_limit(
    store: Store, tmp_path: Path, hook: Hook, monkeypatch: pytest.MonkeyPatch, drips: bool
) -> None:
    hook.hangs, hook.drips = not drips, drips
    monkeypatch.setenv("BILAGSBOT_NOTICE_IT", hook.address)
    monkeypatch.setenv("BILAGSBOT_NOTICE_FILE", "file://it.jsonl")
    began = time.monotonic()

    assert notices(store, tmp_path, 1.5).tell(Notify(to=("office", "file", "it")), FINISHED, "k") == ["office", "it"]

    assert time.monotonic() - began < 4  # and not 1.5 for each of them, or the minutes that it would go on
    assert hook.asked.is_set()
    assert len(lines(tmp_path / "it.jsonl")) == 1


def test_a_mail_server_that_refuses_and_one_that_is_not_there(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = notices(store, tmp_path)
    with serving(Mail()) as mail:
        mail.refuses = True
        monkeypatch.setenv("BILAGSBOT_NOTICE_OFFICE", mail.address)
        assert told.tell(OFFICE, FINISHED, "k") == ["office"]
        mail.refuses = False
        assert told.tell(OFFICE, FINISHED, "k") == []
    assert told.tell(OFFICE, FINISHED, "another") == ["office"]
    assert len(mail.took) == 1


def test_what_this_machine_lacks_gets_a_sentence_when_it_is_to_be_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setenv("BILAGSBOT_NOTICE_BAD", f"ola:{SECRET}@mail.no")

    assert notices(store, tmp_path).tell(Notify(to=("office-1", "bad")), FINISHED, "k") == ["office-1", "bad"]

    text = "".join(said)
    assert "notice office-1: this machine has no such address. Run 'bilagsbot notice office-1', or set " in text
    assert "BILAGSBOT_NOTICE_OFFICE_1." in text
    assert "notice bad: this is no address that notices can go to." in text
    assert SECRET not in text


def test_a_file_that_cannot_be_written_is_told_later(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILAGSBOT_NOTICE_OFFICE", "file://box")
    (tmp_path / "box").mkdir()
    assert notices(store, tmp_path).tell(OFFICE, FINISHED, "k") == ["office"]

    (tmp_path / "box").rmdir()
    assert notices(store, tmp_path).tell(OFFICE, FINISHED, "k") == []
    assert len(lines(tmp_path / "box")) == 1


def test_keys_of_any_length_are_told_apart(store: Store, tmp_path: Path, hook: Hook) -> None:
    told = notices(store, tmp_path)
    for key in ("x" * 400, "x" * 401, "x" * 400):
        told.tell(OFFICE, FINISHED, key)

    assert len(hook.took) == 2


def test_threads_that_tell_the_same_tell_it_once(store: Store, tmp_path: Path, hook: Hook) -> None:
    ready, failed = threading.Barrier(6), []

    def tell() -> None:
        ready.wait()
        failed.extend(notices(store, tmp_path).tell(OFFICE, FINISHED, "k"))

    threads = [threading.Thread(target=tell) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(hook.took), failed) == (1, [])


def tell_ten(url: str, folder: Path, ready: "multiprocessing.synchronize.Barrier") -> None:
    """What each of two processes does at once."""
    store = Store(url)
    ready.wait()
    for n in range(10):
        assert notices(store, folder).tell(OFFICE, FINISHED, f"key {n}") == []
    store.close()


def test_processes_that_tell_the_same_tell_it_once(url: str, store: Store, tmp_path: Path, hook: Hook) -> None:
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Barrier(2)
    processes = [spawn.Process(target=tell_ten, args=(url, tmp_path, ready)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0]
    assert len(hook.took) == 10


@pytest.mark.parametrize("status", [200, 500])
def test_no_secret_in_any_log_nor_on_the_screen(
    store: Store, tmp_path: Path, hook: Hook, status: int, said: list[str],
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    caplog.set_level(1)
    hook.status = status
    redact = Redactor()

    Notices(store, tmp_path, redact).tell(OFFICE, FINISHED, "k")

    assert len(hook.took) == 1
    assert hook.took[0]["title"]
    everywhere = "".join(said) + caplog.text + "".join(capfd.readouterr())
    for secret in (SECRET, "krok", hook.address):
        assert secret not in everywhere
    assert redact(f"{hook.address} or {SECRET}") == "*** or ***"
