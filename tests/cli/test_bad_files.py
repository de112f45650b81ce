"""What a person may do wrong in the files beside the workbook: a sentence each, exit 2, and nothing is keyed."""

from pathlib import Path

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.run.conftest import office, program
from tests.workspaces import Bilagsbot

__all__ = ["office", "program"]

BOT = "practice-invoices"
BOT_FILE, FLOW, SELECTORS = f"bots/{BOT}.yaml", "flows/practice/supplier-invoice.yaml", "selectors/practice.yaml"
CLASS = "reaches for '__class__', which templates may not use. Use the item's fields."
# The file, what stands there, what is written instead, and the sentence after the file's name, with all in place.
MISTAKES = [
    (FLOW, "- click: menu.invoice", "- clik: menu.invoice", ":19: unknown step 'clik'. Did you mean 'click'?"),
    (FLOW, "- click: invoice.update", "- click: invoice.updat",
     ":36: no target 'invoice.updat' in selectors/practice.yaml. Did you mean 'invoice.update'?"),
    (FLOW, "item.invoice_date | date", "item.invoice_date | dat",
     ":28: the template '{{ item.invoice_date | dat }}' uses the unknown filter 'dat'. Did you mean 'date'?"),
    (FLOW, '"{{ item.account }}"', '"{{ item.acount }}"',
     ":30: 'item' has no 'acount' (in '{{ item.acount }}'). Did you mean 'account'?"),
    (FLOW, '"{{ item.vat }}"', '"{{ item.__class__ }}"', f":31: the template '{{{{ item.__class__ }}}}' {CLASS}"),
    (FLOW, "{voucher_no: page.status", "{vocher_no: page.status",
     ":42: 'receipt' has no field 'vocher_no'. Did you mean 'voucher_no'? Or add 'vocher_no: text' to 'receipt'."),
    (FLOW, "  supplier: text", "  supplier: text\n  supplier: text",
     ":5: the key 'supplier' stands here twice, first in line 4. Remove one of them."),
    (BOT_FILE, "sheet: Fakturaer", "shet: Fakturaer", ":6: unknown key 'shet'. Did you mean 'sheet'?"),
    (SELECTORS, "page.title: {find: {document: title}}", "page.title: {fnd: {document: title}}",
     ":16: unknown key 'fnd'. Did you mean 'find'?"),
]  # fmt: skip
# Where nothing else of the file can be read: the file, old, new, the sentence.
ALONE = [
    (FLOW, "  supplier: text", "\tsupplier: text", ":4: a tab indents this line. Indent with spaces."),
    (FLOW, "  supplier: text", "  supplier: &loop [*loop]", ":4: the alias holds itself. Write the value out."),
    (FLOW, "key: [supplier, invoice_no] ", "#", ":1: 'key' is missing. Add 'key: …'."),
    (FLOW, "receipt:                                          # not captured = not posted\n  voucher_no", "#",
     ":1: 'receipt' is missing. Add 'receipt: …'."),
    (BOT_FILE, "practice/supplier-invoice", "practice/suplier-invoice",
     ":1: there is no flow 'practice/suplier-invoice' in flows/. Did you mean 'practice/supplier-invoice'?"),
]  # fmt: skip


def change(workspace: Path, name: str, old: str, new: str) -> None:
    """Replace what a file says first."""
    text = (workspace / name).read_text(encoding="utf-8")
    assert old in text
    (workspace / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def refused(office: Bilagsbot, program: PracticeServer, command: str) -> list[str]:
    """What a command says that must be refused, before the program has seen anything of it."""
    said = office(command, BOT, code=2).splitlines()
    assert program.vouchers() == []
    assert not (office.workspace / ".bilagsbot" / "ledger.sqlite").exists()
    return said


@pytest.mark.parametrize("command", ["check", "rehearse", "run"])
def test_all_mistakes_of_all_files_come_at_once(office: Bilagsbot, program: PracticeServer, command: str) -> None:
    for name, old, new, _ in MISTAKES:
        change(office.workspace, name, old, new)
    said = refused(office, program, command)
    assert set(said[:-2]) == {name + sentence for name, _, _, sentence in MISTAKES}
    assert said[-2:] == ["", f"{len(MISTAKES)} mistakes. Nothing was keyed."]


@pytest.mark.parametrize(("name", "old", "new", "sentence"), ALONE)
def test_a_file_that_cannot_be_read_further(
    office: Bilagsbot, program: PracticeServer, name: str, old: str, new: str, sentence: str
) -> None:
    change(office.workspace, name, old, new)
    assert refused(office, program, "run")[0].startswith(name + sentence)


def test_a_template_that_is_too_much_fails_before_submit(office: Bilagsbot, program: PracticeServer) -> None:
    change(office.workspace, FLOW, '"{{ item.account }}"', "\"{{ 'x' * 10 ** 10 }}\"")
    said = office("run", BOT, "--limit", "1", code=1)
    assert "makes more than 100000 characters" in " ".join(said.split())
    assert program.vouchers() == []


def test_a_login_without_a_secret(office: Bilagsbot, program: PracticeServer) -> None:
    change(office.workspace, BOT_FILE, "login: practice", "login: nobody")
    for command in ("rehearse", "run"):
        assert refused(office, program, command) == [
            "login nobody: there is no username and no password. Run 'bilagsbot login nobody', or set "
            "BILAGSBOT_NOBODY_USERNAME and BILAGSBOT_NOBODY_PASSWORD."
        ]
