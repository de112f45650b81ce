"""Frames and page loads: which frame a target is in, and when its new page is there."""

from threading import Event
from time import monotonic

import pytest

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed, Unreachable

from .site import HEAD, Answer, Site
from .targets import button, named, target

LINK = '<a href="{}">Neste</a>'
NEXT = {"text": "Neste"}


def frames(site: Site, **bodies: str) -> str:
    """A frameset of these frames; its address."""
    for name, body in bodies.items():
        site.page(body, f"/{name}")
    inner = "".join(f'<frame name="{name}" src="/{name}">' for name in bodies)
    site.pages["/"] = f'<html><frameset cols="{",".join("*" * len(bodies))}">{inner}</frameset></html>'
    return site.url()


def test_a_target_is_looked_for_in_its_own_frame(driver: WebDriver, site: Site) -> None:
    driver.open(frames(site, venstre='<input name="a" value="v">', hoyre='<input name="a" value="h">'))
    assert [driver.read(named("a", frame=name)) for name in ("venstre", "hoyre")] == ["v", "h"]
    assert not driver.shows(named("a"))
    assert not driver.shows(named("a", frame="midt"))


def test_nested_frames_of_one_name_are_told_apart(driver: WebDriver, site: Site) -> None:
    for side in ("a", "b"):
        site.page(f'<iframe name="innhold" src="/{side}1"></iframe>', f"/{side}")
        site.page(f'<input name="felt" value="{side}1"><a href="/{side}2">Neste</a>', f"/{side}1")
        site.page(f'<input name="felt" value="{side}2">', f"/{side}2")
    driver.open(site.page('<iframe name="a" src="/a"></iframe><iframe name="b" src="/b"></iframe>'))
    assert [driver.read(named("felt", frame=[side, "innhold"])) for side in ("a", "b")] == ["a1", "b1"]
    driver.click(target(NEXT, frame=["b", "innhold"], reloads=True))
    assert [driver.read(named("felt", frame=[side, "innhold"])) for side in ("a", "b")] == ["a1", "b2"]


def test_a_click_waits_for_the_other_frame_that_it_loads(driver: WebDriver, site: Site) -> None:
    held = Event()
    site.pages["/ny"] = Answer(HEAD + '<input name="felt" value="ny">', wait=held)
    driver.open(frames(site, meny='<a href="/ny" target="hoved">Neste</a>', hoved='<input name="felt" value="gammel">'))
    site.pages["/slipp"] = lambda _: (held.set(), "ok")[1]
    driver.click(named("felt", frame="hoved"))
    release = "setTimeout(() => fetch('/slipp'), 300)"
    site.page(f'<a href="/ny" target="hoved" onclick="{release}">Neste</a>', "/meny")
    driver.open(site.url())
    driver.click(target(NEXT, frame="meny", reloads="hoved"))
    assert driver.read(named("felt", frame="hoved")) == "ny"


def test_a_reload_reads_the_new_page_and_never_the_old(driver: WebDriver, site: Site) -> None:
    count = iter(range(1, 100))
    site.pages["/"] = lambda _: (
        HEAD + f'<form method="post"><input name="felt" value="{next(count)}"><button>Neste</button>'
    )
    driver.open(site.url())
    seen = []
    for _ in range(10):
        driver.click(button("Neste", reloads=True))
        seen.append(driver.read(named("felt")))
    assert seen == [str(n) for n in range(2, 12)]


@pytest.mark.parametrize("jump", ["location.hash = 'x'", "history.pushState({}, '', '/annet')"], ids=["hash", "state"])
def test_a_jump_within_the_page_is_not_the_load(driver: WebDriver, site: Site, jump: str) -> None:
    site.page('<input name="felt" value="ny">', "/ny")
    later = "setTimeout(() => location.href = '/ny', 500)"
    driver.open(site.page(f'<input name="felt" value="gammel"><button onclick="{jump}; {later}">Neste</button>'))
    driver.click(button("Neste", reloads=True))
    assert driver.read(named("felt")) == "ny"


def test_a_page_without_a_server_is_a_load_too(driver: WebDriver, site: Site) -> None:
    inner = "document.querySelector('iframe').srcdoc = '<input name=felt value=ny>'"
    frame = '<iframe name="f" srcdoc="<input name=felt value=gammel>"></iframe>'
    driver.open(site.page(frame + f'<button onclick="{inner}">Neste</button>'))
    assert driver.read(named("felt", frame="f")) == "gammel"
    driver.click(button("Neste", reloads="f"))
    assert driver.read(named("felt", frame="f")) == "ny"


def test_a_frame_replaced_while_it_is_waited_for_is_found_again(driver: WebDriver, site: Site) -> None:
    site.page("<p>tom</p>", "/tom")
    site.page('<input name="felt" value="ny">', "/ny")
    swap = "document.body.innerHTML = '<iframe name=f src=/ny></iframe>'"
    driver.open(site.page(f'<body><iframe name="f" src="/tom"></iframe><script>setTimeout(() => {swap}, 600)</script>'))
    assert driver.read(named("felt", frame="f")) == "ny"


def test_a_click_that_replaces_its_own_frame(driver: WebDriver, site: Site) -> None:
    site.page(
        "<button onclick=\"parent.postMessage('bytt', '*')\">Neste</button><input name=felt value=gammel>", "/gammel"
    )
    site.page('<input name="felt" value="ny">', "/ny")
    swap = "onmessage = () => document.body.innerHTML = '<iframe name=f src=/ny></iframe>'"
    driver.open(site.page(f'<body><iframe name="f" src="/gammel"></iframe><script>{swap}</script>'))
    driver.click(button("Neste", frame="f", reloads=True))
    assert driver.read(named("felt", frame="f")) == "ny"


def test_a_click_that_loads_the_whole_frameset_anew(driver: WebDriver, site: Site) -> None:
    site.page('<input name="felt" value="ny">', "/ny")
    driver.open(frames(site, meny="", hoved='<a href="/ny" target="_top">Neste</a>'))
    driver.click(target(NEXT, frame="hoved", reloads=True))
    assert driver.read(named("felt")) == "ny"


@pytest.mark.parametrize("frame", ["top", "hoved"])
def test_a_server_error_is_a_failure_that_says_so(driver: WebDriver, site: Site, frame: str) -> None:
    site.pages["/feil"] = Answer("Feil", 500)
    body = LINK.format("/feil")
    driver.open(frames(site, hoved=body) if frame == "hoved" else site.page(body))
    with pytest.raises(StepFailed, match=r"^the program answered HTTP 500 after lenke$"):
        driver.click(target(NEXT, name="lenke", frame=frame, reloads=True))


def test_an_error_behind_a_redirect_counts_and_a_redirect_itself_does_not(driver: WebDriver, site: Site) -> None:
    site.pages["/videre"] = Answer("", 302, {"Location": "/ny"})
    site.pages["/feil"] = Answer("", 302, {"Location": "/500"})
    site.pages["/500"] = Answer("Feil", 503)
    site.page(LINK.format("/feil"), "/ny")
    driver.open(site.page(LINK.format("/videre")))
    driver.click(target(NEXT, reloads=True))
    with pytest.raises(StepFailed, match="HTTP 503"):
        driver.click(target(NEXT, reloads=True))


def test_a_click_that_loads_nothing_is_a_failure_in_time(driver: WebDriver, site: Site) -> None:
    driver.open(site.page("<button>Neste</button>"))
    driver.timeout = 2
    with pytest.raises(StepFailed, match=r"^no page came after button.Neste in 2 seconds$"):
        driver.click(button("Neste", reloads=True))


def test_a_page_that_never_ends_is_a_failure_in_time(driver: WebDriver, site: Site) -> None:
    held = Event()
    site.pages["/treg.png"] = Answer(b"", wait=held)
    site.page('<img src="/treg.png">', "/ny")
    driver.open(site.page(LINK.format("/ny")))
    driver.timeout = 2
    began = monotonic()
    with pytest.raises(StepFailed, match="the page after lenke was not complete in 2 seconds"):
        driver.click(target(NEXT, name="lenke", reloads=True))
    assert monotonic() - began < 14
    held.set()


def test_a_program_that_is_gone_is_a_failure_and_no_hang(driver: WebDriver) -> None:
    gone = Site()
    driver.open(gone.page(LINK.format("/ny") + '<form method="post"><button>Lagre</button></form>'))
    address = gone.url()
    gone.stop()
    began = monotonic()
    with pytest.raises(StepFailed, match="the program did not answer after lenke"):
        driver.click(target(NEXT, name="lenke", reloads=True))
    with pytest.raises(Unreachable, match="does not answer: net::ERR_CONNECTION_REFUSED"):
        driver.open(address)
    assert monotonic() - began < 14


def test_an_address_that_answers_with_an_error_is_unreachable(driver: WebDriver, site: Site) -> None:
    with pytest.raises(Unreachable, match="/borte answers HTTP 404"):
        driver.open(site.url("/borte"))


def test_a_field_that_submits_on_change_is_waited_for(driver: WebDriver, site: Site) -> None:
    site.pages["/"] = lambda body: (
        HEAD + f'<form method="post"><input name="felt" value="{"25" if body else ""}" onchange="this.form.submit()">'
    )
    driver.open(site.url())
    field = named("felt", reloads=True)
    assert driver.fill(field, "25") == "25"
    assert driver.fill(field, "25") == "25"  # nothing changes, so nothing is waited for
    assert site.posts() == ["POST / felt=25"]
