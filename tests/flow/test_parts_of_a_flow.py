"""Mistakes in a flow's fields, key, sum, checks and receipt, and in what it says of itself."""

from collections.abc import Callable

import pytest

from bilagsbot.flow.load import load_flow

from .conftest import Files

RECEIPT = "receipt:\n  voucher_no: {type: integer, label: Bilagsnr}\n"
Says = Callable[..., None]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("key: [supplier, invoice_no]\n", "", (":1: 'key' is missing.", "Add 'key: …'.", "identify the item")),
        (RECEIPT, "", (":1: 'receipt' is missing.", "Add 'receipt: …'.", "not posted")),
        (RECEIPT, "receipt: {}\n", (":8: 'receipt' is empty.", "at least one")),
        (RECEIPT, "receipt: voucher_no\n", (":8: 'receipt' is a mapping, not 'voucher_no'.", "key: value")),
        ("app: shop", "ap: shop", (":1: unknown key 'ap'.", "Did you mean 'app'?")),
        ("app: shop", "app: shop\nname: x", (":2: unknown key 'name'.",)),
        ("app: shop", "app: shop\nversion: x", (":2: unknown key 'version'.",)),
        ("app: shop", "app: 5", (":1: 'app' is a text, not 5.", 'Put it in quotes: "5".')),
        ("app: shop", "app: [shop]", (":1: 'app' is a text, not a list.",)),
        ("app: shop", "app: shp", (":1: there is no selectors/shp.yaml.", "Did you mean 'shop'?")),
        ("app: shop", "app: ../flows/buy", (":1: there is no selectors/../flows/buy.yaml.",)),
        ("app: shop", "app: shop\nexpired: page.stat", (":2: no target 'page.stat'", "Did you mean 'page.status'?")),
        ("app: shop", "app: shop\nsum: amont", (":2: there is no amount 'amont' to sum.", "Did you mean 'amount'?")),
        ("app: shop", "app: shop\nsum: lines.amount", (":2: there is no amount 'lines.amount' to sum.",)),
        ("[supplier, invoice_no]", "[suplier]", (":7: the key names 'suplier', which is no field", "'supplier'?")),
        ("[supplier, invoice_no]", "[kid]", (":7: the key's field 'kid' is optional.", "Remove 'required: false'")),
        ("[supplier, invoice_no]", "[supplier, supplier]", (":7: the key names 'supplier' twice.", "Remove one")),
        ("[supplier, invoice_no]", "[]", (":7: 'key' is empty.", "at least one")),
        ("[supplier, invoice_no]", "[supplier, 5]", (":7: entry 2 of 'key' is a text, not 5.",)),
        ("[supplier, invoice_no]", "{supplier: a}", (":7: 'key' is a list, not a mapping.", "'- '")),
        ("amount: amount", "amount: amonut", (":5: 'amount': unknown type 'amonut'.", "Did you mean 'amount'?")),
        ("amount: amount", "amount: {type: amonut}", (":5: ", "unknown type 'amonut'.", "Did you mean 'amount'?")),
        ("amount: amount", "amount:", (":5: 'amount': write a type", "'text'")),
        ("amount: amount", "amount: [amount]", (":5: 'amount': write a type",)),
        ("amount: amount", "amount: {min: 3}", (":5: 'amount': there is no type.", "{type: text}")),
        ("amount: amount", "amount:\n    type: amount\n    minn: 3", (":7: unknown key 'minn'.", "mean 'min'?")),
        ("amount: amount", "amount:\n    type: amount\n    min: x", (":7: 'min' is a number, not 'x'.", "digits")),
        (
            "amount: amount",
            "amount:\n    type: date\n    min: soon",
            (":7: 'min' is a date, not 'soon'.", "2026-12-31"),
        ),
        (
            "amount: amount",
            "amount:\n    type: amount\n    decimals: 9",
            (":7: 'decimals' is too large: 9.", "6 or less"),
        ),
        ("amount: amount", "amount:\n    type: text\n    pattern: '['", (":7: 'pattern'", "not a regular expression")),
        (
            "amount: amount",
            "amount: {type: amount, max: 1e999999}",
            (":5: 'max' is too large", "1000000000000000 or less"),
        ),
        (
            "amount: amount",
            f"amount: {{type: text, pattern: '{'(' * 5000}a{')' * 5000}'}}",
            (":5: 'pattern'", "not a reg"),
        ),
        ("amount: amount", "amount: {type: choice}", (":5: 'choices' is missing.", "Add 'choices: …'.")),
        ("amount: amount", "amount: amount\n  lines: text", (":6: a field cannot be called 'lines'", "Rename it.")),
        ("{type: integer, label", "{type: integer,\n    labl", (":10: unknown key 'labl'.", "Did you mean 'label'?")),
        ("{type: integer, label", "{type: intger, label", (":9: ", "unknown type 'intger'.", "mean 'integer'?")),
        ("start:\n", "strat:\n", (":10: unknown key 'strat'.", "Did you mean 'start'?")),
        ("start:\n  - include: login", "start: include", (":10: 'start' is a list of steps.", "'- verb: …'")),
    ],
)
def test_a_mistake_in_a_part(says: Says, old: str, new: str, parts: tuple[str, ...]) -> None:
    says(old, new, *parts)


def test_mistakes_in_checks_are_at_their_own_lines(files: Files) -> None:
    checks = """checks:
  - that: item.amont > 0
    say: "{{ item.suplier }} {{ n }}"
  - that: ""
    say: "{{ item.amount | amout }}"
  - {that: item.amount}
  - item.amount > 0
app: shop"""
    said = files.flow(("app: shop", checks))
    assert [m.partition(". ")[0] for m in said] == [
        "flows/buy.yaml:2: 'item' has no 'amont' (in 'item.amont > 0')",
        "flows/buy.yaml:3: 'item' has no 'suplier' (in '{{ item.suplier }} {{ n }}')",
        "flows/buy.yaml:3: the template '{{ item.suplier }} {{ n }}' uses the unknown name 'n'",
        "flows/buy.yaml:4: the condition is empty",
        "flows/buy.yaml:5: the template '{{ item.amount | amout }}' uses the unknown filter 'amout'",
        "flows/buy.yaml:6: 'say' is missing",
        "flows/buy.yaml:7: entry 4 of 'checks' is a mapping, not 'item.amount > 0'",
    ]
    assert "Did you mean 'amount'?" in said[4]


def test_a_key_may_be_one_word_and_a_receipt_field_a_label(files: Files) -> None:
    assert files.flow(("[supplier, invoice_no]", "invoice_no"), ("{type: integer, label", "{label")) == []
    flow, _ = load_flow(files.folder, "buy")
    assert (flow.key, flow.receipt["voucher_no"].type.type, flow.receipt["voucher_no"].label) == (
        ("invoice_no",), "text", "Bilagsnr",
    )  # fmt: skip


class TestTheFlowsName:
    def test_nearest(self, files: Files) -> None:
        assert files.wrong("byu") == ["flows/byu: there is no flow 'byu' in flows/. Did you mean 'buy'?"]

    def test_in_a_folder(self, files: Files) -> None:
        files.write("flows/big/market.yaml", "a: b")
        assert files.wrong("big/markt") == [
            "flows/big/markt: there is no flow 'big/markt' in flows/. Did you mean 'big/market'?"
        ]

    def test_written_twice(self, files: Files) -> None:
        files.write("flows/buy.py", "")
        assert files.wrong() == [
            "flows/buy: there are both flows/buy.yaml and flows/buy.py. Remove or rename one of them."
        ]

    @pytest.mark.parametrize("name", ["../flows/buy", "/etc/hosts", "a\0b", "x" * 300, "", ".."])
    def test_that_leaves_the_folder_or_that_no_disk_takes(self, files: Files, name: str) -> None:
        (said,) = files.wrong(name)
        assert "there is no flow" in said
