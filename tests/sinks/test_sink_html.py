"""The report proves the file and shows first what a person has to look at."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from lxml import etree
from lxml.html import document_fromstring

from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks import html
from bilagsbot.sinks.summary import RunSummary, Tally, proof

Make = Callable[..., Receipt]
START = datetime(2026, 11, 22, 13, 3, 11, tzinfo=UTC)
SUMMARY = RunSummary(
    run="r1",
    bot="faktura",
    client="Fjord & Fjell <AS>",
    source="bok.xlsx",
    started=START,
    ended=START + timedelta(seconds=3723),
    by="kari",
    items_in_file=4,
    rows_in_file=5,
    sum_in_file=Decimal("1234.50"),
)
FIELDS = {"nr": "Bilagsnr", "per": "Periode"}


def receipts_of(make: Make) -> list[Receipt]:
    return [
        make(2, sum="1000", fields={"nr": "17"}, before="bilder/før #1.png", after="bilder\\etter.png"),
        make(3, 4, sum="200", status=State.REJECTED, message="<script>alert(1)</script>", not_read_back=("Tekst",)),
        make(5, sum="34.50", status=State.SUBMITTING, attempts=2),
        make(6, sum="0", status=State.READY),
    ]


def page_of(summary: RunSummary, receipts: list[Receipt]) -> etree._Element:
    return document_fromstring(html.render(summary, FIELDS, receipts))


def texts(page: etree._Element, path: str) -> list[str]:
    return [" ".join(str(found.xpath("string()")).split(" ")).strip() for found in page.xpath(path)]


def words(page: etree._Element, path: str) -> list[list[str]]:
    return [str(found.xpath("string()")).split() for found in page.xpath(path)]


def test_the_file_is_proved(receipt: Make) -> None:
    page = page_of(SUMMARY, receipts_of(receipt))
    assert "✓ Stemmer" in texts(page, "//p[@class='big']")
    assert texts(page, "//table[@class='proof']/tbody/tr[1]/td") == ["1", "1", "1\u00a0000,00"]
    assert texts(page, "//table[@class='proof']/tfoot/tr/td[last()]") == ["1\u00a0234,50", "1\u00a0234,50", "0,00"]
    assert "2026-11-22 14:03:11" in texts(page, "//dd")
    assert "1\u00a0t 2\u00a0min 3\u00a0s" in html.render(SUMMARY, FIELDS, [])


def test_what_is_missing_shows(receipt: Make) -> None:
    page = page_of(replace(SUMMARY, ended=None), receipts_of(receipt)[:3])
    assert "✕ Stemmer ikke" in texts(page, "//p[@class='big']")
    assert texts(page, "//tr[contains(@class, 'verdict')]/td") == ["1", "1", "0,00"]
    assert "Ikke ferdig" in texts(page, "//dd")


def test_items_for_a_person_come_first(receipt: Make) -> None:
    page = page_of(SUMMARY, receipts_of(receipt))
    assert texts(page, "//td[@class='rows']") == ["5", "3–4", "6", "2"]
    assert words(page, "//h2")[1:] == [["Trenger", "en", "person", "2"], ["Øvrige", "bilag", "2"]]
    assert "Bilagsnr" in texts(page, "//th")
    assert "Periode" not in texts(page, "//th")
    calm = page_of(SUMMARY, receipts_of(receipt)[:1])
    assert words(calm, "//h2")[1:] == [["Alle", "bilag", "1"]]


def test_text_is_escaped_and_nothing_comes_from_elsewhere(receipt: Make, tmp_path: Path) -> None:
    written = html.write(tmp_path / "rapport.html", SUMMARY, FIELDS, receipts_of(receipt))
    text = written.read_text("utf-8")
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "Fjord &amp; Fjell &lt;AS&gt;" in text
    assert "Ikke lest tilbake: Tekst" in text
    assert "http:" not in text
    assert "https:" not in text
    page = document_fromstring(text)
    assert page.xpath("//a/@href") == ["bilder/f%C3%B8r%20%231.png", "bilder/etter.png"]
    assert page.xpath("//img/@src") == page.xpath("//a/@href")
    assert page.xpath("//img/@loading") == ["lazy", "lazy"]
    assert html.link("javascript:alert(1)") == "javascript%3Aalert%281%29"
    assert html.link("//evil/x.png") == "evil/x.png"


def test_of_many_items_those_that_need_nobody_are_cut_short(receipt: Make) -> None:
    rejected = [receipt(n, sum="1", status=State.REJECTED) for n in range(2, 1_302)]
    posted = [receipt(n, sum="1") for n in range(1_302, 3_302)]
    summary = replace(SUMMARY, items_in_file=3_300, rows_in_file=3_300, sum_in_file=Decimal(3_300))

    page = page_of(summary, [*posted, *rejected])

    rows = texts(page, "//td[@class='rows']")
    assert rows == [str(n) for n in range(2, 2_302)]
    assert words(page, "//h2")[1:] == [["Trenger", "en", "person", "1", "300"], ["Øvrige", "bilag", "2", "000"]]
    (cut,) = texts(page, "//p[@class='cut']")
    assert cut.startswith("Her står de første 1\u00a0000. Alle 2\u00a0000 står i kvitteringen")
    assert "✓ Stemmer" in texts(page, "//p[@class='big']")
    assert not page_of(SUMMARY, posted[:1_000]).xpath("//p[@class='cut']")


def test_without_sums_and_rows_their_columns_are_left_out(receipt: Make) -> None:
    page = page_of(replace(SUMMARY, sum_in_file=None, rows_in_file=None), receipts_of(receipt))
    assert texts(page, "//table[@class='proof']/thead//th") == ["Status", "Bilag"]
    assert "Sum" not in texts(page, "//th")
    assert "✓ Stemmer" in texts(page, "//p[@class='big']")


def test_proof_counts_an_item_once_by_its_last_receipt(receipt: Make) -> None:
    given = [receipt(2, 3, sum="10", status=State.UNKNOWN), receipt(2, 3, sum="10"), receipt(4)]
    result = proof(given, 2, Decimal(10), 3)
    assert result.balances
    assert result.by_state[State.POSTED] == Tally(2, 3, Decimal(10))
    assert result.by_state[State.UNKNOWN] == Tally()
    assert proof(given, 2, Decimal("10.01")).difference == Tally(0, 0, Decimal("0.01"))
    assert not proof(given, 2, Decimal(10), 2).balances
    assert proof(given, 2, None).balances
