"""An unattended run: what it is started with, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa


class RunState(StrEnum):
    """Where a run stands. `stopped` is what ended otherwise than it should: the message says why."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class Wish(StrEnum):
    """What a person asks of a run that goes on."""

    NONE = ""
    PAUSE = "pause"
    CANCEL = "cancel"


ENDED = (RunState.DONE, RunState.STOPPED, RunState.CANCELLED)


@dataclass(frozen=True)
class Start:
    """What a run is started with. `trigger` is the start or the file that it comes of: no two runs have the same."""

    id: str
    bot: str
    client: str
    cause: str
    trigger: str
    started_by: str
    machine: str
    workbook: str
    flow_version: str
    logins: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Run(Start):
    """A run as it stands. Times are Unix seconds on the database's clock."""

    package: str
    state: RunState
    wish: Wish
    round: int
    not_before: float | None
    counts: Mapping[str, int]
    message: str
    created_at: float
    changed_at: float
    delivered: bool


def run_of(row: sa.Row[tuple[object, ...]]) -> Run:
    values = row._mapping
    plain = {name: values[name] for name in Run.__dataclass_fields__}
    return Run(
        **plain | {
            "state": RunState(values["state"]), "wish": Wish(values["wish"]), "counts": values["counts"] or {},
            "logins": tuple(values["logins"]), "needs": tuple(values["needs"]),
        }
    )  # fmt: skip
