"""Knobs: what the practice program can be made to do wrong, or otherwise than usual."""

from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

Count = Annotated[int, Field(ge=0)]
Milliseconds = Annotated[int, Field(ge=0)]
Seconds = Annotated[int, Field(ge=0)]


class Knobs(BaseModel):
    """How the program behaves. A count goes down by one each time its fault is shown; 0 is off."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True, use_attribute_docstrings=True)

    latency_ms: Milliseconds = 0
    """How long every screen waits before it answers."""
    session_seconds: Seconds = 1800
    """How long a login lives without a request; 0 means that it is over at once."""
    expire_sessions: bool = False
    """Set to true, it drops every login at once, and reads false again."""
    http_500_on_post: Count = 0
    """The next so many postings answer 500 and store nothing."""
    http_500_after_store: Count = 0
    """The next so many postings are stored, and answer 500 all the same."""
    lose_request: Count = 0
    """The next so many postings lose their connection and store nothing."""
    lose_reply_after_store: Count = 0
    """The next so many postings are stored, and lose their connection without a reply."""
    silent_loss: bool = False
    """A connection is lost without one byte, after which many a browser sends the posting again by itself."""
    store_lag_ms: Milliseconds = 0
    """How long a posting waits before it is stored; a lost reply is lost first, and stored that much later."""
    update_lag_ms: Milliseconds = 0
    """How long Oppdater waits before it answers."""
    reply_lag_ms: Milliseconds = 0
    """How long the answer to a posting waits after the voucher is stored."""
    rename_field: dict[str, str] = {}
    """From a field's usual `name` to the one that its screen has now; nothing else changes."""
    shuffle_rows: bool = False
    """The rows of the invoice form come in a new order at each load."""
    unexpected_alert: Count = 0
    """The next so many pages in the main frame show an alert that nobody asked for."""
    close_popup: Count = 0
    """The next so many popups close by themselves before anything can be chosen in them."""
    confirm: Literal["none", "field", "title", "status"] = "status"
    """Where the voucher number is shown after a posting."""
    error_style: Literal["page", "alert"] = "page"
    """How a missing or invalid field is told: on a bare page, or by an alert over the form."""
    disable_post: bool = False
    """The Bokfør button cannot be pressed."""

    @model_validator(mode="before")
    @classmethod
    def _known_only(cls, data: Any) -> Any:
        for word in data if isinstance(data, dict) else ():
            if word not in cls.model_fields:
                raise ValueError(f"There is no knob '{word}'. {_nearest(str(word), list(cls.model_fields))}")
        return data

    def changed(self, **changes: Any) -> Self:
        """A checked copy with `changes` made; ValueError if a knob is unknown or a value does not fit."""
        return type(self)(**{**self.model_dump(), **changes})


def mistakes_of(error: ValidationError) -> str:
    """What is wrong with some knobs, as plain sentences."""
    told = []
    for one in error.errors():
        where = ".".join(str(part) for part in one["loc"])
        text = one["msg"].removeprefix("Value error, ")
        told.append(f"{where}: {text}" if where else text)
    return "; ".join(told)


def _nearest(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known)}."
