"""What every driver promises, kept by the fake and by the browser alike, on one small program."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.base import Answer, Driver, ScreenRow
from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField, FakeTable
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import HEAD, Site
from .site import Answer as Page
from .targets import target

NAMES = (
    "belop",
    "konto",
    "lukket",
    "post",
    "sperret",
    "status",
    "skjult",
    "ukjent",
    "liste",
    "hent",
    "vedlegg",
    "vindu",
)
T = {name: target({"css": f"#{name}"}, name=name) for name in NAMES}
PAGE = (
    HEAD
    + """
<input id="belop" value="1"><select id="konto"><option></option><option>5700--Lønn</option><option>5701--Ferie</option>
</select><input type="checkbox" id="lukket"><input type="file" id="vedlegg"><div id="skjult" hidden>x</div>
<button id="post" onclick="if (confirm('Bokføre?')) status.textContent = 'Bilag ' + ++n">Bokfør</button>
<button id="sperret" disabled>Sperret</button><p id="status">Klar</p>
<table id="liste"><tr><th>Nr</th><th>Navn</th></tr><tr><td>1</td><td>Ås</td></tr><tr><td>2</td><td>Øy</td></tr></table>
<a id="hent" download="a.txt" href="data:text/plain,innhold">Hent</a>
<button id="vindu" onclick="window.open('about:blank')">Vindu</button>
<script>let n = 6; const status = document.querySelector('#status');
document.querySelectorAll('td').forEach(td => td.onclick = () => status.textContent = td.textContent)</script>
"""
)


def fake_program() -> FakeDriver:
    def post(driver: FakeDriver) -> None:
        if driver.ask("confirm", "Bokføre?").accept:
            driver.fields["status"].shows = "Bilag 7"

    def row(driver: FakeDriver) -> None:
        _, table, index, column = driver.done[-1]
        driver.fields["status"].shows = driver.tables[table].rows[int(index)][column]

    return FakeDriver(
        fields={
            "belop": FakeField("1"),
            "konto": FakeField(options=("", "5700--Lønn", "5701--Ferie")),
            "lukket": FakeField("false"),
            "vedlegg": FakeField(),
            "skjult": FakeField("x", visible=False),
            "post": FakeField("Bokfør"),
            "sperret": FakeField("Sperret", enabled=False),
            "status": FakeField("Klar"),
            "hent": FakeField("Hent"),
            "vindu": FakeField("Vindu"),
        },
        tables={"liste": FakeTable(("Nr", "Navn"), [{"Nr": "1", "Navn": "Ås"}, {"Nr": "2", "Navn": "Øy"}])},
        on={"post": post, "liste": row},
        files={"hent": ("a.txt", b"innhold")},
    )


@pytest.fixture(params=["fake", "web"])
def any_driver(request: pytest.FixtureRequest, site: Site) -> Iterator[Driver]:
    if request.param == "fake":
        yield fake_program()
        return
    site.pages["/"] = PAGE
    web: WebDriver = request.getfixturevalue("driver")
    web.open(site.url())
    yield web


def soon() -> float:
    return time.time() + 60


def test_what_is_filled_is_shown(any_driver: Driver) -> None:
    assert any_driver.fill(T["belop"], "125,00") == "125,00"
    assert any_driver.read(T["belop"]) == "125,00"
    assert any_driver.drift == []


def test_options_by_label_and_beginning(any_driver: Driver) -> None:
    assert any_driver.choose(T["konto"], "5700--Lønn") == "5700--Lønn"
    assert any_driver.choose(T["konto"], "5701*") == "5701--Ferie"
    assert any_driver.read(T["konto"]) == "5701--Ferie"


@pytest.mark.parametrize("option", ["5702", "570*"])
def test_no_option_or_many(any_driver: Driver, option: str) -> None:
    any_driver.timeout = 0.3
    with pytest.raises(StepFailed, match="5700--Lønn"):
        any_driver.choose(T["konto"], option)
    assert any_driver.read(T["konto"]) == ""


def test_boxes(any_driver: Driver) -> None:
    for on in (True, True, False):
        any_driver.tick(T["lukket"], on)
        assert any_driver.read(T["lukket"]) == str(on).lower()


def test_files(any_driver: Driver, tmp_path: Path) -> None:
    (tmp_path / "k.pdf").touch()
    assert any_driver.upload(T["vedlegg"], [tmp_path / "k.pdf"]) == "k.pdf"
    file = any_driver.download(T["hent"], tmp_path / "inn")
    assert (file.name, file.read_bytes()) == ("a.txt", b"innhold")


def test_rows_and_a_click_in_one(any_driver: Driver) -> None:
    seen = any_driver.rows(T["liste"])
    assert (seen.columns, seen.others) == (("Nr", "Navn"), ())
    assert [dict(row.cells) for row in seen.rows] == [{"Nr": "1", "Navn": "Ås"}, {"Nr": "2", "Navn": "Øy"}]
    any_driver.click_row(T["liste"], seen.rows[1], "Navn")
    assert any_driver.read(T["status"]) == "Øy"
    with pytest.raises(StepFailed, match="has changed"):
        any_driver.click_row(T["liste"], ScreenRow(seen.rows[1].index, {"Nr": "1", "Navn": "Ås"}), "Navn")


def test_what_shows_and_what_does_not(any_driver: Driver) -> None:
    assert [any_driver.shows(T[name]) for name in ("belop", "liste", "skjult", "ukjent")] == [True, True, False, False]
    any_driver.wait(T["belop"], "visible")
    any_driver.wait(T["skjult"], "hidden")
    any_driver.timeout = 0.2
    for failing in (lambda: any_driver.wait(T["ukjent"], "visible"), lambda: any_driver.wait(T["belop"], "hidden")):
        with pytest.raises(StepFailed):
            failing()


VERBS: dict[str, Callable[[Driver, str], object]] = {
    "click": lambda driver, name: driver.click(T[name]),
    "fill": lambda driver, name: driver.fill(T[name], "1"),
    "press": lambda driver, name: driver.press("Enter", T[name]),
    "read": lambda driver, name: driver.read(T[name]),
    "rows": lambda driver, name: driver.rows(T[name]),
    "aim": lambda driver, name: driver.aim(T[name]),
}


@pytest.mark.parametrize("name", ["skjult", "ukjent"])
@pytest.mark.parametrize("verb", VERBS)
def test_what_is_not_there_is_a_failure_that_names_it(any_driver: Driver, verb: str, name: str) -> None:
    any_driver.timeout = 0.2
    with pytest.raises(StepFailed, match=name):
        VERBS[verb](any_driver, name)


@pytest.mark.parametrize("verb", ["click", "aim"])
def test_what_is_disabled_is_not_clicked(any_driver: Driver, verb: str) -> None:
    any_driver.timeout = 2
    with pytest.raises(StepFailed, match="it is disabled"):
        VERBS[verb](any_driver, "sperret")


def test_a_submit_takes_an_aim_and_an_answer(any_driver: Driver) -> None:
    any_driver.answer(Answer(says="bokføre"))
    any_driver.aim(T["post"])
    any_driver.submit(T["post"], soon())
    assert any_driver.read(T["status"]) == "Bilag 7"
    with pytest.raises(StepFailed, match="was not aimed at"):
        any_driver.submit(T["post"], soon())
    assert any_driver.read(T["status"]) == "Bilag 7"


def test_a_submit_after_its_deadline_is_dropped(any_driver: Driver) -> None:
    any_driver.answer(Answer())
    any_driver.aim(T["post"])
    with pytest.raises(StepFailed, match="came too late and was dropped"):
        any_driver.submit(T["post"], time.time() - 1)
    assert any_driver.read(T["status"]) == "Klar"


@pytest.mark.parametrize("armed", [None, Answer(says="Slette")])
def test_an_answer_that_nobody_armed_is_no(any_driver: Driver, armed: Answer | None) -> None:
    if armed:
        any_driver.answer(armed)
    with pytest.raises(StepFailed, match="Bokføre"):
        any_driver.click(T["post"])
    assert any_driver.read(T["status"]) == "Klar"


def test_a_new_item_has_nothing_armed(any_driver: Driver) -> None:
    any_driver.answer(Answer())
    any_driver.begin()
    with pytest.raises(StepFailed, match="unexpected confirm"):
        any_driver.click(T["post"])


def test_a_window_and_back(any_driver: Driver) -> None:
    with any_driver.popup(T["vindu"], closes=False):
        pass
    assert any_driver.read(T["status"]) == "Klar"


def test_a_picture_is_a_jpeg(any_driver: Driver) -> None:
    picture = any_driver.picture()
    assert picture.startswith(b"\xff\xd8\xff")
    assert picture.endswith(b"\xff\xd9")


def test_the_fake_records_what_was_done() -> None:
    fake = fake_program()
    fake.open("http://program")
    fake.fill(T["belop"], "2")
    fake.answer(Answer())
    fake.aim(T["post"])
    fake.submit(T["post"], soon())
    fake.close()
    assert fake.done == [("open", "http://program"), ("fill", "belop", "2"), ("submit", "post"), ("close",)]


def test_the_fakes_picture_can_be_shown(driver: WebDriver, site: Site) -> None:
    site.pages["/p.jpg"] = Page(fake_program().picture(), headers={"Content-Type": "image/jpeg"})
    driver.open(site.page('<img src="/p.jpg" onload="document.title = this.naturalWidth">'))
    assert driver.read(target({"document": "title"})) == "1"
