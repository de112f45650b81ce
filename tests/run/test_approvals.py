"""Four eyes: what needs another person's approval is keyed after it, and never before."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from openpyxl import load_workbook

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, states, until_filled, until_submitting

BOT = "practice-invoices"
FLOW = Path("flows/practice/supplier-invoice.yaml")
BOOK, SHEET = "inbox/fakturaer.xlsx", "Fakturaer"


def asking(office: Bilagsbot, rules: str, rows: int = 3) -> tuple[Bilagsbot, Bilagsbot]:
    """The office as Ola and as Kari meet it, with a bot that asks approval and a workbook of so many rows."""
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    bot.write_text(f"{bot.read_text(encoding='utf-8')}approve: {rules}\n", encoding="utf-8")
    book = load_workbook(office.workspace / BOOK)
    book[SHEET].delete_rows(rows + 2, 100)
    book.save(office.workspace / BOOK)
    ola, kari = (replace(office, environment={**office.environment, "LOGNAME": name}) for name in ("ola", "kari"))
    return ola, kari


def statuses(office: Bilagsbot, code: int = 1) -> list[str]:
    """What a run makes of each row."""
    return [receipt["status"] for receipt in office.receipts(BOT, code=code)]


def waiting(office: Bilagsbot) -> list[dict[str, object]]:
    """What `bilagsbot approve` lists."""
    return [json.loads(line) for line in office("approve", "--json").splitlines()]


def known(office: Bilagsbot) -> list[tuple[str, ...]]:
    """The ledger's known values, looked up behind the program's back."""
    with closing(sqlite3.connect(office.workspace / ".bilagsbot" / "ledger.sqlite")) as connection:
        return list(connection.execute('select field, "of", value from known_value'))


def with_accounts(office: Bilagsbot, *accounts: str | None) -> None:
    """The flow gets a bank account, and the workbook one supplier with these."""
    flow = office.workspace / FLOW
    text = flow.read_text(encoding="utf-8")
    assert "  kid: {type: kid, required: false}\n" in text
    field = "  kid: {type: kid, required: false}\n  bank_account: {type: text, required: false}\n"
    flow.write_text(text.replace("  kid: {type: kid, required: false}\n", field), encoding="utf-8")
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    columns = "    kid: KID\n    bank_account: Bankkonto\n"
    bot.write_text(bot.read_text(encoding="utf-8").replace("    kid: KID\n", columns), encoding="utf-8")
    office.edit(BOOK, SHEET, "I1", "Bankkonto")
    for row, account in enumerate(accounts, start=2):
        office.edit(BOOK, SHEET, f"B{row}", "Blåbærsyltetøy AS")
        office.edit(BOOK, SHEET, f"I{row}", account)


def test_a_sum_above_the_limit_waits_for_another_person(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 3000}")

    *posted, held = ola.receipts(BOT, code=1)

    assert [r["status"] for r in posted] == ["posted", "posted"]
    assert held["status"] == "waiting"
    sums = "3\u00a0225,30 is above 3\u00a0000,00"
    assert held["message"] == f"needs approval: {sums}; bilagsbot approve {held['item']}"
    assert held["attempts"] == 0
    (listed,) = waiting(kari)
    assert (listed["id"], listed["sum"], listed["why"], listed["starter"]) == (held["item"], "3225.30", sums, "ola")
    assert listed["run"] == held["run"]
    assert held["item"] in (table := kari("approve"))
    assert sums in table
    assert "Venter" in {row["Status"] for row in office.sheet("inbox/fakturaer.kvittering.xlsx", SHEET)}
    said = ola("approve", held["item"], code=2)
    assert f"you started the run in which it came to wait ({held['run']}); another person has to approve." in said
    assert statuses(ola) == ["skipped", "skipped", "waiting"]
    assert len(program.vouchers()) == 2

    assert "1 item is approved. The next run keys it." in kari("approve", held["item"], "--why", "saw the order")

    assert waiting(kari) == []
    assert "Nothing waits for approval." in kari("approve")
    assert statuses(ola, code=0) == ["skipped", "skipped", "posted"]
    assert_each_once(office, program, 3)
    assert "ready approved by kari: saw the order" in office.events()


def test_every_mistake_of_an_approval_is_told_and_then_none_is_given(office: Bilagsbot) -> None:
    ola, kari = asking(office, "{above: 2000, by: [Kari, per]}")
    posted, first, second = (receipt["item"] for receipt in ola.receipts(BOT, code=1))

    said = ola("approve", first, posted, "abcdefabcdef", code=2)

    assert f"approve {first}: ola is none of those who may approve. They are: Kari, per." in said
    assert f"approve {first}: you started the run" in said
    assert f"approve {posted}: the item is posted; it does not wait for approval." in said
    assert "approve abcdefabcdef: the ledger has no item 'abcdefabcdef'." in said
    assert "does not wait" in kari("approve", first, second, posted, code=2)
    assert len(waiting(kari)) == 2
    assert "not said why" in kari("approve", first, "--refuse", code=2)
    assert "only items can be refused" in kari("approve", "--flow", BOT, "--refuse", "--why", "no", code=2)
    assert "asks no approval of its flow" in kari("approve", "--flow", BOT, code=2)
    assert "2 items are approved. The next run keys 2." in kari("approve", first, second)


def test_who_runs_a_workbook_that_waits_already_may_still_approve(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 3000}")
    statuses(ola)

    assert statuses(kari) == ["skipped", "skipped", "waiting"]

    (held,) = waiting(kari)
    assert held["starter"] == "ola"
    assert office.events().count("waiting needs approval") == 1  # nothing happened since
    assert "you started the run" in replace(ola, environment={**ola.environment, "LOGNAME": "OLA"})(
        "approve", str(held["id"]), code=2
    )
    kari("approve", str(held["id"]))
    assert statuses(kari, code=0) == ["skipped", "skipped", "posted"]
    assert len(program.vouchers()) == 3


def test_what_changed_after_its_approval_needs_it_anew(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 3000}")
    item = ola.receipts(BOT, code=1)[2]["item"]
    kari("approve", item)
    office.edit(BOOK, SHEET, "E4", 99_000)

    assert statuses(kari) == ["skipped", "skipped", "waiting"]  # of this content it is Kari who started the run

    assert len(program.vouchers()) == 2
    assert "you started the run" in kari("approve", item, code=2)
    ola("approve", item)
    assert statuses(kari, code=0) == ["skipped", "skipped", "posted"]
    assert max(v["amount_ore"] for v in program.vouchers()) == 9_900_000


def test_a_refused_item_is_not_keyed(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 3000}")
    item = ola.receipts(BOT, code=1)[2]["item"]

    assert "1 item is refused." in kari("approve", item, "--refuse", "--why", "no such order")

    held = ola.receipts(BOT, code=1)[2]
    assert (held["status"], held["message"]) == ("rejected", "refused by kari: no such order")
    assert "rejected refused by kari: no such order" in office.events()
    assert "the item is rejected" in kari("approve", item, code=2)
    assert [r["status"] for r in ola.receipts(BOT, "--retry-rejected", code=1)][2] == "waiting"
    assert len(program.vouchers()) == 2


def test_a_changed_account_waits_and_is_known_when_it_is_posted(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{changed: {supplier: bank_account}}", rows=4)
    with_accounts(ola, "1234.56.78903", None, "1234 56 78903", "86011117947")

    *posted, held = ola.receipts(BOT, code=1)

    assert [r["status"] for r in posted] == ["posted"] * 3
    assert held["status"] == "waiting"
    assert "Bankkonto of Blåbærsyltetøy AS is another than in row 2; bilagsbot approve" in held["message"]
    before = known(office)
    assert [field for field, *_ in before] == ["supplier.bank_account"]
    assert all(len(sha) == 64 for _, *hashes in before for sha in hashes)
    # Another reason of the same wait, in Kari's run: whose it is does not change, so that she may approve it.
    assert "Bankkonto of Blåbærsyltetøy AS is another than was last posted" in kari.receipts(BOT, code=1)[3]["message"]

    kari("approve", held["item"])
    assert statuses(ola, code=0)[3] == "posted"
    assert known(office) != before
    assert len(known(office)) == 1
    assert len(program.vouchers()) == 4


def test_the_first_account_of_a_supplier_waits_where_the_bot_says_so(
    office: Bilagsbot, program: PracticeServer
) -> None:
    ola, kari = asking(office, "{changed: {supplier: [bank_account]}, first: true}", rows=2)
    with_accounts(ola, "12345678903", "12345678903")

    first, second = ola.receipts(BOT, code=1)

    assert {first["status"], second["status"]} == {"waiting"}
    assert "Bankkonto of Blåbærsyltetøy AS was never posted before" in first["message"]
    kari("approve", first["item"])
    assert statuses(ola) == ["posted", "waiting"]
    assert statuses(ola, code=0) == ["skipped", "posted"]  # by now it is known
    assert len(program.vouchers()) == 2


def test_an_outcome_that_a_person_settled_is_known_too(office: Bilagsbot, program: PracticeServer) -> None:
    ola, _ = asking(office, "{changed: {supplier: bank_account}}", rows=1)
    with_accounts(ola, "12345678903")
    flow = office.workspace / FLOW
    flow.write_text(flow.read_text(encoding="utf-8").partition("lookup:")[0], encoding="utf-8")
    program.set_knobs(http_500_after_store=1)
    item = ola.receipts(BOT, code=1)[0]["item"]
    assert known(office) == []

    ola("settle", item, "--posted", "voucher_no=10001")

    assert len(known(office)) == 1


def test_a_new_flow_version_waits_whole(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{new_flow: true, above: 3000}")

    held = ola.receipts(BOT, code=1)

    assert {receipt["status"] for receipt in held} == {"waiting"}
    assert program.vouchers() == []
    assert held[0]["message"].endswith(f"before; bilagsbot approve --flow {BOT}")
    assert f"bilagsbot approve {held[2]['item']}; bilagsbot approve --flow {BOT}" in held[2]["message"]
    assert "what waits for approval is its flow." in kari("approve", held[0]["item"], code=2)
    assert "you started the run" in ola("approve", "--flow", BOT, code=2)
    assert "2 items are ready" in kari("approve", "--flow", BOT, "--why", "read the flow")
    assert [waits["rules"] for waits in waiting(kari)] == [["above"]]
    kari("approve", held[2]["item"])
    assert statuses(kari, code=0) == ["posted"] * 3
    assert "there is nothing to approve" in kari("approve", "--flow", BOT, code=2)

    flow = office.workspace / FLOW
    flow.write_text(flow.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    office.edit(BOOK, SHEET, "A2", "F-1")
    assert statuses(ola) == ["waiting", "skipped", "skipped"]


def test_a_flow_approved_beforehand_is_not_run_by_its_approver(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{new_flow: true}", rows=1)
    ola("approve", "--flow", BOT)

    (held,) = ola.receipts(BOT, code=1)

    assert held["status"] == "waiting"
    assert "and ola who approved it started the run" in held["message"]
    assert program.vouchers() == []
    kari("approve", "--flow", BOT)
    assert statuses(ola, code=0) == ["posted"]


def test_an_approval_of_one_no_longer_named_does_not_count(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 1000}", rows=1)
    kari("approve", ola.receipts(BOT, code=1)[0]["item"])
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    text = bot.read_text(encoding="utf-8").replace("{above: 1000}", "{above: 1000, by: [per]}")
    bot.write_text(text, encoding="utf-8")

    assert statuses(ola) == ["waiting"]
    assert program.vouchers() == []


def test_killed_after_the_approval(office: Bilagsbot, program: PracticeServer) -> None:
    ola, kari = asking(office, "{above: 1000}", rows=1)
    kari("approve", ola.receipts(BOT, code=1)[0]["item"])
    run = ola.start("run", BOT, "--quiet")
    until_filled(office, run, "invoice.number")
    run.kill()
    run.communicate()
    assert states(office)["running"] == 1

    assert statuses(ola, code=0) == ["posted"]

    assert_each_once(office, program, 1)


def test_what_the_lookup_gives_back_to_be_keyed_is_asked_of_too(office: Bilagsbot, program: PracticeServer) -> None:
    program.set_knobs(lose_request=1)
    ola, kari = asking(office, "{above: 100000}", rows=1)
    run = ola.start("run", BOT, "--quiet")
    until_submitting(office, run)
    run.kill()
    run.communicate()
    bot = office.workspace / "bots" / f"{BOT}.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace("above: 100000", "above: 1000"), encoding="utf-8")

    (held,) = ola.receipts(BOT, code=1)

    assert held["status"] == "waiting"
    assert program.vouchers() == []
    kari("approve", held["item"])
    assert statuses(ola, code=0) == ["posted"]


def test_rows_that_wait_take_nothing_of_the_limit(office: Bilagsbot, program: PracticeServer) -> None:
    ola, _ = asking(office, "{above: 2000}", rows=4)
    office.edit(BOOK, SHEET, "E5", 10)

    receipts = ola.receipts(BOT, "--limit", "2", code=1)

    assert [receipt["status"] for receipt in receipts] == ["posted", "waiting", "waiting", "posted"]
