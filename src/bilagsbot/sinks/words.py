"""The words people read for a state and for the columns every receipt has, in bokmål and English."""

from typing import Final, Literal

from bilagsbot.model.receipt import State

Language = Literal["nb", "en"]

STATUS: Final = "Status"
TIME: Final = "Tidspunkt"
MESSAGE: Final = "Melding"

_WORDS: Final[dict[State, dict[Language, str]]] = {
    State.POSTED: {"nb": "Bokført", "en": "Posted"},
    State.REJECTED: {"nb": "Avvist", "en": "Rejected"},
    State.FAILED: {"nb": "Feilet", "en": "Failed"},
    State.UNKNOWN: {"nb": "Ukjent", "en": "Unknown"},
    # Nobody knows whether a voucher that was being submitted got in, so a person has to look.
    State.SUBMITTING: {"nb": "Ukjent", "en": "Unknown"},
    State.SKIPPED: {"nb": "Hoppet over", "en": "Skipped"},
    State.WAITING: {"nb": "Venter", "en": "Waiting"},
    State.READY: {"nb": "Ikke behandlet", "en": "Not handled"},
    State.RUNNING: {"nb": "Ikke behandlet", "en": "Not handled"},
}


def word(state: State, language: Language = "nb") -> str:
    """The word for a state."""
    return _WORDS[state][language]
