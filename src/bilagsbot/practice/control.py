"""The paths for tests and trainers: knobs, vouchers and health, as JSON and without a login."""

import json
from typing import Any

from pydantic import ValidationError

from bilagsbot.practice.exchange import Reply, Request
from bilagsbot.practice.knobs import mistakes_of
from bilagsbot.practice.program import Program


def health(_program: Program, _request: Request) -> Reply:
    """The word ok."""
    return Reply(b"ok", content_type="text/plain; charset=utf-8")


def vouchers(program: Program, _: Request) -> Reply:
    """Every voucher with its lines, oldest first."""
    return _json(program.store.vouchers())


def knobs(program: Program, request: Request) -> Reply:
    """All knobs; a POST of a JSON object turns those it names first. Status 400 if one is unknown or does not fit."""
    if request.method == "POST":
        try:
            changes = json.loads(request.body)
            if not isinstance(changes, dict):
                raise ValueError("Send a JSON object of knobs.")
            program.knobs.turn(**changes)
        except ValidationError as error:
            return _json({"error": mistakes_of(error)}, 400)
        except ValueError as error:
            return _json({"error": str(error)}, 400)
    return _json(program.knobs.now.model_dump())


def _json(what: Any, status: int = 200) -> Reply:
    return Reply(json.dumps(what, ensure_ascii=False).encode(), status, "application/json; charset=utf-8")
