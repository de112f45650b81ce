"""The supplier invoice flow, written in Python: the same Flow in the engine, with the same checks and guarantees."""

from bilagsbot.flow.script import Hand, PythonFlow

flow = PythonFlow(
    app="sqlledger",
    posts="supplier-invoice",  # the same documents as the YAML flow's: neither posts what the other has posted
    item={
        "invoice_no": {"type": "text", "max_length": 30},
        "supplier": "text",
        "invoice_date": "date",
        "amount": {"type": "amount", "zero": False},
        "account": {"type": "text", "pattern": "[0-9]{4}", "note": "Write the account's four digits."},
    },
    key=["supplier", "invoice_no"],
    receipt={
        "transaction_id": {"type": "integer", "label": "Bilagsnr"},
        "invoice_no": {"type": "text", "label": "Fakturanr i SQL-Ledger"},
    },
    expired="page.expired",
)


@flow.start
def log_in(hand: Hand) -> None:
    """Once a session."""
    hand.open("{{ target.url }}")
    hand.fill({"login.user": "{{ login.username }}", "login.password": "{{ login.password }}"})
    hand.click("login.submit")
    hand.reject_if("login.error")
    hand.click("menu.ap")
    hand.click("menu.ap.reports")


@flow.steps
def key_invoice(hand: Hand) -> None:
    """Once an item."""
    item = hand.item
    hand.click("menu.ap.add_transaction")
    hand.choose({"invoice.vendor": str(item["supplier"])})
    hand.fill({
        "invoice.number": str(item["invoice_no"]),
        "invoice.date": f"{item['invoice_date']:%Y-%m-%d}",
        "invoice.amount": f"{item['amount']:.2f}",
    })  # fmt: skip
    hand.choose({"invoice.account": f"{item['account']}--*"})
    hand.click("invoice.update")
    hand.reject_if("page.error")
    hand.expect({"invoice.total": f"{item['amount']:.2f}"})
    hand.submit("invoice.post")
    hand.reject_if("page.refused")


@flow.lookup
def find_invoice(hand: Hand) -> None:
    """Asks the program whether it holds the item."""
    item = hand.item
    hand.click("menu.ap.reports.transactions")
    hand.fill({"report.invoice_no": str(item["invoice_no"])})
    hand.check({"report.closed": True, "report.with_id": True})
    hand.click("report.continue")
    hand.find_row(
        "report.rows",
        where={"Invoice": str(item["invoice_no"]), "Vendor": str(item["supplier"])},
        receipt={"invoice_no": "Invoice", "transaction_id": "ID"},
    )
