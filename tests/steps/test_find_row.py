"""find_row: the one row, or none for certain, or a person's case."""

import re

import pytest

from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField, FakeTable
from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import Scope
from bilagsbot.steps.find_row import FindRow, ManyRows, NoRow

from .conftest import FakeScope

COLUMNS = ("Nr", "Fakturanr", "Beløp")


def row(no: str, invoice: str, amount: str = "1,00") -> dict[str, str]:
    return {"Nr": no, "Fakturanr": invoice, "Beløp": amount}


def find(scope: Scope, where: dict[str, str], **more: object) -> None:
    FindRow.model_validate({"in": "liste", "where": where, **more}).perform(scope)


def listed(on_fake: FakeScope, *rows: dict[str, str]) -> Scope:
    return on_fake(tables={"liste": FakeTable(COLUMNS, list(rows))})


def test_the_one_row_gives_the_receipt(on_fake: FakeScope) -> None:
    scope = listed(on_fake, row("7", "F-1"), row("8", "F-2"))
    find(scope, {"Fakturanr": "{{ item.no }}"}, receipt={"no": "Nr", "sum": "Beløp"})
    assert scope.captured == {"no": "7", "sum": "1,00"}


def test_none_and_many(on_fake: FakeScope) -> None:
    scope = listed(on_fake, row("7", "F-1"), row("8", "F-1"))
    with pytest.raises(NoRow, match=r"^liste has no row with Fakturanr 'F-3'$"):
        find(scope, {"Fakturanr": "F-3"})
    with pytest.raises(ManyRows, match=r"^liste has 2 rows with Fakturanr 'F-1'$"):
        find(scope, {"Fakturanr": "F-1"}, receipt={"no": "Nr"})
    assert scope.captured == {}


def test_rows_of_one_voucher_are_one_hit(on_fake: FakeScope) -> None:
    scope = listed(on_fake, row("7", "F-1"), row("7", "F-1", "2,00"))
    find(scope, {"Fakturanr": "F-1"}, one="Nr", receipt={"no": "Nr"})
    assert scope.captured == {"no": "7"}


def test_amounts_compare_as_amounts_and_numbers_as_text(on_fake: FakeScope) -> None:
    scope = listed(on_fake, row("7", "0100", "1 250,00"), row("8", "100", "1 250,50"))
    find(scope, {"Fakturanr": "0100", "Beløp": "1250"}, amounts=["Beløp"], receipt={"no": "Nr"})
    assert scope.captured == {"no": "7"}
    with pytest.raises(NoRow):
        find(scope, {"Beløp": "1250"})


@pytest.mark.parametrize("rows", [(), (row("7", "F-1"),)])
def test_an_unknown_column_is_never_no_row(on_fake: FakeScope, rows: tuple[dict[str, str], ...]) -> None:
    scope = listed(on_fake, *rows)
    with pytest.raises(StepFailed, match=r"liste has no column 'Faktura'. Did you mean 'Fakturanr'?") as failed:
        find(scope, {"Faktura": "F-9"})
    assert not isinstance(failed.value, NoRow)


def test_a_click_goes_into_the_row(on_fake: FakeScope) -> None:
    scope = listed(on_fake, row("7", "F-1"), row("8", "F-2"))
    find(scope, {"Fakturanr": "F-2"}, click="Nr")
    assert isinstance(scope.driver, FakeDriver)
    assert scope.driver.done == [("click_row", "liste", "1", "Nr")]


def paged(on_fake: FakeScope, *pages: list[dict[str, str]], reloads: bool = True) -> Scope:
    """Pages that `neste` leads to; the last has none."""
    shown = 0

    def forth(driver: FakeDriver) -> None:
        nonlocal shown
        shown += 1
        driver.tables["liste"].rows = pages[shown]
        driver.fields["neste"].visible = shown < len(pages) - 1

    return on_fake(
        {"neste": FakeField("Neste", visible=len(pages) > 1)},
        {"liste": FakeTable(COLUMNS, pages[0])},
        {"neste": {"find": {"name": "neste"}, "reloads": reloads}},
        on={"neste": forth},
    )


@pytest.mark.parametrize("page", [0, 1, 2])
def test_every_page_is_read(on_fake: FakeScope, page: int) -> None:
    pages = [[row(str(10 * n + i), f"F-{n}{i}") for i in range(3)] for n in range(3)]
    scope = paged(on_fake, *pages)
    find(scope, {"Fakturanr": f"F-{page}1"}, next="neste", receipt={"no": "Nr"})
    assert scope.captured == {"no": str(10 * page + 1)}


def test_hits_on_two_pages_are_many(on_fake: FakeScope) -> None:
    scope = paged(on_fake, [row("1", "F-1")], [row("2", "F-1")])
    with pytest.raises(ManyRows):
        find(scope, {"Fakturanr": "F-1"}, next="neste")


def test_a_row_on_several_pages_is_not_clicked(on_fake: FakeScope) -> None:
    scope = paged(on_fake, [row("1", "F-1")], [row("2", "F-2")])
    with pytest.raises(StepFailed, match="has 2 pages"):
        find(scope, {"Fakturanr": "F-1"}, next="neste", click="Nr")


def test_a_next_page_that_shows_the_old_rows_is_a_failure(on_fake: FakeScope) -> None:
    scope = paged(on_fake, [row("1", "F-1")], [row("1", "F-1")], [row("2", "F-2")], reloads=False)
    with pytest.raises(StepFailed, match="liste shows the same rows after neste") as failed:
        find(scope, {"Fakturanr": "F-2"}, next="neste")
    assert not isinstance(failed.value, NoRow)


def test_a_next_page_that_comes_by_script_is_waited_for(on_page: FakeScope) -> None:
    table = '<table id="t"><tr><th>Nr</th></tr><tr><td id="c">1</td></tr></table>'
    later = "this.remove(); setTimeout(() => document.querySelector('#c').textContent = '2', 400)"
    scope = on_page(
        table + f'<button onclick="{later}">Neste</button>',
        liste={"find": {"css": "#t"}},
        neste={"find": {"text": "Neste"}},
    )
    find(scope, {"Nr": "2"}, next="neste", receipt={"no": "Nr"})
    assert scope.captured == {"no": "2"}


@pytest.mark.parametrize(
    "hidden",
    [
        "<tr><th>7</th><td>F-1</td></tr>",
        "<tr><td>7</td><td>F-1</td><td></td></tr>",
        '<tr><td colspan="2">x</td><td>F-1</td></tr>',
    ],
    ids=["header cell", "one cell more", "wide cell"],
)
def test_a_row_that_is_not_understood_is_never_no_row(on_page: FakeScope, hidden: str) -> None:
    head = "<tr><th>Nr</th><th>Fakturanr</th></tr>"
    scope = on_page(
        f'<table id="t">{head}{hidden}<tr><th>Sum</th><td>1</td></tr></table>', liste={"find": {"css": "#t"}}
    )
    with pytest.raises(StepFailed, match=re.escape("has Fakturanr 'F-1' in a row that does not have one")) as failed:
        find(scope, {"Fakturanr": "F-1"})
    assert not isinstance(failed.value, NoRow)
    with pytest.raises(NoRow):
        find(scope, {"Fakturanr": "F-2"})


def test_a_click_in_a_column_without_a_name(on_page: FakeScope) -> None:
    rows = "".join(f"<tr><td>{n}</td><td onclick=\"document.title = '{n}'\">Velg</td></tr>" for n in "ab")
    scope = on_page(
        f'<table id="t"><tr><th>Navn</th><th></th></tr>{rows}</table>',
        liste={"find": {"css": "#t"}}, tittel={"find": {"document": "title"}},
    )  # fmt: skip
    find(scope, {"Navn": "b"}, click="2")
    assert scope.driver.read(scope.target("tittel")) == "b"
