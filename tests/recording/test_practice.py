"""A person's own mouse and keyboard on the practice program: recorded, drafted, and keyed by the draft."""

import re
import signal
import sys

import pytest

from bilagsbot.drivers.desktop.virtual import VirtualDisplay
from bilagsbot.drivers.desktop.waiting import comes_true
from bilagsbot.flow.recordings import read_recording
from bilagsbot.practice.server import PracticeServer
from tests.recording import invoices
from tests.recording.person import at_a_screen
from tests.workspaces import Bilagsbot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs X11")
WORKBOOK = "inbox/fakturaer.xlsx"


@pytest.mark.parametrize("keyed", [pytest.param((3,), marks=pytest.mark.soak), (3, 9)])
def test_a_draft_as_it_is_keys_the_other_rows(
    keyed: tuple[int, ...], office: Bilagsbot, program: PracticeServer
) -> None:
    for file in ("flows/practice/supplier-invoice.yaml", "bots/practice-invoices.yaml", "selectors/practice.yaml"):
        (office.workspace / file).unlink()
    sheet = invoices.rows(office.workspace / WORKBOOK)
    with at_a_screen() as person:
        words = [word for row in keyed for word in ("--row", str(row))]
        recorder = office.start(
            "record", "faktura", "--url", program.url, "--attach", person.address, "--sample", WORKBOOK, *words
        )
        invoices.log_in(person)
        for row in keyed:
            invoices.post(person, sheet[row])
        invoices.look_up(person, sheet[keyed[-1]])
        out, err = person.done(recorder, person.frame("hoved"))
    assert recorder.returncode == 0, out + err
    assert "practice-only" not in out + err

    told = office("draft", "faktura", "--app", "practice", "--name", "practice/faktura")
    assert re.findall(r"[\w/-]+\.yaml:\d+: .*", told) == [
        "bots/practice-faktura.yaml:2: whose books? It is part of every item's identity",
        "bots/practice-faktura.yaml:4: rows were keyed by hand; false when the books hold no others",
    ]
    office("check", "practice-faktura")
    receipts = office.receipts("practice-faktura", code=0)

    assert [r["status"] for r in receipts] == ["posted"] * 25
    assert {r["rows"][0] for r in receipts if r["how"] == "lookup"} == set(keyed)
    held = {v["invoice_no"]: v for v in program.vouchers()}
    assert len(held) == len(program.vouchers()) == 25
    for receipt, row in zip(receipts, sheet.values(), strict=True):
        voucher = held[row["Fakturanr"]]
        assert receipt["fields"] == {"bilag": str(voucher["no"])}
        assert voucher["supplier"] == row["Leverandør"]
        assert voucher["amount_ore"] == round(row["Beløp"] * 100)  # type: ignore[operator]
        assert voucher["date"] == row["Fakturadato"].isoformat()  # type: ignore[attr-defined]
        assert voucher["account"] == row["Konto"]
        assert (voucher["kid"] or None) == row["KID"]
        if row["Forfall"]:
            assert voucher["due_date"] == row["Forfall"].isoformat()  # type: ignore[attr-defined]

    well = [line for line in office("rehearse", "practice-faktura", "--on", "faktura").splitlines() if line[0] != " "]
    assert [line.rpartition(" / ")[2].split()[0] for line in well] == [sheet[row]["Fakturanr"] for row in keyed]
    office("show", "practice-faktura", "--on", "faktura", "--html", "faktura.html")
    assert (office.workspace / "faktura.html").read_text("utf-8").count("<figure>") == 20


def test_a_window_of_its_own_that_is_ended_from_the_terminal(office: Bilagsbot, program: PracticeServer) -> None:
    file = office.workspace / "recordings/kort/recording.jsonl"
    with VirtualDisplay(1200, 800) as screen:
        office.environment.update(screen.environment)
        recorder = office.start("record", "kort", "--url", program.url)
        assert comes_true(lambda: file.exists() and "loads" in file.read_text(), 30)
        recorder.send_signal(signal.SIGINT)
        out, err = recorder.communicate(timeout=30)
    assert recorder.returncode == 0, out + err
    assert "1 actions in recordings/kort" in out
    (opened,) = read_recording(file.parent).actions
    assert (opened.action, opened.url) == ("open", program.url)


def test_without_a_screen_it_says_so_and_leaves_nothing(office: Bilagsbot, program: PracticeServer) -> None:
    office.environment.update({"DISPLAY": "", "WAYLAND_DISPLAY": ""})
    assert "There is no screen to record on" in office("record", "kort", "--url", program.url, code=4)
    assert not (office.workspace / "recordings/kort").exists()


def test_a_recording_holds_no_secret_and_no_noise(office: Bilagsbot, program: PracticeServer) -> None:
    with at_a_screen() as person:
        recorder = office.start("record", "inn", "--url", program.url, "--attach", person.address)
        invoices.log_in(person)
        main = person.frame("hoved")
        person.click(person.frame("meny").get_by_text("Nytt bilag"), main)
        person.bar("secret", main)
        person.click(main.locator("[name=referanse]"))
        person.fill(main.locator("[name=referanse]"), "Bilag-771x", pause=1)
        person.fill(main.locator("[name=beskrivelse]"), "Strøm")
        person.click(main.get_by_role("button", name="Oppdater"), main)
        person.bar("pause", main)
        person.until(lambda: main.evaluate("() => window.__bilagsbot.state.paused"), "the pause")
        person.fill(main.locator("[name=beskrivelse]"), "Ikke hør")
        person.bar("pause", main)
        person.until(lambda: not main.evaluate("() => window.__bilagsbot.state.paused"), "the end of the pause")
        person.click(person.frame("meny").get_by_text("Bilagsliste"), main)
        person.bar("undo", main)
        out, err = person.done(recorder, main)
    assert recorder.returncode == 0, out + err

    folder = office.workspace / "recordings" / "inn"
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert b"practice-only" not in content
            assert b"Bilag-771x" not in content
            if file.suffix != ".jpg":  # whose bytes may be anything
                assert b"***" not in content  # half of it, typed before a pause, is taken out of nothing else
            assert "Ikke hør".encode() not in content
    actions = read_recording(folder).actions
    filled = [(a.element and a.element.name, a.value, a.secret) for a in actions if a.action == "fill"]
    assert filled == [
        ("bruker", "ola", False), ("passord", "", True), ("referanse", "", True), ("beskrivelse", "Strøm", False),
    ]  # fmt: skip
    assert [a.element.text for a in actions if a.action == "click" and a.element and a.element.text] == [
        "Nytt bilag", "Oppdater",
    ]  # fmt: skip
    assert all((folder / a.page).is_file() for a in actions if a.page)
