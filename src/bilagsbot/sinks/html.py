"""The run's report: one HTML page that proves what became of every item, to read, print and keep."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined

from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks.atomic import Replace, publish
from bilagsbot.sinks.summary import Proof, RunSummary, Tally, latest, proof
from bilagsbot.sinks.text import NBSP, grouped, moment, row_list
from bilagsbot.sinks.words import word


@dataclass(frozen=True)
class Kind:
    """States that read the same in the report: their look, and a sign for those who do not see its colour."""

    css: str
    sign: str
    states: tuple[State, ...]
    person: bool = False

    @property
    def word(self) -> str:
        """The word for these states."""
        return word(self.states[0])


# In the order a person wants them: what may be posted without a receipt first, what needs nothing last.
KINDS: Final = (
    Kind("unknown", "?", (State.UNKNOWN, State.SUBMITTING), person=True),
    Kind("failed", "!", (State.FAILED,), person=True),
    Kind("rejected", "✕", (State.REJECTED,), person=True),
    Kind("waiting", "…", (State.WAITING,)),
    Kind("ready", "○", (State.READY, State.RUNNING)),
    Kind("posted", "✓", (State.POSTED,)),
    Kind("skipped", "→", (State.SKIPPED,)),
)
_PROOF_ORDER: Final = ("posted", "rejected", "failed", "unknown", "skipped", "waiting", "ready")
_KIND_OF: Final = {state: kind for kind in KINDS for state in kind.states}
MOST: Final = 1_000
"""How many items that need nothing are listed: a browser takes minutes for a page of 100,000."""
_HOW: Final = {"screen": "lest på skjermen", "lookup": "funnet ved oppslag", "settled": "avklart av en person"}


def write(
    path: Path,
    summary: RunSummary,
    fields: Mapping[str, str],
    receipts: Iterable[Receipt],
    *,
    replace: Replace = os.replace,
) -> Path:
    """Write the report and return the path it got; it belongs in the run's folder, beside the pictures.

    `fields` are the flow's receipt fields and their headings; an item's last receipt counts.
    """
    page = render(summary, fields, receipts).encode("utf-8")
    return publish(path, lambda out: out.write(page), replace)


def render(summary: RunSummary, fields: Mapping[str, str], receipts: Iterable[Receipt]) -> str:
    """The report as text."""
    kept = sorted(latest(receipts), key=_urgency)
    result = proof(kept, summary.items_in_file, summary.sum_in_file, summary.rows_in_file)
    person = [receipt for receipt in kept if _KIND_OF[receipt.status].person]
    folder = files("bilagsbot.sinks")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters.update(moment=moment, money=money, count=count, row_list=row_list, link=link)
    return environment.from_string(folder.joinpath("report.html").read_text("utf-8")).render(
        css=folder.joinpath("report.css").read_text("utf-8"),
        summary=summary,
        duration=_duration(summary),
        proof=result,
        proof_rows=_proof_rows(result),
        posted=result.by_state[State.POSTED],
        person=sum((result.by_state[state] for kind in KINDS if kind.person for state in kind.states), Tally()),
        sections=[
            _section("Trenger en person", person, fields, len(person)),
            _section("Øvrige bilag" if person else "Alle bilag", kept[len(person) :], fields, MOST),
        ],
        kind_of=_KIND_OF,
        how=_HOW,
    )


def money(value: Decimal | None) -> str:
    """A sum for reading; nothing for none."""
    return "" if value is None else grouped(value)


def count(value: int) -> str:
    """A whole number for reading, thousands apart: `1 234`."""
    return f"{value:,}".replace(",", NBSP)


def link(picture: str) -> str:
    """A picture's address relative to the report, which no name can turn into anything else than a file's."""
    return quote(picture.replace("\\", "/").lstrip("/"))


def _urgency(receipt: Receipt) -> tuple[int, tuple[int, ...]]:
    return KINDS.index(_KIND_OF[receipt.status]), receipt.rows


def _section(
    title: str, receipts: list[Receipt], fields: Mapping[str, str], most: int
) -> tuple[str, int, list[Receipt], dict[str, str]]:
    """A heading, how many items it has, those that are listed, and the receipt fields that any of them has."""
    listed = receipts[:most]
    shown = {name: label for name, label in fields.items() if any(receipt.fields.get(name) for receipt in listed)}
    return title, len(receipts), listed, shown


def _proof_rows(result: Proof) -> list[tuple[Kind, Tally]]:
    kinds = {kind.css: kind for kind in KINDS}
    return [(kinds[css], sum((result.by_state[s] for s in kinds[css].states), Tally())) for css in _PROOF_ORDER]


def _duration(summary: RunSummary) -> str:
    """How long the run took, in hours, minutes and seconds: `1 t 2 min 3 s`; nothing while it goes on."""
    if summary.ended is None:
        return ""
    seconds = max(0, round((summary.ended - summary.started) / timedelta(seconds=1)))
    parts = ((seconds // 3600, "t"), (seconds // 60 % 60, "min"), (seconds % 60, "s"))
    return " ".join(f"{value}{NBSP}{unit}" for value, unit in parts if value) or f"0{NBSP}s"
