"""The journal screen over plain HTTP."""

import re

import pytest

from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser

HEADER = {"bilagsdato": "310325", "beskrivelse": "Lønn mars", "referanse": "L-3"}
ROWS = {"konto_1": "6300", "debet_1": "1 000", "konto_2": "1920", "kredit_2": "1000"}


def test_update_keeps_rewrites_sums_and_adds_a_row_when_all_are_used(user: HttpUser) -> None:
    page = user.post("/bilag", **HEADER, **ROWS, linjetekst_1="Leie <mars>", oppdater="Oppdater")
    assert page.value("bilagsdato") == "31.03.2025"
    assert page.value("debet_1") == page.value("sumdebet") == page.value("sumkredit") == "1\u00a0000,00"
    assert page.value("linjetekst_1") == "Leie &lt;mars&gt;"
    assert re.findall(r'name="konto_(\d+)"', page.text) == ["1", "2", "3"]


def test_update_adds_no_row_while_one_is_empty(user: HttpUser) -> None:
    page = user.post("/bilag", konto_1="6300", konto_2="", oppdater="Oppdater")
    assert re.findall(r'name="konto_(\d+)"', page.text) == ["1", "2"]


def test_a_journal_voucher_is_stored(server: PracticeServer, user: HttpUser) -> None:
    assert "Bilag 10001 er bokført" in user.post("/bilag", **HEADER, **ROWS, bokfor="Bokfør").text
    (voucher,) = server.vouchers()
    wanted = {"type": "journal", "date": "2025-03-31", "reference": "L-3", "amount_ore": 100000, "due_date": None}
    assert voucher | wanted == voucher
    assert [(line["account"], line["debit_ore"], line["credit_ore"]) for line in voucher["lines"]] == [
        ("6300", 100000, 0),
        ("1920", 0, 100000),
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kredit_2": "999,99"}, "Feil! Debet og kredit er ikke like"),
        ({"bilagsdato": ""}, "Feil! Bilagsdato mangler"),
        ({"bilagsdato": "310225"}, "Feil! Bilagsdato er ugyldig"),
        ({"konto_1": "", "debet_1": "", "konto_2": "", "kredit_2": ""}, "Feil! Linjer mangler"),
        ({"konto_2": ""}, "Feil! Konto mangler på linje 2"),
        ({"konto_2": "1"}, "Feil! Konto 1 finnes ikke"),
        ({"debet_2": "1"}, "Feil! Linje 2 har både debet og kredit"),
        ({"kredit_2": ""}, "Feil! Beløp mangler på linje 2"),
        ({"kredit_2": "mye"}, "Feil! Beløp er ugyldig på linje 2"),
        ({"konto_9999": "1920"}, "Feil! For mange linjer"),
    ],
)
def test_what_is_wrong_is_told_and_not_stored(
    server: PracticeServer, user: HttpUser, changes: dict[str, str], told: str
) -> None:
    page = user.post("/bilag", **(HEADER | ROWS | changes), bokfor="Bokfør")
    assert page.error == told
    assert server.vouchers() == []
