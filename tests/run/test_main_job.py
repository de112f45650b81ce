"""The main job on the practice program, through the command line."""

import json

import pytest
from openpyxl import load_workbook

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

BOT = "practice-invoices"


def _sheet(office: Bilagsbot) -> list[dict[str, object]]:
    return office.sheet("inbox/fakturaer.kvittering.xlsx", "Fakturaer")


def test_receipts_say_what_the_program_holds(office: Bilagsbot, program: PracticeServer) -> None:
    receipts = office.receipts(BOT, "--limit", "4", code=1)

    held = {v["invoice_no"]: v for v in program.vouchers()}
    posted = [r for r in receipts if r["status"] == "posted"]
    assert len(posted) == len(held) == 4
    for receipt in posted:
        voucher = held[receipt["key"]["invoice_no"]]
        assert receipt["fields"] == {"voucher_no": str(voucher["no"])}
        assert receipt["how"] == "screen"
        assert round(float(receipt["sum"]) * 100) == voucher["amount_ore"]
        run = office.workspace / ".bilagsbot" / "runs" / receipt["run"]
        for moment in ("before", "after"):
            assert (run / receipt[moment]).read_bytes()[:3] == b"\xff\xd8\xff"
    rows = _sheet(office)
    assert [row["Bilagsnr"] for row in rows[:4]] == [r["fields"]["voucher_no"] for r in posted]
    assert [row["Status"] for row in rows] == ["Bokført"] * 4 + ["Ikke behandlet"] * 21
    assert office.password not in office.traces()


def test_vouchers_of_several_lines(office: Bilagsbot, program: PracticeServer) -> None:
    office("run", "practice-journal", "--quiet")

    held = {v["reference"]: v for v in program.vouchers()}
    sheet = office.sheet("inbox/bilag.kvittering.xlsx", "Bilag")
    assert len(held) == 10
    assert sum(len(v["lines"]) for v in held.values()) == len(sheet)
    for row in sheet:
        voucher = held[row["Referanse"]]
        assert row["Bilagsnr"] == str(voucher["no"])
        lines = {(x["account"], x["debit_ore"], x["credit_ore"]) for x in voucher["lines"]}
        assert (row["Konto"], *(round((row[c] or 0) * 100) for c in ("Debet", "Kredit"))) in lines


@pytest.mark.parametrize(
    ("confirm", "capture"),
    [
        ("none", ""),
        ("field", "  - capture: {voucher_no: invoice.voucher_no}\n"),
        ("title", "  - capture: {voucher_no: page.title, matching: 'Bilag (\\d+) bokført'}\n"),
        ("status", "  - capture: {voucher_no: page.status, matching: 'Bilag (\\d+) er bokført'}\n"),
    ],
)
def test_four_ways_of_confirming(confirm: str, capture: str, office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(confirm=confirm)
    flow = office.workspace / "flows" / "practice" / "supplier-invoice.yaml"
    lines = flow.read_text(encoding="utf-8").splitlines(keepends=True)
    flow.write_text("".join(capture if "- capture:" in line else line for line in lines), encoding="utf-8")

    receipts = office.receipts(BOT, "--limit", "2", code=1)

    numbers = [str(v["no"]) for v in program.vouchers()]
    assert [r["fields"].get("voucher_no") for r in receipts[:2]] == numbers
    assert receipts[0]["how"] == ("screen" if capture else "lookup")


def test_the_same_workbook_again_renamed_and_changed(office: Bilagsbot, program: PracticeServer) -> None:
    office("run", BOT, "--limit", "3", "--quiet", code=1)
    held = program.vouchers()
    book = load_workbook(office.workspace / "inbox" / "fakturaer.xlsx")
    sheet = book["Fakturaer"]
    sheet.delete_rows(5, 100)
    sheet["E3"] = 4711.5
    book.save(office.workspace / "inbox" / "omdøpt.xlsx")

    said = office("run", BOT, "--input", "inbox/omdøpt.xlsx", "--quiet", code=1)

    assert "skipped       2 items" in said
    assert program.vouchers() == held
    row = office.sheet("inbox/omdøpt.kvittering.xlsx", "Fakturaer")[1]
    assert row["Status"] == "Avvist"
    assert f"voucher_no {held[1]['no']}" in row["Melding"]
    assert "fakturaer.xlsx" in row["Melding"]


def test_one_bad_row_keeps_all_from_being_keyed_unless_valid_only(office: Bilagsbot, program: PracticeServer) -> None:
    office.edit("inbox/fakturaer.xlsx", "Fakturaer", "E4", "1.234")

    assert "row 4, column E (Beløp)" in office("run", BOT, "--quiet", code=2)
    assert program.vouchers() == []

    said = office("run", BOT, "--quiet", "--valid-only", "--limit", "2", code=1)
    assert "balances" in said
    assert "rejected       1 items" in said
    assert len(program.vouchers()) == 2
    row = _sheet(office)[2]
    assert (row["Status"], row["Bilagsnr"]) == ("Avvist", None)
    assert "1.234" in str(row["Melding"])


def test_the_programs_words_reject_and_the_next_item_goes_on(office: Bilagsbot, program: PracticeServer) -> None:
    office.edit("inbox/fakturaer.xlsx", "Fakturaer", "F2", "9999")

    receipts = office.receipts(BOT, "--limit", "2", code=1)

    assert [r["status"] for r in receipts[:2]] == ["rejected", "posted"]
    assert "Konto 9999 finnes ikke" in receipts[0]["message"]
    assert len(program.vouchers()) == 1
    # A rejected item is never retried by itself; but it is where the operator has corrected the row.
    assert office.receipts(BOT, "--limit", "1", code=1)[0]["status"] == "rejected"
    office.edit("inbox/fakturaer.xlsx", "Fakturaer", "F2", "6300")
    assert office.receipts(BOT, "--limit", "1", code=1)[0]["status"] == "posted"


@pytest.mark.parametrize(
    "fault", ["http_500_after_store", "lose_reply_after_store", "http_500_on_post", "lose_request"]
)
def test_an_outcome_not_seen_is_asked_about_before_anything_is_keyed_again(
    fault: str, office: Bilagsbot, program: PracticeServer
) -> None:
    program.set_knobs(**{fault: 1, "silent_loss": True})

    receipts = office.receipts(BOT, "--limit", "2", code=1)

    assert {r["status"] for r in receipts[:2]} == {"posted"}
    held = program.vouchers()
    assert sorted(v["invoice_no"] for v in held) == ["F-2601001", "F-2601002"]
    first = next(r for r in receipts if r["key"]["invoice_no"] == "F-2601001")
    assert first["how"] == ("lookup" if "store" in fault else "screen")


def test_a_request_that_lands_late_is_waited_for(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(lose_reply_after_store=1, store_lag_ms=1000)

    office("run", BOT, "--limit", "1", "--quiet", code=1)

    assert [v["invoice_no"] for v in program.vouchers()] == ["F-2601001"]


def test_without_a_lookup_an_unknown_item_waits_for_a_person(office: Bilagsbot, program: PracticeServer) -> None:
    flow = office.workspace / "flows" / "practice" / "supplier-invoice.yaml"
    flow.write_text(flow.read_text(encoding="utf-8").partition("lookup:")[0], encoding="utf-8")
    program.set_knobs(http_500_after_store=1)

    office("run", BOT, "--limit", "1", "--quiet", code=1)
    office("run", BOT, "--limit", "1", "--quiet", code=1)  # the next item; the unknown one is left alone
    (unknown,) = office.items("--state", "unknown")
    assert len(program.vouchers()) == 2

    assert "there is no item" not in office("settle", unknown["id"], "--posted", "voucher_no=10001", "--why", "saw it")
    said = office("settle", unknown["id"], "--not-posted", code=2)
    assert "not unknown" in said
    row = next(r for r in office.receipts(BOT, "--limit", "1", code=1) if r["item"] == unknown["id"])
    assert (row["status"], row["fields"], row["how"]) == ("skipped", {"voucher_no": "10001"}, "settled")
    assert len(program.vouchers()) == 3


def test_what_a_person_keyed_is_found_before_it_is_keyed(office: Bilagsbot, program: PracticeServer) -> None:
    office("run", BOT, "--quiet", "--limit", "2", code=1)
    for file in (office.workspace / ".bilagsbot").glob("ledger.sqlite*"):
        file.unlink()  # to this ledger the two are a person's
    bot = office.workspace / f"bots/{BOT}.yaml"
    bot.write_text(f"{bot.read_text(encoding='utf-8')}ask_first: true\n", encoding="utf-8")

    receipts = office.receipts(BOT, "--limit", "3", code=1)

    posted = [(r["how"], r["rows"]) for r in receipts if r["status"] == "posted"]
    assert posted == [("lookup", [2]), ("lookup", [3]), ("screen", [4])]
    assert len(program.vouchers()) == 3


def test_an_expired_session_is_logged_in_again_for_the_same_item(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(session_seconds=1, latency_ms=0)

    receipts = office.receipts(BOT, "--limit", "2", code=1)

    assert [r["status"] for r in receipts[:2]] == ["posted", "posted"]
    assert len(program.vouchers()) == 2


def test_a_program_that_is_not_there(office: Bilagsbot, program: PracticeServer) -> None:
    program.stop()

    said = office("run", BOT, "--quiet", code=4)

    assert "does not answer" in said
    assert {item["state"] for item in office.items()} == {"ready"}


def test_a_login_without_a_secret_says_where_to_put_it(office: Bilagsbot) -> None:
    office.login = "another"

    said = office("run", BOT, code=2)

    assert "bilagsbot login practice" in said
    assert "BILAGSBOT_PRACTICE_PASSWORD" in said


def test_a_rehearsal_reads_back_and_posts_nothing(office: Bilagsbot, program: PracticeServer) -> None:
    office.edit("inbox/fakturaer.xlsx", "Fakturaer", "B3", "Finnes Ikke AS")

    said = office("rehearse", BOT, "--limit", "3", "--json", code=1)

    results = [json.loads(line) for line in said.splitlines() if line[:1] == "{"]
    assert [bool(r["wrong"]) for r in results] == [False, True, False]
    assert "Finnes Ikke AS" in results[1]["wrong"]
    assert program.vouchers() == []
    assert office.items() == []


@pytest.mark.parametrize("key", ["[invoice_no, supplier]", "[supplier, invoice_no, account]"])
def test_a_key_changed_after_posting_is_refused(key: str, office: Bilagsbot, program: PracticeServer) -> None:
    office("run", BOT, "--limit", "1", "--quiet", code=1)
    flow = office.workspace / "flows" / "practice" / "supplier-invoice.yaml"
    text = flow.read_text(encoding="utf-8")
    flow.write_text(text.replace("key: [supplier, invoice_no]", f"key: {key}"), encoding="utf-8")

    said = office("run", BOT, "--limit", "1", "--quiet", code=2)

    assert f"flows/practice/supplier-invoice: its key is {key}" in said
    assert "Write key: [supplier, invoice_no]." in said
    assert len(program.vouchers()) == 1

    flow.write_text(text, encoding="utf-8")
    assert "skipped       1 items" in office("run", BOT, "--limit", "1", "--quiet", code=1)
