"""From rows to items: every cell, every row and every rule, each mistake at its place."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.model.errors import BadInput
from bilagsbot.run.batch import Batch
from bilagsbot.run.bot import Job, load_job
from bilagsbot.run.items import demand, read_batch
from tests.tables.sheets import write

INVOICE = ("Fakturanr", "Leverandør", "Fakturadato", "Forfall", "Beløp", "Konto", "Mva-kode", "KID")
JOURNAL = ("Referanse", "Dato", "Beskrivelse", "Konto", "Debet", "Kredit", "Tekst")
DAY = date(2026, 1, 5)
RIGHT = ("F-1", "Ås AS", DAY, None, 100.5, "4300", "1", None)
Row = Sequence[object]
Read = Callable[..., Batch]


def replaced(**changes: object) -> tuple[object, ...]:
    """The right row with some cells changed; `Mva_kode` is the column Mva-kode."""
    cells = dict(zip(INVOICE, RIGHT, strict=True)) | {name.replace("_", "-"): v for name, v in changes.items()}
    return tuple(cells.values())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as `init` makes it."""
    make_workspace(tmp_path / "ws")
    return tmp_path / "ws"


@pytest.fixture
def invoices(workspace: Path) -> Read:
    """Reads these rows as supplier invoices."""
    return lambda *rows, headers=INVOICE: _read(load_job(workspace, "practice-invoices"), "Fakturaer", headers, rows)


@pytest.fixture
def journal(workspace: Path) -> Read:
    """Reads these rows as lines of vouchers."""
    return lambda *rows: _read(load_job(workspace, "practice-journal"), "Bilag", JOURNAL, rows)


def _read(job: Job, sheet: str, headers: Row, rows: Sequence[Row]) -> Batch:
    return read_batch(job, write(job.workspace / "inbox" / "bok.xlsx", [headers, *rows], sheet))


def line(reference: object, debit: object = None, credit: object = None, **more: object) -> tuple[object, ...]:
    """A row of a voucher."""
    cells = {"Referanse": reference, "Dato": DAY, "Beskrivelse": "Husleie", "Konto": "6300", "Debet": debit,
             "Kredit": credit, "Tekst": None}  # fmt: skip
    return tuple((cells | more).values())


def test_a_right_row_is_an_item_with_typed_values(invoices: Read) -> None:
    batch = invoices(RIGHT)
    (item,) = batch.items
    assert (item.label, item.rows, item.sum) == ("Ås AS / F-1", (2,), Decimal("100.50"))
    assert item.fields["invoice_date"] == DAY
    assert (batch.mistakes, batch.warnings, batch.rows) == ([], [], 1)


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"Beløp": "1.234"}, ("column E (Beløp): '1.234' is ambiguous", "Write 1234,00 or 1,23.")),
        ({"Beløp": "1,234"}, ("column E (Beløp): '1,234' is ambiguous",)),
        ({"Beløp": "1,234.56"}, ("column E (Beløp): ", "the English way", "1234,56")),
        ({"Beløp": 0}, ("column E (Beløp): '0' is zero.", "other than 0")),
        ({"Beløp": 1.005}, ("column E (Beløp): '1,005' has more than 2 decimals.", "Round")),
        ({"Beløp": "#REF!"}, ("column E (Beløp): '#REF!' is an error from a formula.", "Correct the formula")),
        (
            {"Beløp": "=1+1"},
            ("column E (Beløp): holds a formula whose result is not in the file.", "Excel and save it"),
        ),
        ({"Beløp": DAY}, ("column E (Beløp): '05.01.2026' is a date, not an amount.", "1234,56")),
        ({"Beløp": True}, ("column E (Beløp): 'TRUE' is a yes/no cell.", "as text")),
        ({"Forfall": "=C2+30"}, ("column D (Forfall): holds a formula whose result is not in the file.",)),
        ({"Forfall": "31.02.2026"}, ("column D (Forfall): '31.02.2026' is not a date: February 2026 has 28 days.",)),
        ({"Forfall": 46000}, ("column D (Forfall): '46000' is a number, not a date.", "Format the cell as a date")),
        ({"Forfall": "02/31/2026"}, ("column D (Forfall): '02/31/2026'", "month")),
        ({"KID": 12345678903}, ("column H (KID): '12345678903' is a KID as a number", "as text")),
        ({"KID": 1234567890123456789}, ("column H (KID): ", "KID as a number")),
        ({"Fakturanr": None}, ("column A (Fakturanr): is empty.", "Write text.")),
        ({"Fakturanr": "x" * 31}, ("column A (Fakturanr): ", "has 31 characters.", "at most 30")),
        ({"Konto": "43"}, ("column F (Konto): '43' is not written", "Write the account's four digits.")),
        ({"Mva_kode": "2"}, ("column G (Mva-kode): '2'",)),
        ({"Leverandør": "Ås\u200b AS"}, ("column B (Leverandør): ", "an invisible character (U+200B)")),
    ],
)
def test_a_cell_that_does_not_fit(invoices: Read, changes: dict[str, object], parts: tuple[str, ...]) -> None:
    batch = invoices(replaced(**changes))
    said = [str(m) for m in batch.mistakes]
    assert len(said) == 1, said
    assert said[0].startswith("bok.xlsx, sheet Fakturaer, row 2, ")
    assert all(part in said[0] for part in parts), said[0]
    assert batch.items == []


def test_a_kid_with_a_strange_check_digit_is_a_warning(invoices: Read) -> None:
    batch = invoices(replaced(KID="26010013"))
    assert (len(batch.items), len(batch.mistakes)) == (1, 0)
    assert str(batch.warnings[0]).startswith("bok.xlsx, sheet Fakturaer, row 2, column H (KID): '26010013'")


def test_the_same_key_twice_names_the_first_row_whatever_the_letter_case(invoices: Read) -> None:
    batch = invoices(RIGHT, replaced(Fakturanr="F-2"), (), replaced(Fakturanr="f-1", Leverandør="ÅS  as"))
    assert [str(m) for m in batch.mistakes] == [
        "bok.xlsx, sheet Fakturaer, row 5, column B (Leverandør): ÅS  as / f-1 is in the file already, in row 2. "
        "Remove one of them, or correct the key."
    ]
    assert [item.rows for item in batch.items] == [(2,), (3,)]


class TestColumns:
    def test_one_that_the_bot_does_not_map_is_read_under_its_own_name(self, workspace: Path, invoices: Read) -> None:
        _unmap(workspace, "    due_date: Forfall\n")
        headers = tuple("due_date" if name == "Forfall" else name for name in INVOICE)
        batch = invoices(replaced(Forfall=DAY), replaced(Fakturanr="F-2", Forfall="soon"), headers=headers)
        assert batch.items[0].fields["due_date"] == DAY
        assert "row 3, column D (due_date): 'soon' is not a date." in str(batch.mistakes[0])

    def test_an_optional_one_that_is_neither_mapped_nor_there_is_empty(self, workspace: Path, invoices: Read) -> None:
        _unmap(workspace, "    due_date: Forfall\n")
        assert invoices(RIGHT).items[0].fields["due_date"] is None

    def test_one_that_the_bot_maps_has_to_be_there_though_its_cells_may_be_empty(self, invoices: Read) -> None:
        with pytest.raises(BadInput, match="row 1: there is no column 'Forfall'"):
            invoices(RIGHT, headers=tuple("Frist" if name == "Forfall" else name for name in INVOICE))


def _unmap(workspace: Path, text: str) -> None:
    bot = workspace / "bots" / "practice-invoices.yaml"
    bot.write_text(bot.read_text(encoding="utf-8").replace(text, ""), encoding="utf-8")


class TestVouchers:
    def test_the_rows_of_one_are_its_lines(self, journal: Read) -> None:
        batch = journal(line("P-1", 100), line("P-1", 50), line("P-1", None, 150), line("P-2", 7), line("P-2", None, 7))
        assert [(item.label, item.rows, item.sum) for item in batch.items] == [
            ("P-1", (2, 3, 4), Decimal("150.00")), ("P-2", (5, 6), Decimal("7.00")),
        ]  # fmt: skip

    def test_rows_that_differ_in_what_is_the_vouchers_own(self, journal: Read) -> None:
        batch = journal(line("P-1", 100), line("P-1", None, 100, Dato=date(2026, 1, 6), Beskrivelse="Leie"))
        assert [str(m) for m in batch.mistakes] == [
            "bok.xlsx, sheet Bilag, row 3, column B (Dato): says '06.01.2026', but in row 2 of the same voucher it "
            "says '05.01.2026'. Write the same in all its rows.",
            "bok.xlsx, sheet Bilag, row 3, column C (Beskrivelse): says 'Leie', but in row 2 of the same voucher it "
            "says 'Husleie'. Write the same in all its rows.",
        ]
        assert batch.items == []

    def test_a_rule_of_the_flow(self, journal: Read) -> None:
        batch = journal(line("P-1", 100), line("P-1", None, 90))
        assert [str(m) for m in batch.mistakes] == [
            "bok.xlsx, sheet Bilag, row 2: P-1: debit 100,00 and credit 90,00 differ. Correct the lines."
        ]
        assert [rows for rows, _ in batch.refused()] == [(2, 3)]

    def test_a_bad_line_keeps_its_whole_voucher_out_and_no_other(self, journal: Read) -> None:
        batch = journal(
            line("P-1", 5), line("P-1", None, 5), line("P-2", 7), line("P-2", "7,0,0"), line("P-2", None, 7),
            line("P-3", 1), line("P-3", None, 1),
        )  # fmt: skip
        assert [item.label for item in batch.items] == ["P-1", "P-3"]
        (refused,) = batch.refused()
        assert refused[0] == (4, 5, 6)
        assert [m.where for m in refused[1]] == ["bok.xlsx, sheet Bilag, row 5, column E (Debet)"]
        demand(batch, valid_only=True)
        with pytest.raises(BadInput, match="row 5"):
            demand(batch, valid_only=False)

    def test_a_row_that_could_belong_to_either_neighbour_keeps_both_out(self, journal: Read) -> None:
        batch = journal(
            line("P-1", 5), line("P-1", None, 5), line(None, 7), line("P-2", 9), line("P-2", None, 9),
            line("P-3", 1), line("P-3", None, 1),
        )  # fmt: skip
        assert [item.label for item in batch.items] == ["P-3"]
        assert [str(m) for m in batch.mistakes] == [
            "bok.xlsx, sheet Bilag, row 4, column A (Referanse): is empty. Write text."
        ]
        refused = {rows: str(mistakes[0]) for rows, mistakes in batch.refused()}
        assert set(refused) == {(4,), (2, 3), (5, 6)}
        assert "one of its rows may be row 4, where Referanse cannot be read." in refused[(2, 3)]

    def test_rows_apart_are_gathered_with_a_warning(self, journal: Read) -> None:
        batch = journal(line("P-1", 5), line("P-2", 7), line("P-2", None, 7), line("P-1", None, 5))
        assert [item.rows for item in batch.items] == [(2, 5), (3, 4)]
        assert [str(w) for w in batch.warnings] == [
            "bok.xlsx, sheet Bilag, row 2, column A (Referanse): the rows 2 and 5 say P-1 and are taken as one item, "
            "with other rows between."
        ]

    def test_blank_rows_between_its_rows_do_not_part_them(self, journal: Read) -> None:
        batch = journal(line("P-1", 5), (), line("P-1", None, 5))
        assert [item.rows for item in batch.items] == [(2, 4)]
        assert batch.warnings == []

    def test_the_same_key_in_another_letter_case_is_the_same_voucher(self, journal: Read) -> None:
        batch = journal(line("P-1", 5), line("P-1", None, 5), line("p-1", 5), line("p-1", None, 5))
        assert "p-1 is in the file already, in row 2." in str(batch.mistakes[0])

    def test_sums_count_every_row_that_could_be_read(self, journal: Read) -> None:
        batch = journal(line("P-1", 5), line("P-1", None, 5), line("P-2", 7), line("P-2", "x"))
        assert batch.sums == {(2, 3): Decimal(5), (4, 5): Decimal(7)}


def test_mistakes_stand_in_the_order_of_the_rows(journal: Read) -> None:
    batch = journal(
        line("P-1", 5), line("P-2", "x"), line("P-1", None, 4), line("P-2", None, 7), line("P-3", 1, Konto="1"),
    )  # fmt: skip
    assert [m.where.split(", ")[2] for m in batch.mistakes] == ["row 2", "row 3", "row 6"]


def test_nothing_is_right_so_not_even_the_valid_rows_are_keyed(invoices: Read) -> None:
    with pytest.raises(BadInput):
        demand(invoices(replaced(Konto="43")), valid_only=True)


def test_twenty_thousand_rows_are_read_in_seconds(invoices: Read) -> None:
    rows = [replaced(Fakturanr=f"F-{i}", KID="26010010", Forfall="31.01.2026") for i in range(20_000)]
    started = time.perf_counter()
    batch = invoices(*rows)
    assert (len(batch.items), batch.mistakes) == (20_000, [])
    assert time.perf_counter() - started < 60  # writing them included; some 6 s where nothing else runs


def test_forty_thousand_mistakes_are_told_in_seconds(journal: Read) -> None:
    rows = [line(None, "x") for _ in range(20_000)]
    started = time.perf_counter()
    batch = journal(*rows)
    assert (len(batch.mistakes), len(batch.refused())) == (40_000, 20_000)
    assert time.perf_counter() - started < 60  # some 5 s where nothing else runs
