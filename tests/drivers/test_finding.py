"""Ranked anchors: the best that fits wins, two elements never do, nor one that is not what it should be."""

import re
from time import monotonic

import pytest

from bilagsbot.drivers.base import Drift
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target
from bilagsbot.practice.server import PracticeServer

from .site import Site
from .targets import button, named, target

TWO_WAYS = ({"name": "belop"}, {"cell": "Beløp"})
ROW = '<table><tr><td>Beløp</td><td><input name="{}" value="12"></td></tr></table>'
NAMED = re.compile(r"name '(\w+)'")


def test_the_first_anchor_wins(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(ROW.format("annet") + '<input name="belop" value="34">'))
    assert driver.read(target(*TWO_WAYS)) == "34"
    assert driver.drift == []


def test_a_renamed_field_is_found_by_the_next_anchor_and_faster_the_second_time(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(ROW.format("ctl77")))
    renamed = target(*TWO_WAYS, name="renamed")
    began = monotonic()
    assert driver.read(renamed) == "12"
    first = monotonic() - began
    began = monotonic()
    assert driver.read(renamed) == "12"
    assert driver.drift == [Drift("renamed", 1)]
    assert first >= 1.5
    assert monotonic() - began < first


def test_a_slow_page_is_no_drift_and_the_first_anchor_may_come_late(driver: WebDriver, site: Site) -> None:
    late = (
        "<script>setTimeout(() => document.body.innerHTML = '<input name=belop value=5>', 2200)</script><body></body>"
    )
    driver.open(site.page(late))
    assert driver.read(target({"name": "belop"}, {"css": "#never"}, {"css": "#nor-this"}, name="late")) == "5"
    assert driver.drift == []


def test_an_ambiguous_anchor_is_never_acted_upon(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<input name="belop"><input name="belop"><input id="ok">'))
    driver.timeout = 0.4
    with pytest.raises(StepFailed, match="name 'belop' finds 2 elements"):
        driver.fill(named("belop"), "1")
    driver.timeout = 15
    assert driver.fill(target({"name": "belop"}, {"css": "#ok"}, name="ambiguous"), "7") == "7"
    assert [driver.read(target({"css": f"input:nth-of-type({n})"}, name=f"n{n}")) for n in (1, 2, 3)] == ["", "", "7"]


@pytest.mark.parametrize(
    ("fingerprint", "why"),
    [
        ({"tag": "select"}, "its tag is 'input', not 'select'"),
        ({"type": "password"}, "its type is 'text', not 'password'"),
        ({"name": "total"}, "its name is 'belop', not 'total'"),
        ({"near": "Total"}, "'Total' does not stand near it"),
        ({"label": "Bel"}, "its label is 'Beløp', not 'Bel'"),
    ],
)
def test_another_element_than_the_fingerprint_says_is_never_acted_upon(
    driver: WebDriver, site: Site, fingerprint: dict[str, str], why: str
) -> None:
    driver.open(site.page(ROW.format("belop")))
    driver.timeout = 0.3
    wrong = target({"name": "belop"}, **{"is": fingerprint})
    with pytest.raises(StepFailed, match=re.escape(f"finds something else: {why}")):
        driver.fill(wrong, "999")
    assert not driver.shows(wrong)
    assert driver.read(named("belop")) == "12"


@pytest.mark.parametrize(
    ("page", "called"),
    [
        ("<label>Beløp: <input id=x></label>", ["Beløp", "Beløp *"]),
        ("<label for=x>Land</label><select id=x><option>Norge</select>", ["Land"]),
        ("<label>Land <select id=x><option>Norge</select></label>", ["Land", "Land Norge"]),
        ("<table><tr><th>Fra<td><input><th>Til *<td><input id=x></table>", ["Til"]),
        ("<table><tr><td><input><td>Fra<td><input id=x><td>Til</table>", []),
        ("<table><tr><td><input type=submit><td>Fra<td><input id=x></table>", ["Fra"]),
        ("<table><tr><th>Nr<th>Debet<th>Kredit<tr><td>1<td><input><td><input id=x></table>", ["Kredit"]),
        ("<table><tr><th>Nr<th>Debet<tr><td>1<td><input id=x></table>", ["1", "Debet"]),
        ("<table><tr><th>Nr<th>Navn<th>Debet<tr><td colspan=2>Sum<td><input id=x></table>", ["Sum", "Debet"]),
        ("<p>Beløp <input id=x></p>", []),
    ],
)
def test_what_a_field_is_called(driver: WebDriver, site: Site, page: str, called: list[str]) -> None:
    driver.open(site.page(page))
    words = ("Beløp", "Beløp *", "Land", "Land Norge", "Fra", "Til", "Nr", "1", "Navn", "Sum", "Debet", "Kredit")
    fits = [word for word in words if driver.shows(target({"css": "#x"}, name=word, **{"is": {"label": word}}))]
    assert fits == called


def test_the_cell_right_of_a_label_gives_its_field_rather_than_a_button(driver: WebDriver, site: Site) -> None:
    row = "<tr><td>Leverandør<td><input value=Blåbær><input type=button value=Søk>"
    driver.open(site.page(f"<table>{row}<tr><td>Vedlegg<td><input type=button value=Velg></table>"))
    assert driver.read(target({"cell": "Leverandør"})) == "Blåbær"
    assert driver.read(target({"cell": "Vedlegg"}, name="file")) == "Velg"


@pytest.mark.parametrize(
    "row",
    [
        "<td><input><td>Fra<td><input><td>Til",
        "<td><input type=checkbox><td>Fra<td><input>",
        "<td><label>Fra <input></label><td><input>",
    ],
)
def test_a_label_that_may_be_of_the_field_left_of_it_finds_nothing(driver: WebDriver, site: Site, row: str) -> None:
    driver.open(site.page(f"<table><tr>{row}</table>"))
    assert not driver.shows(target({"cell": "Fra"}))


def test_a_button_with_another_text_is_not_clicked(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<button id="x" onclick="document.title=\'hit\'">Slett</button>'))
    driver.timeout = 0.3
    with pytest.raises(StepFailed, match="its text is 'Slett', not 'Lagre'"):
        driver.click(target({"css": "#x"}, **{"is": {"text": "Lagre"}}))
    assert driver.read(target({"document": "title"})) == "Bilag"


def test_shuffled_rows_never_lead_to_the_wrong_field(
    driver: WebDriver, server: PracticeServer, invoice: dict[str, Target]
) -> None:
    server.set_knobs(shuffle_rows=True)
    values = {"number": "F-1", "date": "01.03.2026", "amount": "125,00", "account": "6300", "kid": "123"}
    for _ in range(5):
        driver.click(invoice["menu.invoice"])
        for field, value in values.items():
            assert driver.fill(invoice[f"invoice.{field}"], value) == value
        assert {field: driver.read(invoice[f"invoice.{field}"]) for field in values} == values
        third = target(
            {"css": "tr:nth-child(3) input:not([type=hidden])"}, frame="hoved", **{"is": {"near": "Fakturanr"}}
        )
        driver.timeout = 0.2
        try:
            driver.fill(third, "by position")
        except StepFailed:
            assert driver.read(invoice["invoice.number"]) == "F-1"
        driver.timeout = 15


def test_the_message_is_one_sentence_that_names_every_anchor(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<input name="belop"><input name="belop"><p id="p">tekst</p>'))
    driver.timeout = 0.3
    many = target(
        {"name": "belop"}, {"label": "Beløp"}, {"css": "#p"}, name="invoice.amount", **{"is": {"tag": "input"}}
    )
    with pytest.raises(StepFailed) as failed:
        driver.fill(many, "1")
    assert str(failed.value) == (
        "invoice.amount is not on the screen: name 'belop' finds 2 elements; label 'Beløp' finds nothing; "
        "css '#p' finds something else: its tag is 'p', not 'input'"
    )


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<button disabled>Lagre</button>", "it is disabled"),
        ('<button>Lagre</button><div style="position:fixed;inset:0"></div>', "something covers it"),
    ],
)
def test_a_click_that_cannot_be_made_says_why_in_one_sentence(
    driver: WebDriver, site: Site, page: str, why: str
) -> None:
    driver.open(site.page(page))
    driver.timeout = 2
    with pytest.raises(StepFailed) as failed:
        driver.click(button("Lagre"))
    assert str(failed.value) == f"button.Lagre did not react in 2 seconds: {why}"


def test_what_is_hidden_is_not_there(driver: WebDriver, site: Site) -> None:
    driver.open(
        site.page('<input name="a" style="display:none"><input name="b" type="hidden"><input name="a" value="1">')
    )
    assert driver.read(named("a")) == "1"
    assert not driver.shows(named("b"))


def test_every_way_finds_its_element(driver: WebDriver, site: Site) -> None:
    driver.open(
        site.page(
            '<label for="l">Konto</label><input id="l" value="label"><input title="Hjelp" value="title">'
            '<input placeholder="Søk" value="placeholder"><p id="t">Hele teksten</p><div id="c">css</div>'
            "<table><tr><th>Per's \"rad\"</th><td><input value='cell'></td></tr></table>"
        )
    )
    ways: dict[str, dict[str, str]] = {
        "label": {"label": "Konto"}, "title": {"title": "Hjelp"}, "placeholder": {"placeholder": "Søk"},
        "Hele teksten": {"text": "Hele teksten"}, "css": {"css": "#c"}, "cell": {"cell": "Per's \"rad\""},
        "Bilag": {"document": "title"}, site.url(): {"document": "url"},
    }  # fmt: skip
    assert {shown: driver.read(target(way, name=shown)) for shown, way in ways.items()} == {w: w for w in ways}
    assert driver.read(target({"css": "#none"}, {"document": "title"}, name="second way")) == "Bilag"
