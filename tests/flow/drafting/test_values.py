"""From what was typed to the column that it came from."""

import datetime as dt
from pathlib import Path

import pytest

from bilagsbot.flow.drafting.columns import columns, guess, key_of
from bilagsbot.flow.drafting.values import Origin, Values
from bilagsbot.model.recording import Element
from tests.flow.drafting.making import sample

HEADERS = ["Fakturanr", "Leverandør", "Fakturadato", "Beløp", "Konto"]
ROWS = [
    ["F-1", "Acme AS", dt.date(2026, 2, 24), 1234.5, "4300"],
    ["F-2", "Bø AS", dt.date(2026, 3, 3), 1000, "6300"],
]  # fmt: skip


def origin(folder: Path, typed: str | list[str], label: str = "", keyed: tuple[int, ...] = (2,)) -> Origin:
    values = Values(columns(sample(folder, HEADERS, *ROWS, keyed=keyed)))
    return values.origin([typed] if isinstance(typed, str) else typed, Element(tag="input", label=label))


@pytest.mark.parametrize(
    ("typed", "template"),
    [
        ("F-1", "{{ item.fakturanr }}"),
        ("24.02.2026", "{{ item.fakturadato | date }}"),
        ("240226", "{{ item.fakturadato | date('%d%m%y') }}"),
        ("2026-02-24", "{{ item.fakturadato | date('%Y-%m-%d') }}"),
        ("02/24/2026", "{{ item.fakturadato | date('%m/%d/%Y') }}"),
        ("1234,50", "{{ item.belop | amount('plain_nb') }}"),
        ("1 234,50", "{{ item.belop | amount }}"),
        ("1\u00a0234,50", "{{ item.belop | amount }}"),
        ("1,234.50", "{{ item.belop | amount('en') }}"),
        ("1234.50", "{{ item.belop | amount('plain') }}"),
        ("4300", "{{ item.konto }}"),
        ("Faktura F-1 fra Acme AS", "Faktura F-1 fra {{ item.leverandor }}"),
    ],
)
def test_the_filter_that_writes_it_as_it_was_typed(typed: str, template: str, tmp_path: Path) -> None:
    assert origin(tmp_path, typed).template == template


def test_what_is_in_no_column_stays_as_it_is_and_is_asked_about(tmp_path: Path) -> None:
    assert origin(tmp_path, "Strøm") == Origin("Strøm", doubt="is that the same for every row?")


def test_a_text_in_two_columns_is_decided_by_the_label(tmp_path: Path) -> None:
    rows = sample(tmp_path, ["Leverandør", "Betaler"], ["Acme AS", "Acme AS"], ["Bø AS", "Acme AS"])
    values = Values(columns(rows))
    for label, template in (("Leverandør", "{{ item.leverandor }}"), ("Betaler", "{{ item.betaler }}")):
        found = values.origin(["Acme AS"], Element(tag="input", label=label))
        assert (found.template, found.doubt) == (template, "")
    assert "Betaler" in values.origin(["Acme AS"], Element(tag="input", label="Navn")).doubt


def test_columns_that_never_differ_leave_no_doubt(tmp_path: Path) -> None:
    rows = sample(tmp_path, ["Leverandør", "Betaler"], ["Acme AS", "Acme AS"], ["Bø AS", "Bø AS"])
    assert not Values(columns(rows)).origin(["Acme AS"], Element(tag="input", label="Navn")).doubt


def test_a_day_that_may_be_a_month_is_asked_about_and_a_second_row_tells(tmp_path: Path) -> None:
    assert "may also be written by" in origin(tmp_path, "03/03/2026", keyed=(3,)).doubt
    found = origin(tmp_path, ["03/03/2026", "02/24/2026"], keyed=(3, 2))
    assert (found.template, found.doubt) == ("{{ item.fakturadato | date('%m/%d/%Y') }}", "")


def test_an_amount_without_decimals_is_asked_about_where_other_rows_have_some(tmp_path: Path) -> None:
    assert origin(tmp_path, "1000", keyed=(3,)).doubt
    assert origin(tmp_path, "1000,00", keyed=(3,)).template == "{{ item.belop | amount('plain_nb') }}"


def test_the_same_text_in_every_row_keyed_is_a_constant_without_doubt(tmp_path: Path) -> None:
    assert origin(tmp_path, ["Strøm", "Strøm"], keyed=(2, 3)) == Origin("Strøm")


def test_short_values_count_only_where_the_label_says_so(tmp_path: Path) -> None:
    values = Values(columns(sample(tmp_path, ["Mva-kode", "Antall"], ["1", 7], ["0", 3])))
    assert values.origin(["1"], Element(tag="select", label="Mva-kode")).template == "{{ item.mva_kode }}"
    assert values.origin(["1"], Element(tag="input", label="Rad")).column is None


@pytest.mark.parametrize(
    ("header", "cells", "spec"),
    [
        ("Fakturadato", ["05.01.2026", dt.datetime(2026, 1, 6)], {"type": "date"}),
        ("Beløp", ["1250 kr", 3.5], {"type": "amount"}),
        ("Konto", ["4300", "6300"], {"type": "text", "pattern": "[0-9]{4}"}),
        ("Forfall", [None, dt.datetime(2026, 1, 6)], {"type": "date", "required": False}),
        ("KID", ["26010025", None], {"type": "kid", "required": False}),
        ("Mva-kode", ["1", "0"], {"type": "mva_code", "codes": ["0", "1"]}),
        ("Fakturanr", ["2026-01", "2026-02"], {"type": "text"}),
    ],
)
def test_the_narrowest_type_that_every_row_fits(header: str, cells: list[object], spec: dict[str, object]) -> None:
    assert guess(header, cells)[0] == spec  # type: ignore[arg-type]


def test_the_key_is_a_number_of_its_own_and_whose_it_is(tmp_path: Path) -> None:
    assert key_of(columns(sample(tmp_path, HEADERS, *ROWS))) == (["leverandor", "fakturanr"], True)
    unsure = sample(tmp_path, ["Navn", "Beløp"], ["Acme AS", 5], ["Bø AS", 6])
    assert key_of(columns(unsure)) == (["navn"], False)
