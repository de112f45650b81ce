"""No secret in a message, in what a message hides, or in a picture."""

import traceback
from pathlib import Path

import pytest
from playwright.sync_api import Page

from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import BilagsbotError, Unreachable

from .site import Site
from .targets import named, target

PASSWORD = "hemmelig-passord-42"


def chain(error: BaseException | None) -> list[BaseException]:
    seen: list[BaseException] = []
    todo = [error]
    while todo:
        one = todo.pop()
        if one is not None and one not in seen:
            seen.append(one)
            todo += [one.__cause__, one.__context__]
    return seen


@pytest.mark.parametrize(
    "field",
    [
        '<input name="passord" type="password" disabled>', '<input name="passord" type="password" readonly>',
        '<input name="passord" type="number">', '<p name="passord">nei</p>', "",
        '<input name="passord" type="password" onblur="alert(1)">',
        '<input name="passord" reloads onfocus="window.stop(); this.remove()">',
    ],
)  # fmt: skip
@pytest.mark.parametrize("reloads", [False, True])
def test_a_password_that_cannot_be_typed_is_told_by_no_error(
    driver: WebDriver, site: Site, field: str, reloads: bool
) -> None:
    driver.open(site.page(field))
    driver.timeout = 0.4
    with pytest.raises(BilagsbotError) as failed:
        driver.fill(named("passord", reloads=reloads), PASSWORD)
    for error in chain(failed.value):
        assert PASSWORD not in f"{error} {error!r} {error.args} {vars(error)}"
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))


def test_a_list_box_or_key_does_not_tell_it_either(driver: WebDriver, site: Site) -> None:
    driver.open(
        site.page('<select name="passord" disabled><option>' + PASSWORD + "</option><option>a</option></select>")
    )
    driver.timeout = 0.4
    with pytest.raises(BilagsbotError) as failed:
        driver.fill(named("passord"), PASSWORD)
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))


@pytest.mark.parametrize("field", ['type="password"', 'type="text" autocomplete="current-password"'])
@pytest.mark.parametrize("framed", [False, True])
def test_a_picture_masks_password_fields(
    driver: WebDriver, site: Site, tmp_path: Path, field: str, framed: bool
) -> None:
    # The field is black on black but for what is typed, so that a masked picture has no white in it at all.
    style = "background:#000;color:#fff;border:0;outline:0;font:40px monospace;-webkit-text-security:none"
    body = f'<body style="background:#000;margin:0"><input name="p" {field} style="{style}"></body>'
    site.page(body, "/inni")
    outer = '<body style="background:#000"><iframe name="f" src="/inni" style="border:0"></iframe></body>'
    driver.open(site.page(outer) if framed else site.url("/inni"))
    plain = named("p", frame="f") if framed else named("p")
    driver.fill(plain, PASSWORD)
    assert white(driver, driver.picture()) == 0
    driver.open(site.page(body.replace(field, "")))
    driver.fill(named("p"), "synlig")
    assert white(driver, driver.picture()) > 100


def white(driver: WebDriver, picture: bytes) -> int:
    """How many pixels of a JPEG are nearly white, counted by the browser itself."""
    page: Page = driver._screen.page
    count = """
    async bytes => {
      const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], {type: 'image/jpeg'}));
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      const data = canvas.getImageData(0, 0, image.width, image.height).data;
      let white = 0;
      for (let i = 0; i < data.length; i += 4) white += data[i] > 200 && data[i + 1] > 200 && data[i + 2] > 200;
      return white;
    }
    """
    return int(page.evaluate(count, list(picture)))


def test_a_picture_is_no_verb_that_fails(driver: WebDriver, site: Site) -> None:
    driver.open(site.page("<p>Side</p>"))
    assert driver.picture().startswith(b"\xff\xd8\xff")
    driver.open("about:blank")
    assert driver.picture()


def test_an_address_with_a_secret_in_it_is_redacted(own_driver: object, driver: WebDriver) -> None:
    driver._screen.redact, kept = (lambda text: text.replace(PASSWORD, "***")), driver._screen.redact
    try:
        with pytest.raises(Unreachable) as failed:
            driver.open(f"http://127.0.0.1:9/?p={PASSWORD}")
    finally:
        driver._screen.redact = kept
    assert PASSWORD not in "".join(traceback.format_exception(failed.value))
    assert target({"document": "title"})
