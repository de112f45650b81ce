"""Tables on pages, as people read them, and never the wrong row."""

import pytest

from bilagsbot.drivers.base import ScreenRow
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import Site
from .targets import target

TABLE = target({"css": "#t"}, name="list")


def table(*rows: str) -> str:
    return '<table id="t">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def td(*cells: object) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def th(*cells: object) -> str:
    return "".join(f"<th>{cell}</th>" for cell in cells)


def test_cells_go_by_their_header_and_else_by_number(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table(th("Bilag  nr", "", "Beløp"), td(1, "x", "1&nbsp;250,00"), td(2, "y", ""))))
    seen = driver.rows(TABLE)
    assert seen.columns == ("Bilag nr", "2", "Beløp")
    assert [dict(row.cells) for row in seen.rows] == [
        {"Bilag nr": "1", "2": "x", "Beløp": "1 250,00"},
        {"Bilag nr": "2", "2": "y", "Beløp": ""},
    ]


def test_headers_that_come_twice_go_by_number(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table(th("Dato", "Nr", "Dato"), td("1.3.", 7, "2.3."))))
    assert driver.rows(TABLE).rows[0].cells == {"1": "1.3.", "Nr": "7", "3": "2.3."}


def test_a_wide_header_covers_its_columns(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table('<th colspan="2">Periode</th><th>Nr</th>', td("fra", "til", 7))))
    assert driver.rows(TABLE).rows[0].cells == {"Periode": "fra", "2": "til", "Nr": "7"}


def test_totals_titles_and_hidden_rows_are_no_rows(driver: WebDriver, site: Site) -> None:
    body = (
        '<table id="t"><tr><th colspan="2">Reskontro</th></tr><tr><th>Nr</th><th>Beløp</th></tr>'
        '<tr><td>7</td><td>1</td></tr><tr style="display:none"><td>8</td><td>2</td></tr><tr></tr>'
        "<tr><th>Sum</th><td>1</td></tr><tr><td colspan=2>Ingen flere</td></tr></table>"
    )
    driver.open(site.page(body))
    seen = driver.rows(TABLE)
    assert seen.rows == (ScreenRow(2, {"Nr": "7", "Beløp": "1"}),)
    assert seen.others == (("Sum", "1"), ("Ingen flere",))


def test_a_row_may_begin_with_its_own_header(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table(th("Nr", "Beløp"), '<th scope="row">7</th><td>1</td>')))
    assert driver.rows(TABLE).rows[0].cells == {"Nr": "7", "Beløp": "1"}


def test_fields_in_cells_show_their_values(driver: WebDriver, site: Site) -> None:
    chosen = "<select><option>25 %</option><option selected>15 %</option></select>"
    cells = td('<input value="6300">', chosen, '<input type="hidden" value="x">tekst', '<input type="checkbox">')
    driver.open(site.page(table(th("Konto", "Mva", "Tekst", ""), cells)))
    assert driver.rows(TABLE).rows[0].cells == {"Konto": "6300", "Mva": "15 %", "Tekst": "tekst", "4": ""}


def test_headers_that_are_no_th_are_named_by_the_selector(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table('<td class="h">Nr</td><td class="h">Beløp</td>', td(7, 1))))
    with pytest.raises(StepFailed, match="list has no header row; say in its selector what its 'headers' are"):
        driver.rows(TABLE)
    seen = driver.rows(TABLE.model_copy(update={"headers": "td.h"}))
    assert seen.columns == ("Nr", "Beløp")
    assert [dict(row.cells) for row in seen.rows] == [{"Nr": "7", "Beløp": "1"}]


def test_an_empty_table_still_has_its_columns(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table(th("Nr", "Beløp"))))
    assert (driver.rows(TABLE).columns, driver.rows(TABLE).rows) == (("Nr", "Beløp"), ())


def links(*names: str) -> str:
    link = '<a href="#" onclick="document.title = \'{0}\'">{0}</a>'
    inner = "<table><tr><td>inni</td></tr><tr><td>mer</td></tr></table>"
    return table(th("Inni", "Navn"), *(td(inner, link.format(name)) for name in names))


def test_a_click_in_a_row_hits_that_row_whatever_stands_in_its_cells(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(links("a", "b", "c")))
    for row in driver.rows(TABLE).rows:
        driver.click_row(TABLE, row, "Navn")
        assert driver.read(target({"document": "title"})) == row.cells["Navn"]


def test_a_row_that_moved_since_it_was_read_is_not_clicked(driver: WebDriver, site: Site) -> None:
    sort = "const t = document.querySelector('#t'); t.tBodies[0].append(t.rows[1])"
    driver.open(site.page(links("a", "b") + f'<button onclick="{sort}">Sorter</button>'))
    row = driver.rows(TABLE).rows[0]
    driver.click(target({"text": "Sorter"}))
    with pytest.raises(StepFailed, match="list has changed since its row was found"):
        driver.click_row(TABLE, row, "Navn")
    assert driver.read(target({"document": "title"})) == "Bilag"


def test_a_click_in_a_cell_without_a_link_and_in_no_column(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(table(th("Nr"), "<td onclick=\"document.title = 'celle'\">7</td>")))
    row = driver.rows(TABLE).rows[0]
    with pytest.raises(StepFailed, match="list has no column 'Nei'"):
        driver.click_row(TABLE, row, "Nei")
    driver.click_row(TABLE, row, "Nr")
    assert driver.read(target({"document": "title"})) == "celle"


def test_a_click_in_a_row_may_load_a_page(driver: WebDriver, site: Site) -> None:
    site.page('<p id="p">Bilag 7</p>', "/vis")
    driver.open(site.page(table(th("Nr"), td('<a href="/vis">7</a>'))))
    loads = TABLE.model_copy(update={"reloads": True})
    driver.click_row(loads, driver.rows(loads).rows[0], "Nr")
    assert driver.read(target({"css": "#p"})) == "Bilag 7"
