"""The receipt: what became of one item, in a form that machines and people read for years."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class State(StrEnum):
    """Where an item stands. `posted` and `rejected` are final; `unknown` needs a lookup or a person."""

    READY = "ready"
    RUNNING = "running"
    SUBMITTING = "submitting"
    POSTED = "posted"
    REJECTED = "rejected"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WAITING = "waiting"
    SKIPPED = "skipped"


class Receipt(BaseModel):
    """One line of receipts.jsonl: an item, what became of it in this run, and what proves it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    run: str = Field(description="The run's id; its folder under .bilagsbot/runs.")
    bot: str
    client: str = Field(description="Whose books.")
    item: str = Field(description="The item's id in the ledger.")
    key: dict[str, str] = Field(description="The fields of the flow's key, as text.")
    source: str = Field(description="The workbook's file name.")
    sheet: str = ""
    rows: tuple[int, ...] = Field(description="The rows of the sheet that this item was made of, 1-based.")
    status: State
    fields: dict[str, str] = Field(default_factory=dict, description="What the program gave back, by receipt field.")
    how: Literal["", "screen", "lookup", "settled"] = Field("", description="Where the receipt's fields were read.")
    sum: Decimal | None = Field(None, description="The item's sum, in the flow's sum field's currency.")
    at: datetime = Field(description="When this became known, with time zone.")
    message: str = Field("", description="The reason, in the program's own words where it gave any.")
    not_read_back: tuple[str, ...] = Field((), description="Targets filled whose value could not be read back.")
    attempts: int = 0
    before: str = Field("", description="Picture taken before submit, relative to the run's folder.")
    after: str = Field("", description="Picture taken after submit, relative to the run's folder.")
