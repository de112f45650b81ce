"""The invoice screen over plain HTTP: Update, Post, and what is refused."""

import hashlib
import re

import pytest

from bilagsbot.practice.invoice import net_of
from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser

NBSP = "\u00a0"


def test_update_rewrites_computes_and_stores_nothing(server: PracticeServer, user: HttpUser) -> None:
    page = user.update(leverandornr="", leverandornr_hurtig="20002")
    shown = {name: page.value(name) for name in ("leverandor", "fakturadato", "forfallsdato", "belop")}
    assert shown == {
        "leverandor": "Ødegård Trelast AS",
        "fakturadato": "05.03.2025",
        "forfallsdato": "19.03.2025",
        "belop": f"12{NBSP}500,00",
    }
    assert page.value("netto") == f"10{NBSP}000,00"
    assert page.value("mva") == f"2{NBSP}500,00"
    assert page.value("total") == f"12{NBSP}500,00"
    assert server.vouchers() == []


def test_update_keeps_what_it_cannot_read(user: HttpUser) -> None:
    page = user.update(fakturadato="32.13.2025", belop="<b>tolv</b>")
    assert page.value("fakturadato") == "32.13.2025"
    assert page.value("belop") == "&lt;b&gt;tolv&lt;/b&gt;"
    assert page.value("netto") == ""


def test_an_invoice_is_stored_with_its_lines(server: PracticeServer, user: HttpUser) -> None:
    page = user.post_invoice(kid="12345678903", tekst="to\r\nlinjer", forfallsdato="010425")
    assert '<div id="status" class="statuslinje">Bilag 10001 er bokført</div>' in page.text
    (voucher,) = server.vouchers()
    wanted = {
        "no": 10001,
        "type": "invoice",
        "date": "2025-03-05",
        "due_date": "2025-04-01",
        "supplier": "Blåbærsyltetøy AS",
        "supplier_no": "20001",
        "invoice_no": "F-1",
        "description": "to\nlinjer",
        "amount_ore": 1250000,
        "account": "6800",
        "mva_code": "1",
        "kid": "12345678903",
    }
    assert voucher | wanted == voucher
    assert [(line["account"], line["debit_ore"], line["credit_ore"]) for line in voucher["lines"]] == [
        ("6800", 1000000, 0),
        ("2710", 250000, 0),
        ("2400", 0, 1250000),
    ]


def test_a_credit_note_changes_sides(server: PracticeServer, user: HttpUser) -> None:
    user.post_invoice(belop="-100", mvakode="0")
    (voucher,) = server.vouchers()
    assert voucher["amount_ore"] == -10000
    assert [(line["debit_ore"], line["credit_ore"]) for line in voucher["lines"]] == [(0, 10000), (10000, 0)]


@pytest.mark.parametrize(("code", "net"), [("0", 9999), ("1", 7999), ("11", 8695), ("13", 8928)])
def test_mva_is_taken_out_of_the_total(code: str, net: int) -> None:
    assert net_of(9999, code) == net


def test_duplicates_are_accepted(server: PracticeServer, user: HttpUser) -> None:
    user.post_invoice()
    user.post_invoice()
    assert [(one["no"], one["invoice_no"]) for one in server.vouchers()] == [(10001, "F-1"), (10002, "F-1")]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"leverandornr": ""}, "Feil! Leverandør mangler"),
        ({"leverandornr": "", "leverandornr_hurtig": "99"}, "Feil! Ukjent leverandør"),
        ({"fakturanr": " "}, "Feil! Fakturanr mangler"),
        ({"fakturadato": ""}, "Feil! Fakturadato mangler"),
        ({"fakturadato": "310225"}, "Feil! Fakturadato er ugyldig"),
        ({"forfallsdato": "snart"}, "Feil! Forfallsdato er ugyldig"),
        ({"belop": ""}, "Feil! Beløp mangler"),
        ({"belop": "0"}, "Feil! Beløp mangler"),
        ({"belop": "mye"}, "Feil! Beløp er ugyldig"),
        ({"konto": ""}, "Feil! Konto mangler"),
        ({"konto": "9999"}, "Feil! Konto 9999 finnes ikke"),
        ({"mvakode": "7"}, "Feil! Mva-kode er ugyldig"),
    ],
)
def test_what_is_wrong_is_told_and_not_stored(
    server: PracticeServer, user: HttpUser, changes: dict[str, str], told: str
) -> None:
    page = user.post_invoice(**changes)
    assert (page.status, page.error) == (200, told)
    assert server.vouchers() == []


def test_alerts_stand_over_the_form_that_was_typed(server: PracticeServer, user: HttpUser) -> None:
    server.set_knobs(error_style="alert")
    page = user.post_invoice(fakturanr="")
    assert 'alert("Fakturanr mangler")' in page.text
    assert page.value("konto") == "6800"
    assert user.post_invoice(konto="9999").error == "Feil! Konto 9999 finnes ikke"


def test_ids_are_new_at_each_load(user: HttpUser) -> None:
    first, second = (re.findall(r'id="(ctl\d{4})"', user.get("/faktura").text) for _ in range(2))
    assert len(first) == len(set(first)) == 15
    assert first != second


def test_rows_can_be_shuffled(server: PracticeServer, user: HttpUser) -> None:
    def order() -> tuple[str, ...]:
        return tuple(re.findall(r'class="ledetekst">([^<]+)<', user.get("/faktura").text))

    assert order() == order()
    server.set_knobs(shuffle_rows=True)
    shuffled = {order() for _ in range(5)}
    assert len(shuffled) > 1
    assert len({tuple(sorted(one)) for one in shuffled}) == 1


def test_the_post_button_can_be_disabled(server: PracticeServer, user: HttpUser) -> None:
    button = re.compile(r'value="Bokfør"[^>]* disabled>')
    assert not button.search(user.get("/faktura").text)
    server.set_knobs(disable_post=True)
    assert button.search(user.get("/faktura").text)
    assert button.search(user.get("/bilag").text)


def test_an_attachment_is_stored_by_name_and_sum(server: PracticeServer, user: HttpUser) -> None:
    content = b"%PDF\r\n--x\r\n\r\n\x00\xff\r\n"
    fields = {"leverandornr": "20001", "fakturanr": "Å 1", "fakturadato": "050325", "belop": "1", "konto": "6800"}
    parts = [f'--x y\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    parts.append('--x y\r\nContent-Disposition: form-data; name="bokfor"\r\n\r\nBokfør\r\n')
    head = '--x y\r\nContent-Disposition: form-data; name="vedlegg"; filename="b%22øk%25.pdf"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + b"\r\n--x y--\r\n"
    user.send("POST", "/faktura", body, 'multipart/form-data; boundary="x y"')
    (voucher,) = server.vouchers()
    assert voucher["invoice_no"] == "Å 1"
    assert voucher["attachment"] == 'b"øk%25.pdf'
    assert voucher["attachment_sha256"] == hashlib.sha256(content).hexdigest()
