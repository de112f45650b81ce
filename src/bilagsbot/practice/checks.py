"""Checks that both posting screens make of what is typed."""

from collections.abc import Mapping
from datetime import date

from bilagsbot.practice.exchange import Refused
from bilagsbot.practice.norwegian import parse_date
from bilagsbot.practice.seeds import ACCOUNTS


def needed(form: Mapping[str, str], name: str, label: str) -> str:
    """A field's text; Refused if it is empty."""
    text = form.get(name, "").strip()
    if not text:
        raise Refused(f"{label} mangler")
    return text


def needed_date(form: Mapping[str, str], name: str, label: str) -> date:
    """A field's date; Refused if it is empty or no date."""
    try:
        return parse_date(needed(form, name, label))
    except ValueError:
        raise Refused(f"{label} er ugyldig") from None


def known_account(account: str) -> None:
    """Refused if the account is not in the chart of accounts."""
    if account not in ACCOUNTS:
        raise Refused(f"Konto {account} finnes ikke", bare=True)
