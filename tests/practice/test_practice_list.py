"""The voucher list, one voucher, and the supplier search, over plain HTTP."""

import re

import pytest
from stdnum.no import orgnr

from bilagsbot.practice.seeds import SUPPLIERS
from bilagsbot.practice.server import PracticeServer

from .http_user import HttpUser, Page


def numbers(page: Page) -> list[str]:
    return re.findall(r'<a href="/vis\?nr=\d+">(\d+)</a>', page.text)


def test_the_head_of_the_list(user: HttpUser) -> None:
    heads = re.findall("<th>([^<]+)</th>", user.get("/liste").text)
    assert heads == ["Bilagsnr", "Type", "Dato", "Leverandør", "Fakturanr", "Referanse", "Beløp"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("f_fakturanr=F-1", ["10001"]),
        ("f_fakturanr=F", []),
        ("f_leverandor=%C3%98DEG%C3%85RD", ["10002"]),
        ("f_referanse=R-9", ["10003"]),
        ("f_leverandor=%25", []),
        ("", ["10003", "10002", "10001"]),
        ("side=abc", ["10003", "10002", "10001"]),
    ],
)
def test_the_search(user: HttpUser, query: str, found: list[str]) -> None:
    user.post_invoice(fakturanr="F-1")
    user.post_invoice(fakturanr="F-2", leverandornr="20002")
    rows = {"konto_1": "6300", "debet_1": "1", "konto_2": "1920", "kredit_2": "1"}
    user.post("/bilag", bilagsdato="010125", referanse="R-9", **rows, bokfor="Bokfør")
    assert numbers(user.get(f"/liste?{query}")) == found


def test_twenty_a_page_and_the_search_goes_along(user: HttpUser) -> None:
    for _ in range(21):
        user.post_invoice(fakturanr="Æ 1")
    first = user.get("/liste?f_fakturanr=%C3%86+1")
    assert len(numbers(first)) == 20
    following = re.search(r'<a href="([^"]+)">Neste</a>', first.text)
    assert following
    second = user.get(following[1].replace("&amp;", "&"))
    assert numbers(second) == ["10001"]
    assert second.value("f_fakturanr") == "Æ 1"
    assert "Neste" not in second.text
    assert "Forrige" in second.text


def test_a_voucher_is_shown(user: HttpUser) -> None:
    user.post_invoice(tekst="<script>")
    text = user.get("/vis?nr=10001").text
    assert "10\u00a0000,00" in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("asked", ["10002", "", "x", "99999999999999999999"])
def test_an_unknown_voucher_is_told(user: HttpUser, asked: str) -> None:
    assert user.get(f"/vis?nr={asked}").error == f"Feil! Bilag {asked} finnes ikke"


@pytest.mark.parametrize(("asked", "hits"), [("%C3%B8deg", 2), ("20003", 1), ("315957117", 1), ("", 10), ("qq", 0)])
def test_suppliers_are_found(user: HttpUser, asked: str, hits: int) -> None:
    text = user.get(f"/leverandorer?sok={asked}").text
    assert text.count(">Velg<") == hits
    assert ("Ingen treff" in text) == (hits == 0)


def test_the_suppliers_have_good_organisation_numbers() -> None:
    assert len(SUPPLIERS) == 10
    assert all(orgnr.is_valid(supplier.orgnr) for supplier in SUPPLIERS)


def test_everything_is_told_to_tests_without_a_login(server: PracticeServer, user: HttpUser) -> None:
    user.post_invoice()
    stranger = HttpUser(server.port)
    assert stranger.get("/_health").text == "ok"
    assert '"invoice_no": "F-1"' in stranger.get("/_vouchers").text
