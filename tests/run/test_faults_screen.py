"""The screen is not as it was: a field renamed, rows in another order. The right field is filled, or none."""

import pytest

from bilagsbot.practice.server import PracticeServer
from tests.workspaces import Bilagsbot

from .moments import assert_each_once, patience

BOT = "practice-invoices"


def _right(office: Bilagsbot, program: PracticeServer, rows: int) -> None:
    """Every field of the vouchers is what the workbook says of it."""
    held = {v["invoice_no"]: v for v in program.vouchers()}
    sheet = office.sheet("inbox/fakturaer.xlsx", "Fakturaer")[:rows]
    assert len(held) == rows
    for row in sheet:
        voucher = held[row["Fakturanr"]]
        assert voucher["supplier"] == row["Leverandør"]
        assert (voucher["account"], voucher["mva_code"]) == (row["Konto"], row["Mva-kode"])
        assert voucher["kid"] == (row["KID"] or "")
        if row["Forfall"]:
            assert voucher["due_date"] == str(row["Forfall"])[:10]
    assert_each_once(office, program, rows)


def test_renamed_fields_are_found_by_the_next_anchor_and_the_drift_is_told(
    office: Bilagsbot, program: PracticeServer
) -> None:
    program.set_knobs(rename_field={"fakturanr": "invoice_number", "belop": "amount"})

    said = office("run", BOT, "--limit", "2", "--quiet", code=1)

    assert "drift: invoice.number was found by anchor 2" in said
    assert "drift: invoice.amount was found by anchor 2" in said
    assert "drift: invoice.date" not in said
    _right(office, program, 2)


def test_rows_in_a_new_order_at_each_load(office: Bilagsbot, program: PracticeServer) -> None:
    """Renamed besides, so that the fields are found by the text beside them alone."""
    names = ("fakturanr", "fakturadato", "forfallsdato", "belop", "konto", "mvakode", "kid")
    program.set_knobs(shuffle_rows=True, rename_field={name: f"felt_{i}" for i, name in enumerate(names)})

    office("run", BOT, "--limit", "3", "--quiet", code=1)

    _right(office, program, 3)


@pytest.mark.parametrize("fingerprint", ["{near: Fakturanr}", "{tag: input, label: Fakturanr}"])
def test_a_field_known_by_its_place_alone_is_never_taken_for_another(
    fingerprint: str, office: Bilagsbot, program: PracticeServer
) -> None:
    patience(office, 1)
    selectors = office.workspace / "selectors" / "practice.yaml"
    text = selectors.read_text(encoding="utf-8")
    old = "invoice.number: {find: [{name: fakturanr}, {cell: Fakturanr}], is: {tag: input, label: Fakturanr}}"
    assert old in text
    place = "table.skjema tr:nth-child(3) input"
    selectors.write_text(text.replace(old, f'invoice.number: {{find: {{css: "{place}"}}, is: {fingerprint}}}'), "utf-8")
    office("run", BOT, "--limit", "1", "--quiet", code=1)
    _right(office, program, 1)
    program.set_knobs(shuffle_rows=True)

    office("run", BOT, "--limit", "3", "--quiet", code=1)

    done = {i["key"]["invoice_no"] for i in office.items("--state", "posted")}
    assert {v["invoice_no"] for v in program.vouchers()} == done
    assert done <= {row["Fakturanr"] for row in office.sheet("inbox/fakturaer.xlsx", "Fakturaer")}
    assert_each_once(office, program, len(done))
