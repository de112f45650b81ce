"""Bot: what to run: which flow, in whose books, on which workbook, with which login."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bilagsbot.flow.flow import Flow
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.yamlfile import read
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.target import Selectors


class Program(BaseModel):
    """The program to key into, and the login to use there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field(description="Where the program answers.")
    login: str = Field(
        pattern=r"^[\w.-]+$", description="The name under which the secret is kept; see `bilagsbot login`."
    )
    sessions: int = Field(1, ge=1, le=1, description="Sessions at a time with this login.")
    settle: float = Field(
        60.0, ge=0, description="Longer than the program may need to store what was sent, in seconds."
    )


class Input(BaseModel):
    """The operator's table, and which of its columns each field is read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    xlsx: str = Field(description="The workbook, relative to the workspace.")
    sheet: str = Field("", description="The sheet's name; default: the first.")
    header_row: int = Field(1, ge=1, description="The row that holds the column headers.")
    columns: Mapping[str, str] = Field(default_factory=dict, description="Field: column header; default: its own name.")


class Bot(BaseModel):
    """One file of bots/."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("", exclude=True)
    flow: str = Field(description="flows/FLOW.yaml or flows/FLOW.py.")
    client: Annotated[str, BeforeValidator(lambda v: v.strip() if isinstance(v, str) else v)] = Field(
        min_length=1, description="Whose books; part of every item's identity."
    )
    target: Program
    input: Input
    group_by: tuple[str, ...] = Field((), description="Fields whose equal values make several rows one item.")
    attempts: int = Field(2, ge=1, le=10, description="How often a failed item is tried in one run.")


@dataclass(frozen=True)
class Job:
    """A bot with the flow and the selectors it names, all loaded and checked."""

    workspace: Path
    bot: Bot
    flow: Flow
    selectors: Selectors

    def header(self, field: str) -> str:
        """The column header that a field is read from."""
        return self.bot.input.columns.get(field, field)

    @property
    def workbook(self) -> Path:
        """The bot's own workbook."""
        return self.workspace / self.bot.input.xlsx


def bot_names(workspace: Path) -> list[str]:
    """The names of the workspace's bots, sorted."""
    return sorted(path.stem for path in (workspace / "bots").glob("*.yaml"))


def load_job(workspace: Path, name: str) -> Job:
    """bots/NAME.yaml with all that it names. Raises BadInput with every mistake in all of these files."""
    if name not in bot_names(workspace):
        raise BadInput([Mistake(f"bots/{name}.yaml", "there is no such bot.", suggest(name, bot_names(workspace)))])
    file = read(workspace / "bots" / f"{name}.yaml", f"bots/{name}.yaml")
    bot = file.parse(Bot, file.value)
    named = file.value.get("flow") if isinstance(file.value, dict) else None
    flow, selectors, mistakes = None, None, []
    if isinstance(named, str):
        try:
            flow, selectors = load_flow(workspace, named)
        except BadInput as bad:
            mistakes = list(bad.mistakes)
            if not any(m.where.startswith(f"flows/{named}.") and ":" in m.where for m in mistakes):
                file.wrong(("flow",), f"the flow '{named}' cannot be used.")
    if bot is not None and flow is not None:
        for field in [f for f in bot.input.columns if f not in {**flow.item, **flow.lines}]:
            near = suggest(field, [*flow.item, *flow.lines])
            file.wrong(("input", "columns", field), f"the flow has no field '{field}'.", near)
        for field in [f for f in bot.group_by if f not in flow.item]:
            file.wrong(("group_by",), f"the flow has no field '{field}'.", suggest(field, flow.item))
        if flow.lines and not bot.group_by:
            file.wrong((), "the flow has lines, so rows have to be gathered.", f"Write group_by: [{flow.key[0]}].")
    if file.mistakes or mistakes or bot is None or flow is None or selectors is None:
        raise BadInput([*file.mistakes, *mistakes])
    return Job(workspace, bot.model_copy(update={"name": name}), flow, selectors)
