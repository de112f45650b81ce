"""What the recorder's bar says."""

from typing import Literal

Language = Literal["nb", "en"]

WORDS: dict[str, dict[Language, str]] = {
    "recording": {"nb": "Opptak", "en": "Recording"},
    "paused": {"nb": "Pause", "en": "Paused"},
    "pause": {"nb": "Pause", "en": "Pause"},
    "go_on": {"nb": "Fortsett", "en": "Go on"},
    "submit": {"nb": "Neste klikk bokfører", "en": "The next click posts"},
    "submit_now": {"nb": "Trykk nå på knappen som bokfører.", "en": "Now press the button that posts."},
    "confirm": {"nb": "Dette er kvitteringen", "en": "This is the confirmation"},
    "confirm_now": {"nb": "Pek på bilagsnummeret eller meldingen.", "en": "Point at the voucher number or message."},
    "expect": {"nb": "Sjekk at dette står", "en": "Check that this says"},
    "expect_now": {"nb": "Pek på det som skal stå der.", "en": "Point at what has to stand there."},
    "secret": {"nb": "Hemmelig felt", "en": "Secret field"},
    "secret_now": {"nb": "Pek på feltet før du fyller det ut.", "en": "Point at the field before you fill it in."},
    "pick": {"nb": "Pek ut", "en": "Pick"},
    "pick_now": {"nb": "Pek på det som skal finnes igjen.", "en": "Point at what is to be found again."},
    "lookup": {"nb": "Nå slår jeg opp", "en": "Now I look it up"},
    "undo": {"nb": "Angre siste", "en": "Undo last"},
    "done": {"nb": "Ferdig", "en": "Done"},
    "row": {"nb": "Raden i arbeidsboken", "en": "The row of the workbook"},
}


def words(language: Language) -> dict[str, str]:
    """The bar's words in one language."""
    return {name: said[language] for name, said in WORDS.items()}
