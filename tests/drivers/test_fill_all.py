"""Several fields set in one go: all as a browser would set them, or none."""

import pytest

from bilagsbot.drivers.web.session import WebDriver

from .site import Site
from .targets import named, target

LOG = """<script>
const heard = [];
for (const kind of ['focus', 'input', 'change', 'blur'])
  addEventListener(kind, e => { heard.push(`${kind} ${e.target.name}`); document.title = heard.join(', '); }, true);
</script>"""
TITLE = target({"document": "title"})
A, B, C = named("a"), named("b"), named("c")


def test_all_show_their_values_and_the_page_hears_of_each(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(f"{LOG}<input name=a><input name=b value=gammel><textarea name=c></textarea>"))
    assert driver.fill_all([(B, "1"), (A, "Blåbær «2»"), (C, "x\ny")]) == ["1", "Blåbær «2»", "x\ny"]
    each = [f"{kind} {name}" for name in "bac" for kind in ("focus", "input", "change", "blur")]
    assert driver.read(TITLE) == ", ".join(each)
    assert driver.read_all([A, B, C, named("d")]) == ["Blåbær «2»", "1", "x\ny", None]


def test_what_the_page_makes_of_the_values_is_what_comes_back(driver: WebDriver, site: Site) -> None:
    script = "this.value = '1 234,50'; document.querySelector('[name=b]').value = 'satt'"
    driver.open(site.page(f'<input name=b><input name=a onchange="{script}">'))
    assert driver.fill_all([(B, "x"), (A, "1234,5")]) == ["satt", "1 234,50"]


@pytest.mark.parametrize(
    "body",
    [
        "<input name=a><input name=b disabled>",
        "<input name=a><input name=b readonly>",
        "<input name=a><input name=b style='display: none'>",
        "<input name=a><input name=b><input name=b>",
        "<input name=a>",
        "<input name=a><input name=b maxlength=3>",
        "<input name=a><input name=b type=number>",
        "<input name=a><select name=b><option>6300</select>",
        "<input name=a><input name=b type=checkbox>",
        "<input name=a><fieldset disabled><input name=b></fieldset>",
        "<input name=a><div></div><script>document.querySelector('div').attachShadow({mode: 'open'})</script>",
    ],
)
def test_one_that_cannot_be_set_leaves_all_as_they_were(driver: WebDriver, site: Site, body: str) -> None:
    driver.open(site.page(LOG + body))
    assert driver.fill_all([(A, "1"), (B, "6300")]) is None
    assert driver.read(A) == ""
    assert driver.read(TITLE) == "Bilag"


@pytest.mark.parametrize(
    "other",
    [
        target({"name": "b"}, is_={"near": "Beløp"}), target({"name": "b"}, read_back=False),
        target({"name": "b"}, reloads=True), target({"name": "b"}, frame="inne"),
        target({"role": "textbox", "named": "B"}), target({"name": "a"}, name="twice"),
    ],
    ids=["fingerprint", "not read back", "reloads", "frame", "role", "twice"],
)  # fmt: skip
def test_fields_that_are_not_plain_are_left_to_be_filled_one_by_one(
    driver: WebDriver, site: Site, other: object
) -> None:
    driver.open(site.page("<input name=a><label>B<input name=b></label>"))
    assert driver.fill_all([(A, "1"), (other, "2")]) is None  # type: ignore[list-item]
    assert driver.read(A) == ""


def test_a_page_that_replaces_a_field_is_read_anew(driver: WebDriver, site: Site) -> None:
    script = "this.outerHTML = '<input name=a value=ny>'"
    driver.open(site.page(f'<input name=b><input name=a onchange="{script}">'))
    assert driver.fill_all([(A, "1"), (B, "2")]) == ["ny", "2"]
