"""Whom a bot's file says to tell: short and long forms, and every mistake at its line."""

from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import load_job
from bilagsbot.run.notify import Notify

BOT = "bots/practice-invoices.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = tmp_path / "ws"
    make_workspace(made)
    return made


def say(workspace: Path, notify: str) -> int:
    """Add `notify` to the bot; gives the line where it stands."""
    file = workspace / BOT
    text = file.read_text(encoding="utf-8").rstrip("\n")
    file.write_text(f"{text}\nnotify: {notify}\n", encoding="utf-8")
    return text.count("\n") + 2


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("office", Notify(to=("office",))),
        ("[office, it-1]", Notify(to=("office", "it-1"))),
        ("{to: office, when: person}", Notify(to=("office",), when=("person",))),
        ("{to: [a], figures: true, language: en}", Notify(to=("a",), figures=True, language="en")),
    ],
)
def test_short_and_long_forms(workspace: Path, text: str, means: Notify) -> None:
    say(workspace, text)

    assert load_job(workspace, "practice-invoices").bot.notify == means


def test_all_four_are_told_of_in_bokmal_and_without_figures_where_nothing_else_is_said() -> None:
    office = Notify(to=("office",))

    assert (office.when, office.figures, office.language) == (("finished", "stopped", "person", "drift"), False, "nb")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("of fice", ["'notify': 'of fice' is no name of an address. Use letters, digits, '.', '-' and '_' only."]),
        ("mailto://ola:hemmelig@mail.no",
         ["'notify': this is no name of an address. Use letters, digits, '.', '-' and '_' only. "
          "The address itself is a secret: 'bilagsbot notice NAME' asks for it."]),
        ("[]", ["'notify' is empty. Write at least one."]),
        ("{to: [a, 'b c'], when: [finishd], language: no}",
         ["'language' cannot be 'no'. Known: en, nb.",
          "entry 1 of 'when' cannot be 'finishd'. Did you mean 'finished'?",
          "entry 2 of 'to': 'b c' is no name of an address. Use letters, digits, '.', '-' and '_' only."]),
        ("{too: a}", ["unknown key 'too'. Did you mean 'to'?"]),
    ],
)  # fmt: skip
def test_mistakes_come_at_once_with_their_line(workspace: Path, text: str, sentences: list[str]) -> None:
    line = say(workspace, text)

    with pytest.raises(BadInput) as bad:
        load_job(workspace, "practice-invoices")
    assert sorted(map(str, bad.value.mistakes)) == [f"{BOT}:{line}: {sentence}" for sentence in sentences]
