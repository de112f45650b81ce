"""Texts: small Norwegian text is read, on light and on dark, and a number is never taken for another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.desktop.languages import data_folder, languages
from bilagsbot.drivers.desktop.screen import Screen
from bilagsbot.drivers.desktop.texts import Texts
from bilagsbot.model.errors import Unreachable

from .shows import Shows, button, label

WORDS = ("Blåbærsyltetøy AS", "1 234,50", "Leverandør: Ødegård & Sønner", "Forfallsdato 24.11.2026",
         "-1 234,50", "Åpne", "Motkonto 2400", "Æresgjest på fjellet", "kr 12 345 678,90")  # fmt: skip


@pytest.fixture
def texts(screen: Screen) -> Iterator[Texts]:
    if "nor" not in languages():
        pytest.skip("no Norwegian OCR on this machine: apt install tesseract-ocr-nor")
    reading = Texts(screen, "nor")
    yield reading
    reading.close()


@pytest.mark.parametrize("px", [9, 10, 11, 12, 13])
@pytest.mark.parametrize("dark", [False, True])
def test_small_text_is_read_to_the_letter(shows: Shows, screen: Screen, texts: Texts, px: int, dark: bool) -> None:
    for kind in (label, button):
        widgets = [kind(text, 20 + 280 * (i % 2), 20 + 50 * (i // 2), px=px) for i, text in enumerate(WORDS)]
        rects = shows.show(*widgets, dark=dark)
        assert screen.still(screen.rect, 0.1, 5)
        lines = texts.lines(screen.rect)
        assert sorted(line.text for line in lines) == sorted(WORDS)
        for text, rect in zip(WORDS, rects, strict=True):
            assert texts.read(rect.grown(-4) if kind is button else rect.grown(4)) == text
            assert [line.rect.within(rect.grown(1)) for line in lines if line.text == text] == [True]


def test_a_text_is_found_at_another_scale_and_where_there_are_two(shows: Shows, screen: Screen, texts: Texts) -> None:
    rects = shows.show(*(button("Bokfør", 20, y, css="font-size: 10pt;") for y in (20, 120)), dpi=120)
    assert screen.still(screen.rect, 0.1, 5)
    found = texts.find("bokfør", screen.rect)
    assert [hit.within(rect) for hit, rect in zip(found, rects, strict=True)] == [True, True]


def test_whole_lines_come_before_words_of_longer_ones(shows: Shows, screen: Screen, texts: Texts) -> None:
    whole, longer = shows.show(label("Beløp:", 20, 20), label("Samlet beløp eks. mva.", 20, 60))
    assert screen.still(screen.rect, 0.1, 5)
    assert [hit.within(whole.grown(2)) for hit in texts.find("Beløp", screen.rect)] == [True]
    (hit,) = texts.find("beløp  eks.", screen.rect)
    assert hit.within(longer.grown(2))
    assert longer.x + 30 < hit.x < hit.right < longer.right - 20
    assert texts.find("eløp", screen.rect) == []


def test_a_number_is_never_taken_for_another(shows: Shows, screen: Screen, texts: Texts) -> None:
    shows.show(label("Bilag 10432", 20, 20), label("1 234,50", 20, 60), label("Bokført som bilag 20711 i dag", 20, 100))
    assert screen.still(screen.rect, 0.1, 5)
    assert len(texts.find("Bilag 10432", screen.rect)) == 1
    assert len(texts.find("bilag 20711", screen.rect)) == 1
    for other in ("Bilag 10433", "Bilag 1043", "234,50", "1 234", "1234,50", "Bilag"):
        assert len(texts.find(other, screen.rect)) == (2 if other == "Bilag" else 0)


def test_a_misread_letter_is_forgiven_but_no_other_word(shows: Shows, screen: Screen, texts: Texts) -> None:
    shows.show(label("Leverandørreskontro", 20, 20), label("Kontor", 20, 60))
    assert screen.still(screen.rect, 0.1, 5)
    assert len(texts.find("Leverandorreskontro", screen.rect)) == 1
    assert texts.find("Konto", screen.rect) == []


def test_an_empty_field_reads_as_nothing(shows: Shows, screen: Screen, texts: Texts) -> None:
    (field,) = shows.show(button("", css="min-width: 200px; min-height: 24px;"))
    assert screen.still(screen.rect, 0.1, 5)
    assert texts.read(field.grown(-4)) == ""
    assert texts.lines(screen.rect) == []


def test_a_language_that_is_lacking_is_named_with_its_package(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreachable, match=r"no OCR language 'sma'.*apt install tesseract-ocr-sma"):
        Texts(screen, "sma")
    (tmp_path / "sma.traineddata").write_bytes(b"nothing")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert data_folder("sma") == tmp_path
    with pytest.raises(Unreachable, match=r"OCR data of 'sma' .* install them anew"):
        Texts(screen, "sma")
