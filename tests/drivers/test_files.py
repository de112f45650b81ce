"""Files in and out: uploads to fields that are often hidden, downloads under names that do no harm."""

from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from bilagsbot.drivers.web.downloads import free, safe
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.model.errors import StepFailed

from .site import Answer, Site
from .targets import named, target

LINK = target({"text": "Hent"}, name="hent")


def given(site: Site, header: str, content: bytes = b"innhold", attributes: str = "") -> str:
    site.pages["/fil"] = Answer(content, headers={"Content-Disposition": header, "Content-Type": "application/pdf"})
    return site.page(f'<a href="/fil" {attributes}>Hent</a>')


@pytest.mark.parametrize("attributes", ["", 'target="_blank"'])
def test_a_download_is_kept(driver: WebDriver, site: Site, tmp_path: Path, attributes: str) -> None:
    content = bytes(range(256)) * 1000
    driver.open(given(site, 'attachment; filename="faktura 7.pdf"', content, attributes))
    file = driver.download(LINK, tmp_path / "ny mappe")
    assert (file.name, file.parent) == ("faktura 7.pdf", tmp_path / "ny mappe")
    assert file.read_bytes() == content


def test_nothing_is_overwritten(driver: WebDriver, site: Site, tmp_path: Path) -> None:
    driver.open(given(site, 'attachment; filename="journal.jsonl"'))
    (tmp_path / "journal.jsonl").write_text("vår egen")
    names = [driver.download(LINK, tmp_path).name for _ in range(2)]
    assert names == ["journal (2).jsonl", "journal (3).jsonl"]
    assert (tmp_path / "journal.jsonl").read_text() == "vår egen"


@pytest.mark.parametrize(
    ("suggested", "kept"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp\\a.pdf", "C__temp_a.pdf"),
        ("..", "file"),
        ("", "file"),
        (".bashrc", "bashrc"),
        ("nul.txt", "_nul.txt"),
        ("COM1", "_COM1"),
        ("Bilag æøå (1).pdf", "Bilag æøå _1_.pdf"),
        ("a\n\x00b.pdf", "a__b.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_name_does_no_harm(suggested: str, kept: str) -> None:
    assert safe(suggested) == kept


def test_free_counts_on(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "a (2).pdf").touch()
    assert free(tmp_path, "a.pdf").name == "a (3).pdf"


def test_a_download_that_stalls_is_a_failure_in_time(driver: WebDriver, site: Site, tmp_path: Path) -> None:
    held = Event()
    driver.open(given(site, 'attachment; filename="a.pdf"'))
    site.pages["/fil"] = Answer(b"x", headers={"Content-Disposition": "attachment"}, wait=held)
    driver.timeout = 2
    began = monotonic()
    with pytest.raises(StepFailed, match="hent"):
        driver.download(LINK, tmp_path)
    assert monotonic() - began < 14
    held.set()


def test_a_click_that_downloads_nothing(driver: WebDriver, site: Site, tmp_path: Path) -> None:
    driver.open(site.page('<a href="#">Hent</a>'))
    driver.timeout = 2
    with pytest.raises(StepFailed, match=r"^hent gave no file in 2 seconds$"):
        driver.download(LINK, tmp_path)


def test_a_download_that_breaks_off(driver: WebDriver, site: Site, tmp_path: Path) -> None:
    driver.open(given(site, "attachment", b"abc"))
    site.pages["/fil"] = Answer(b"abc", headers={"Content-Disposition": "attachment"}, cut=True)
    with pytest.raises(StepFailed, match="the file from hent did not come whole"):
        driver.download(LINK, tmp_path)


@pytest.mark.parametrize("hidden", ["", "display:none"])
def test_an_upload_shows_its_file_even_where_the_field_is_hidden(
    driver: WebDriver, site: Site, tmp_path: Path, hidden: str
) -> None:
    file = tmp_path / "kvittering æ.pdf"
    file.write_bytes(b"x")
    driver.open(site.page(f'<input type="file" name="vedlegg" style="{hidden}">'))
    assert driver.upload(named("vedlegg"), [file]) == file.name


def test_a_field_that_is_no_file_field(driver: WebDriver, site: Site, tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    driver.open(site.page('<input name="vedlegg">'))
    with pytest.raises(StepFailed, match=r"^form.vedlegg is no file field$"):
        driver.upload(named("vedlegg"), [tmp_path / "a"])
