"""Fields, lists, boxes and keys: what is keyed is what the screen shows, or a failure."""

import re

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import Answer, Site
from .targets import named, target

TITLE = target({"document": "title"})
LIST = '<select name="konto" {}><option value="">Velg</option><option value="k1">5700--Lønn</option>{}</select>'
MORE = '<option value="k2">5701--Feriepenger</option><option value="k3"> 6300   Leie </option>'


def test_a_field_is_left_so_that_the_page_hears_its_change(driver: WebDriver, site: Site) -> None:
    on = "this.value = this.value + ',00'; document.querySelector('[name=total]').value = this.value"
    driver.open(site.page(f'<input name="belop" onchange="{on}"><input name="total">'))
    assert driver.fill(named("belop"), "125") == "125,00"
    assert driver.read(named("total")) == "125,00"


def test_a_field_that_is_not_read_back_keeps_the_focus(driver: WebDriver, site: Site) -> None:
    # Its list of suggestions goes when the focus does.
    on = "oninput=\"document.querySelector('li').hidden = false\" onblur=\"document.querySelector('li').hidden = true\""
    driver.open(site.page(f'<input name="sok" {on}><li hidden onmousedown="document.title = \'valgt\'">Ødegård</li>'))
    driver.fill(named("sok", read_back=False), "øde")
    driver.click(target({"text": "Ødegård"}))
    assert driver.read(TITLE) == "valgt"


def test_leaving_lets_the_page_hear_the_last_change_in_a_frame_too(driver: WebDriver, site: Site) -> None:
    site.page('<input name="felt" onchange="this.value += \'!\'">', "/inni")
    driver.open(site.page('<iframe name="f" src="/inni"></iframe>'))
    field = named("felt", frame="f")
    driver.click(field)
    driver.press("a", field)
    assert driver.read(field) == "a"
    driver.leave()
    assert driver.read(field) == "a!"


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ('<input name="felt" maxlength="5">', "1234567", "12345"),
        ('<input name="felt" oninput="this.value = this.value.toUpperCase()">', "åse", "ÅSE"),
        ('<input name="felt" onblur="this.value = \'\'">', "1", ""),
        ('<input name="felt" type="date">', "2026-03-01", "2026-03-01"),
        ('<input name="felt" type="date">', "1.3.2026", ""),
        ('<textarea name="felt"></textarea>', "a\nb – €", "a\nb – €"),
        ('<input name="felt" value="gammelt">', "", ""),
    ],
)
def test_a_fill_gives_what_the_field_shows(
    driver: WebDriver, site: Site, field: str, typed: str, shown: str
) -> None:  # fmt: skip
    driver.open(site.page(field))
    assert driver.fill(named("felt"), typed) == shown == driver.read(named("felt"))


@pytest.mark.parametrize(
    ("field", "why"),
    [
        ('<input name="felt" disabled>', "it is disabled"),
        ('<input name="felt" readonly>', "it is read-only"),
        ('<p name="felt">tekst</p>', "Element is not an <input>"),
    ],
)
def test_a_field_that_cannot_be_filled_says_why(driver: WebDriver, site: Site, field: str, why: str) -> None:
    driver.open(site.page(field))
    driver.timeout = 2
    with pytest.raises(StepFailed, match=why) as failed:
        driver.fill(named("felt"), "1.3.2026")
    assert "\n" not in str(failed.value)
    assert "Call log" not in str(failed.value)


@pytest.mark.parametrize(
    ("option", "label"),
    [
        ("5700--Lønn", "5700--Lønn"), ("k2", "5701--Feriepenger"), ("6300 Leie", "6300 Leie"),
        ("5700--*", "5700--Lønn"),
        ("5701*", "5701--Feriepenger"), ("", "Velg"), ("6300*", "6300 Leie"),
    ],
)  # fmt: skip
def test_an_option_by_label_value_or_beginning(driver: WebDriver, site: Site, option: str, label: str) -> None:
    driver.open(site.page(LIST.format("", MORE)))
    assert driver.choose(named("konto"), option) == label
    assert driver.read(named("konto")) == " ".join(label.split())


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("5702--Bonus", "form.konto has no option '5702--Bonus'; it has 'Velg', '5700--Lønn', "),
        ("570*", "form.konto has 2 options that fit '570*': '5700--Lønn', '5701--Feriepenger'"),
        ("*", "form.konto has 4 options that fit '*': 'Velg', '5700--Lønn', '5701--Feriepenger', '6300 Leie'"),
    ],
)
def test_no_option_or_many_is_a_failure_that_lists_them(driver: WebDriver, site: Site, option: str, said: str) -> None:
    driver.open(site.page(LIST.format("", MORE)))
    driver.timeout = 0.3
    with pytest.raises(StepFailed, match=r"^" + re.escape(said)):
        driver.choose(named("konto"), option)
    assert driver.read(named("konto")) == "Velg"


def test_the_nearest_of_many_options_are_listed(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(LIST.format("", "".join(f"<option>{n} Konto</option>" for n in range(1000, 1300)))))
    driver.timeout = 0.3
    with pytest.raises(StepFailed, match=r"it has '1234 Konto', .* … \(302 in all\)$") as failed:
        driver.choose(named("konto"), "1234 Konti")
    assert len(str(failed.value)) < 250


def test_options_that_come_a_moment_later_are_waited_for(driver: WebDriver, site: Site) -> None:
    fetch = "setTimeout(() => document.querySelector('select').add(new Option('6800 Rekvisita', 'k9')), 400)"
    driver.open(site.page(LIST.format("", "") + f"<script>{fetch}</script>"))
    assert driver.choose(named("konto"), "6800 Rekvisita") == "6800 Rekvisita"


def test_of_two_options_with_one_label_the_value_tells(driver: WebDriver, site: Site) -> None:
    same = '<option value="s1">Ødegård</option><option value="s2">Ødegård</option>'
    driver.open(site.page(LIST.format('onchange="document.title = this.value"', same)))
    with pytest.raises(StepFailed, match="2 options that fit"):
        driver.choose(named("konto"), "Ødegård")
    for value in ("s2", "s1"):
        driver.choose(named("konto"), value)
        assert driver.read(TITLE) == value


def test_what_is_chosen_already_loads_no_page(driver: WebDriver, site: Site) -> None:
    site.page(LIST.format("", "<option selected>Ny</option>"), "/ny")
    driver.open(site.page(LIST.format("onchange=\"location.href = '/ny'\"", MORE)))
    konto = named("konto", reloads=True)
    assert driver.choose(konto, "Velg") == "Velg"
    assert driver.choose(konto, "k1") == "5700--Lønn"
    assert driver.read(konto) == "Ny"


def test_what_is_no_list_cannot_be_chosen_from(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<input name="konto">'))
    driver.timeout = 0.5
    with pytest.raises(StepFailed, match=r"form.konto is no list"):
        driver.choose(named("konto"), "1")


def test_boxes_and_radio_buttons(driver: WebDriver, site: Site) -> None:
    radio = '<input type="radio" name="r" value="{0}" id="{0}">'
    driver.open(site.page('<input type="checkbox" name="boks">' + radio.format("a") + radio.format("b")))
    a, b = target({"css": "#a"}, name="a"), target({"css": "#b"}, name="b")
    for on in (True, True, False, False, True):
        driver.tick(named("boks"), on)
        assert driver.read(named("boks")) == str(on).lower()
    driver.tick(a, True)
    driver.tick(b, True)
    assert (driver.read(a), driver.read(b)) == ("false", "true")
    with pytest.raises(StepFailed, match="b: Cannot uncheck radio button"):
        driver.tick(b, False)


def test_a_box_that_loads_a_page(driver: WebDriver, site: Site) -> None:
    site.pages["/"] = lambda body: Answer(
        f'<form method="post"><input type="checkbox" name="boks" onclick="this.form.submit()" {body and "checked"}>'
    )
    driver.open(site.url())
    box = named("boks", reloads=True)
    driver.tick(box, True)
    driver.tick(box, True)
    assert driver.read(box) == "true"
    assert len(site.posts()) == 1


def test_keys_in_a_field_and_in_the_window(driver: WebDriver, site: Site) -> None:
    driver.open(site.page('<input name="felt"><script>onkeydown = e => document.title = e.key + e.ctrlKey</script>'))
    driver.press("x", named("felt"))
    assert (driver.read(named("felt")), driver.read(TITLE)) == ("x", "xfalse")
    driver.press("Control+F9", None)
    assert driver.read(TITLE) == "F9true"
    for on in (None, named("felt")):
        with pytest.raises(StepFailed, match='Unknown key: "Entre"'):
            driver.press("Entre", on)


def test_waiting_until_something_is_gone(driver: WebDriver, site: Site) -> None:
    vent = '<div class="v">Vent</div><script>setTimeout(() => document.querySelector("div").remove(), 400)</script>'
    driver.open(site.page(vent + '<div class="v">Ferdig</div>'))
    spinner = target({"css": "div.v"}, {"css": "#other"}, name="spinner", **{"is": {"text": "Vent"}})
    driver.wait(target({"text": "Vent"}), "hidden")
    driver.wait(spinner, "hidden")
    driver.wait(named("never"), "hidden")
    driver.timeout = 0.3
    with pytest.raises(StepFailed, match=r"^ferdig did not go away in 0.3 seconds$"):
        driver.wait(target({"text": "Ferdig"}, name="ferdig"), "hidden")
