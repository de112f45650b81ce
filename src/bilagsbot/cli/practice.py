"""practice: start the practice program."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from bilagsbot.model.errors import BadInput, BilagsbotError, Mistake
from bilagsbot.practice.knobs import Knobs, mistakes_of
from bilagsbot.practice.server import PracticeServer


def practice(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    db: Annotated[Path, typer.Option(help="The SQLite file that holds its vouchers.")] = Path("practice.sqlite"),
    knob: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE: a fault or a way to confirm, e.g. latency_ms=300; repeatable.")
    ] = None,
) -> None:
    """Runs until ^C. User ola, password practice-only."""
    try:
        knobs = Knobs.model_validate(dict(_knob(text) for text in knob or []))
    except ValidationError as error:
        raise BadInput([Mistake("--knob", mistakes_of(error))]) from None
    try:
        with PracticeServer(db=db, port=port, knobs=knobs) as server:
            print(
                f"Øvelse Regnskap answers at {server.url} (user ola, password practice-only). ^C ends it.", flush=True
            )
            server.serve_forever()
    except OSError as error:
        raise BilagsbotError(f"The practice program cannot start on port {port}: {error.strerror}.") from error


def _knob(text: str) -> tuple[str, object]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput([Mistake("--knob", f"'{text}' is no NAME=VALUE.", "Write for example latency_ms=300")])
    return name, value
