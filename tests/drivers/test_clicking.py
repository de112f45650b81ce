"""A click reaches the very element that was found, wherever it is, or nothing."""

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import Site
from .targets import button, target

TITLE = target({"document": "title"})
COUNT = "onclick=\"document.title += '!'; event.isTrusted || (document.title = 'not trusted')\""
BUTTON = f"<button {COUNT}>Lagre</button>"


@pytest.mark.parametrize(
    "body",
    [
        BUTTON,
        f'<div style="height: 3000px"></div>{BUTTON}',
        f'<div style="height: 80px; overflow: auto"><div style="height: 500px"></div>{BUTTON}</div>',
        f'<label>Lagre det<input type="checkbox" aria-label="Lagre" role="button" {COUNT}></label>',
        f'<div style="display: inline-block; margin: 80px; transform: rotate(30deg) scale(1.4)">{BUTTON}</div>',
        f"<button {COUNT}><b>La</b>gre</button>",
        '<div id="host"></div><script>host.attachShadow({mode: "open"}).innerHTML = `' + BUTTON + "`</script>",
        # It comes to rest after a while, as an unfolding menu does.
        "<style>@keyframes in {from {transform: translateX(600px)}} button {animation: in .4s linear}</style>" + BUTTON,
        # What covers it goes away.
        '<div id="over" style="position: fixed; inset: 0"></div><script>setTimeout(() => over.remove(), 400)</script>'
        + BUTTON,
        # It is enabled when the page has made up its mind.
        "<script>setTimeout(() => document.querySelector('button').disabled = false, 400)</script>"
        + BUTTON.replace("<button", "<button disabled"),
    ],
    ids=["plain", "below", "scrolled", "label", "turned", "nested", "shadow", "moving", "covered", "disabled"],
)
def test_it_is_hit_once(driver: WebDriver, site: Site, body: str) -> None:
    driver.open(site.page(body))
    driver.click(button("Lagre"))
    assert driver.read(TITLE) == "Bilag!"


@pytest.mark.parametrize("style", ["", "border: 9px solid; padding: 17px", "transform: scale(.7)", "margin: 2500px 0"])
def test_it_is_hit_in_a_frame(driver: WebDriver, site: Site, style: str) -> None:
    site.page(BUTTON, "/inne")
    site.page(f'<p style="height: 60px"><iframe name="inne" src="/inne" style="{style}"></iframe>', "/midt")
    driver.open(site.page(f'<iframe name="midt" src="/midt" style="{style}" width="700" height="400"></iframe>'))
    path = {"frame": ["midt", "inne"]}
    driver.click(button("Lagre", **path))
    assert driver.read(target({"document": "title"}, **path)) == "Bilag!"


def test_it_is_hit_in_a_frame_of_another_site(driver: WebDriver, site: Site) -> None:
    site.page(BUTTON, "/inne")
    other = site.url("/inne").replace("127.0.0.1", "localhost")
    driver.open(site.page(f'<iframe name="inne" src="{other}"></iframe>'))
    driver.click(button("Lagre", frame="inne"))
    assert driver.read(target({"document": "title"}, frame="inne")) == "Bilag!"


def test_what_slips_in_front_under_the_pointer_is_not_clicked(driver: WebDriver, site: Site) -> None:
    # The pointer's coming makes the page put another button in its place, as menus that unfold on hover do.
    slip = "this.onmouseover = null; slett.style.left = '0'; setTimeout(() => slett.style.left = '900px', 500)"
    driver.open(
        site.page(
            f'<div style="position: relative"><button style="position: absolute; left: 0" onmouseover="{slip}" '
            'onclick="document.title += \' lagret\'">Lagre</button><button id="slett" style="position: absolute; '
            'left: 900px" onclick="document.title += \' slettet\'">Slett</button></div>'
        )
    )
    driver.click(button("Lagre"))
    assert driver.read(TITLE) == "Bilag lagret"


def test_what_stays_covered_is_not_clicked(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(BUTTON + '<div style="position: fixed; inset: 0"></div>'))
    driver.timeout = 1
    with pytest.raises(StepFailed, match="something covers it"):
        driver.click(button("Lagre"))
    assert driver.read(TITLE) == "Bilag"


def test_a_page_that_stays_hears_later_clicks(driver: WebDriver, site: Site) -> None:
    driver.open(site.page(BUTTON + '<a href="#" onclick="document.title += \'?\'">annet</a>'))
    for _ in range(2):
        driver.click(button("Lagre"))
        driver.click(target({"text": "annet"}))
    assert driver.read(TITLE) == "Bilag!?!?"
