"""What a notice says, in bokmål and English: without figures unless they are asked for."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from bilagsbot.model.receipt import State
from bilagsbot.run.notify import Kind
from bilagsbot.sinks.text import grouped
from bilagsbot.sinks.words import Language, word

if TYPE_CHECKING:
    from bilagsbot.run.notices import Notice

MOST = 50  # details; nobody reads more of them in a mail
Words = Mapping[Language, str]

_TITLES: Final[Mapping[Kind, Words]] = {
    "finished": {"nb": "Bilagsbot: {} er ferdig", "en": "Bilagsbot: {} has finished"},
    "stopped": {"nb": "Bilagsbot: {} stanset", "en": "Bilagsbot: {} has stopped"},
    "person": {"nb": "Bilagsbot: {} trenger en person", "en": "Bilagsbot: {} needs a person"},
    "drift": {"nb": "Bilagsbot: {} møtte endrede skjermbilder", "en": "Bilagsbot: {} met changed screens"},
}
_STOPPED: Final[Words] = {
    "nb": "Kjøringen stanset før alt var behandlet. Ingenting bokføres to ganger når den startes igjen.",
    "en": "The run stopped before everything was handled. Nothing is posted twice when it is started again.",
}
_DRIFT: Final[Words] = {
    "nb": "Noe ble bare funnet på en reservemåte. Den som vedlikeholder oppsettet, bør se på det.",
    "en": "Something was found by a lower way only. Who maintains the selectors should have a look.",
}
_NEEDED: Final[Mapping[str, Words]] = {
    "": {"nb": "En person må se på kjøringen.", "en": "A person has to look at the run."},
    "pause": {
        "nb": "Kjøringen venter til en person har gjort noe i programmet.",
        "en": "The run waits until a person has done something in the program.",
    },
    "approve": {
        "nb": "Noe må godkjennes av en person før det kan bokføres.",
        "en": "A person has to approve something before it can be posted.",
    },
    "settle": {
        "nb": "Det er ukjent om noe ble bokført. Se etter i programmet, og si fra hva som står der.",
        "en": "It is unknown whether something was posted. Look in the program, and say what it holds.",
    },
}
_ORDER: Final = [
    State.POSTED, State.SKIPPED, State.REJECTED, State.FAILED, State.UNKNOWN, State.SUBMITTING, State.WAITING,
    State.READY, State.RUNNING,
]  # fmt: skip
_CLIENT: Final[Words] = {"nb": "Klient", "en": "Client"}
_SUM: Final[Words] = {"nb": "Sum bokført", "en": "Sum posted"}
_COMMAND: Final[Words] = {"nb": "Kommando", "en": "Command"}
_RUN: Final[Words] = {"nb": "Kjøring", "en": "Run"}
_MORE: Final[Words] = {"nb": "… og {} til", "en": "… and {} more"}
TEST_TITLE: Final = "Bilagsbot: prøvevarsel"
TEST_BODY: Final = (
    "Dette er en prøve. Varsler fra Bilagsbot kommer hit.\nThis is a test. Notices of Bilagsbot come here."
)


def title(notice: "Notice", language: Language) -> str:
    """The subject of a mail: the bot and what is the matter, on one line."""
    return " ".join(_TITLES[notice.kind][language].format(notice.bot).split())


def body(notice: "Notice", language: Language, figures: bool) -> str:
    """The text below it; with `figures` also whose books, the sum and the messages."""
    lines = [
        *_reason(notice, language),
        *_counts(notice.counts, language),
        *(_figures(notice, language) if figures else ()),
        *(f"{_COMMAND[language]}: {command}" for command in notice.commands),
        *([f"{_RUN[language]}: {notice.run}"] if notice.run else ()),
    ]
    return "\n".join(lines)


def _reason(notice: "Notice", language: Language) -> Iterator[str]:
    if notice.kind == "stopped":
        yield _STOPPED[language]
    elif notice.kind == "drift":
        yield _DRIFT[language]
    elif notice.kind == "person":
        yield _NEEDED[notice.what][language]


def _counts(counts: Mapping[State, int] | Mapping[str, int], language: Language) -> Iterator[str]:
    """How many items are in which state, in the words of the receipts; several states may share one word."""
    by_word: dict[str, int] = {}
    for state in sorted(map(State, counts), key=_ORDER.index):
        by_word[word(state, language)] = by_word.get(word(state, language), 0) + counts[state]
    return (f"{name}: {count}" for name, count in by_word.items() if count)


def _figures(notice: "Notice", language: Language) -> Iterator[str]:
    yield f"{_CLIENT[language]}: {notice.client}"
    if notice.sum is not None:
        yield f"{_SUM[language]}: {grouped(notice.sum)}"
    yield from notice.details[:MOST]
    if len(notice.details) > MOST:
        yield _MORE[language].format(len(notice.details) - MOST)
