"""Which keys are known at a place that pydantic names."""

import pytest
from pydantic import BaseModel

from bilagsbot.flow.flow import Flow
from bilagsbot.flow.keys import field_at, keys_at, loaders_own
from bilagsbot.model.target import Selectors
from bilagsbot.run.bot import Bot
from bilagsbot.steps.click import Click


@pytest.mark.parametrize(
    ("model", "loc", "keys"),
    [
        (
            Bot,
            ("x",),
            [
                *("flow", "client", "target", "input", "group_by", "ask_first", "watch", "needs", "attempts"),
                *("schedule", "notify", "approve"),
            ],
        ),
        (
            Bot,
            ("target", "x"),
            ["url", "program", "login", "logins", "sessions", "settle", "hours", "zone", "rate"],
        ),
        (
            Bot,
            ("schedule", "x"),
            ["cron", "zone", "business_days", "closed", "blackout", "missed", "grace"],
        ),
        (Bot, ("schedule", "blackout", 0, "x"), ["last_business_days", "first_business_days", "from", "to"]),
        (Bot, ("notify", "x"), ["to", "when", "figures", "language"]),
        (Bot, ("input", "x"), ["xlsx", "sheet", "header_row", "columns"]),
        (Flow, ("checks", 0, "x"), ["that", "say"]),
        (Flow, ("item", "a", "integer", "x"), ["required", "note", "type", "min", "max"]),
        (Flow, ("lines", "a", "kid", "x"), ["required", "note", "type", "kinds"]),
        (Flow, ("receipt", "a", "type", "kid", "x"), ["required", "note", "type", "kinds", "label"]),
        (Flow, ("steps", 3, "click", "x"), ["when", "timeout", "on", "until"]),
        (Flow, ("steps", 3, "for_each", "steps", 0, "click", "x"), ["when", "timeout", "on", "until"]),
        (Selectors, ("targets", "a", "is", "x"), ["tag", "type", "name", "text", "near", "label"]),
        (
            Selectors,
            ("targets", "a", "x"),
            [
                "find",
                "frame",
                "is",
                "as",
                "reloads",
                "read_back",
                "headers",
                "window",
                "commit",
                "moves",
                "verify",
                "steady",
            ],
        ),
    ],
)
def test_the_keys_at_a_place(model: type[BaseModel], loc: tuple[str | int, ...], keys: list[str]) -> None:
    assert set(keys_at(model, loc)) == set(keys)


def test_the_field_at_a_place_and_the_loaders_own() -> None:
    field = field_at(Bot, ("target", "login"))
    assert field is not None
    assert "bilagsbot login" in str(field.description)
    assert (loaders_own(Click), loaders_own(Bot)) == ({"at"}, {"name"})
