"""Titles of windows as patterns."""

import pytest

from bilagsbot.flow.drafting.windows import GUESSED, WHOLE, Windows
from bilagsbot.model.recording import Action


def windows(*titles: str, program: str = "homebank books/acme.xhb", texts: tuple[str, ...] = ()) -> Windows:
    """Each title by its window's number, `2 Title`."""
    split = [title.partition(" ") for title in titles]
    actions = [Action(n=i, action="click", window=int(n), title=title) for i, (n, _, title) in enumerate(split, 1)]
    return Windows(actions, program, texts)


def at(title: str, window: int = 0) -> Action:
    """Something done in that window."""
    return Action(n=1, action="click", window=window, title=title)


@pytest.mark.parametrize(
    ("title", "pattern", "sure"),
    [
        ("acme.xhb - Acme - HomeBank", "* - HomeBank", True),
        ("*acme.xhb - Acme - HomeBank", "* - HomeBank", True),
        ("HomeBank – Acme AS", "HomeBank – *", True),
        ("Add transaction", "Add transaction", True),
        ("Konteringer [alle]", "Konteringer [[]alle]", True),
        ("acme.gnucash - Registrer", "* - Registrer", False),
        ("Bilag 1042 (2026)", "Bilag * (*)", False),
        ("Bilag", "Bilag", True),
        ("Bilag *", "*Bilag*", False),
        ("Faktura fra Ola AS", "Faktura fra *", False),
        ("2026", "2026", False),
        ("", "*", True),
    ],
)
def test_what_changes_in_a_title(title: str, pattern: str, sure: bool) -> None:
    found = windows(f"0 {title}", texts=("Ola AS", "AS"))

    assert found.pattern(at(title)) == pattern
    assert (found.doubt(pattern) == "") is sure


def test_a_title_that_changed() -> None:
    found = windows("0 Bilag nytt lagret", "0 Bilag endret lagret", "0 Bilag lagret")

    assert found.pattern(at("Bilag endret lagret")) == "Bilag*lagret"
    assert found.doubt("Bilag*lagret") == GUESSED


def test_titles_of_one_window_that_have_nothing_in_common() -> None:
    found = windows("0 Bilag 7", "0 Reskontro", program="regnskap")

    assert found.main() == {"Bilag *", "Reskontro"}
    assert {found.screen(at(title)) for title in ("Bilag 7", "Reskontro")} == {"main"}


def test_no_pattern_fits_two_windows() -> None:
    titles = ["acme.xhb - HomeBank", "Payees - HomeBank", "Bilag 7", "Bilag 8 kopi"]
    found = windows(*(f"{i} {title}" for i, title in enumerate(titles)))

    patterns = ["*.xhb - HomeBank", "Payees - HomeBank", "Bilag 7", "Bilag * kopi"]
    assert [found.pattern(at(title)) for title in titles] == patterns
    assert [found.doubt(one) for one in patterns] == [GUESSED, "", WHOLE, GUESSED]


def test_a_window_that_is_opened_again() -> None:
    titles = ["acme.xhb - Acme - HomeBank", "Add transaction", "Add transaction", "Sure?"]
    found = windows(*(f"{i} {title}" for i, title in enumerate(titles)))

    assert [found.first(i) for i in range(4)] == [0, 1, 1, 3]
    named = [found.screen(at(title, i)) for i, title in enumerate(titles)]
    assert named == ["main", "add_transaction", "add_transaction", "sure"]
