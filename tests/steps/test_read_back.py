"""Read back: what is keyed is compared with what the screen shows, at once and again before the submit."""

from pathlib import Path

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.check import Check
from bilagsbot.steps.choose import Choose
from bilagsbot.steps.expect import Expect
from bilagsbot.steps.fill import Fill
from bilagsbot.steps.submit import Submit
from bilagsbot.steps.upload import Upload
from tests.drivers.site import Site

from .conftest import FakeScope
from .leading import Leader

A = {"find": {"name": "a"}}
B = {"find": {"name": "b"}}
POST = {"find": {"role": "button", "named": "Post"}}
BUTTON = "<button type=button onclick=\"document.title = 'posted'\">Post</button>"


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ('<input name="a" maxlength="3">', "12345", "123"),
        ('<input name="a" onchange="this.value = 7">', "5", "7"),
        ('<input name="a" oninput="this.value = this.value.replace(/æ/, \'ae\')">', "æ", "ae"),
    ],
)
def test_a_page_that_changes_what_is_typed(on_page: FakeScope, field: str, typed: str, shown: str) -> None:
    scope = on_page(field, a=A)
    with pytest.raises(StepFailed, match=rf"^a shows '{shown}' instead of '{typed}'$"):
        Fill(fields={"a": typed}).perform(scope)


def test_what_means_the_same_is_no_difference(on_page: FakeScope) -> None:
    rewrite = 'onchange="this.value = {}"'
    scope = on_page(
        f'<input name="a" {rewrite.format("`1 250,00`")}><input name="b" {rewrite.format("`01.03.2026`")}>',
        a={**A, "as": "amount"},
        b={**B, "as": "date"},
    )
    Fill(fields={"a": "1250", "b": "010326"}).perform(scope)
    scope.compare_all()
    assert scope.not_read_back == []


def test_what_is_not_read_back_is_named_once(on_page: FakeScope) -> None:
    scope = on_page('<input name="a" onchange="this.value = 7">', a={**A, "read_back": False})
    for text in ("5", "6"):
        Fill(fields={"a": text}).perform(scope)
    scope.compare_all()
    assert scope.not_read_back == ["a"]


@pytest.mark.parametrize("field", ['<input name="b" {}>', '<select name="b" {}><option>1<option>9</select>'])
def test_a_field_that_another_one_changed_stops_the_submit(on_page: FakeScope, leader: Leader, field: str) -> None:
    other = "onchange=\"document.querySelector('[name=a]').value = 7\""
    scope = on_page('<input name="a">' + field.format(other) + BUTTON, a=A, b=B, post=POST)
    Fill(fields={"a": "5"}).perform(scope)
    (Choose if "select" in field else Fill)(fields={"b": "9"}).perform(scope)
    with pytest.raises(StepFailed, match=r"^a shows '7' instead of '5'$"):
        Submit(on="post").perform(scope)
    assert leader.submitted == []
    assert scope.driver.read(scope.target("b")) == "9"


def test_the_change_of_the_last_field_comes_before_the_comparison(on_page: FakeScope, leader: Leader) -> None:
    # The field keeps the focus, so without leaving it its onchange would come with the click on Post.
    other = "onchange=\"document.querySelector('[name=a]').value = 7\""
    scope = on_page(f'<input name="a"><input name="b" {other}>' + BUTTON, a=A, b={**B, "read_back": False}, post=POST)
    Fill(fields={"a": "5", "b": "9"}).perform(scope)
    with pytest.raises(StepFailed, match=r"^a shows '7' instead of '5'$"):
        Submit(on="post").perform(scope)
    assert leader.submitted == []


def test_lines_with_one_target_are_all_compared(on_page: FakeScope) -> None:
    line = {"find": {"name": "konto_{{ n }}"}}
    fields = "".join(f'<input name="konto_{n}">' for n in (1, 2))
    change = "document.querySelector('[name=konto_1]').value = '9'"
    scope = on_page(fields + f'<button onclick="{change}">Bytt</button>', line=line, bytt={"find": {"text": "Bytt"}})
    for n in (1, 2):
        with scope.also({"n": n}):
            Fill(fields={"line": f"630{n}"}).perform(scope)
    scope.compare_all()
    scope.driver.click(scope.target("bytt"))
    with pytest.raises(StepFailed, match=r"^line shows '9' instead of '6301'$"):
        scope.compare_all()


def test_what_the_screen_no_longer_shows_was_compared_when_it_was_keyed(
    on_page: FakeScope, driver: WebDriver, site: Site
) -> None:
    scope = on_page('<input name="a">', a=A)
    Fill(fields={"a": "5"}).perform(scope)
    driver.open(site.page("<p>Side 2</p>"))
    scope.compare_all()


def test_lists_boxes_and_files_are_compared_too(on_page: FakeScope, tmp_path: Path) -> None:
    (tmp_path / "k.pdf").touch()
    scope = on_page(
        '<select name="a"><option value="1">25 %</select><input type="checkbox" name="b"><input type="file" name="c">',
        a=A, b=B, c={"find": {"name": "c"}},
    )  # fmt: skip
    Choose(fields={"a": "1"}).perform(scope)
    Check(fields={"b": "{{ 'true' }}"}).perform(scope)
    Upload(fields={"c": "k.pdf"}).perform(scope)
    assert [wanted for _, wanted in scope.keyed.values()] == ["25 %", "true", "k.pdf"]
    scope.compare_all()
    Expect(fields={"a": "25 %", "b": "true", "c": "k.pdf"}).perform(scope)


@pytest.mark.parametrize(
    ("kind", "shown", "wanted", "holds"),
    [
        ("amount", "1 250,50", "1250.5", True), ("amount", "1 250,50", "1250,05", False),
        ("date", "1.3.2026", "2026-03-01", True), ("date", "1.3.2026", "2026-01-03", False),
        ("text", "Ærlig  AS", "Ærlig AS", True), ("text", "125,00", "125", False),
    ],
)  # fmt: skip
def test_expect_compares_as_the_selector_says(
    on_page: FakeScope, kind: str, shown: str, wanted: str, holds: bool
) -> None:
    scope = on_page(f'<p id="a">{shown}</p>', a={"find": {"css": "#a"}, "as": kind})
    if holds:
        Expect(fields={"a": wanted}).perform(scope)
    else:
        with pytest.raises(StepFailed, match=r"^a shows"):
            Expect(fields={"a": wanted}).perform(scope)
