"""Bot: what to run: which flow, in whose books, on which workbook, with which login."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bilagsbot.flow.flow import Flow, Names
from bilagsbot.flow.load import Loaded, no_flow, read_flow, sorted_mistakes
from bilagsbot.flow.yamlfile import YamlFile, read
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.program import ProgramSpec
from bilagsbot.model.target import Selectors
from bilagsbot.run.approve import Approve, compare
from bilagsbot.run.hours import Hours, span
from bilagsbot.run.notify import Notify
from bilagsbot.run.times import OSLO, Zone, listed
from bilagsbot.run.unattended.schedule import Schedule
from bilagsbot.steps.base import LOGIN
from bilagsbot.tables.base import heading


def _login(name: str) -> str:
    if not re.fullmatch(r"[\w.-]+", name):
        raise ValueError(f"'{name}' is no name of a login. Use letters, digits, '.', '-' and '_' only")
    return name


def _path(name: str) -> str:
    if not name.strip() or "\0" in name:
        raise ValueError("this is no file name. Write one such as inbox/invoices.xlsx")
    return name


def _span(text: str) -> str:
    span(text)
    return text


def _short(value: object) -> object:
    """A cron alone is the short form of a schedule."""
    if value is None:
        raise ValueError('it has no value. Write a cron such as "0 6 * * 1-5", or remove the key')
    return {"cron": value} if isinstance(value, (str, list)) else value


def _texts_too(schema: dict[str, Any]) -> None:
    """Tell editors of the short form."""
    schema["anyOf"] = [*schema["anyOf"][:1], {"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    schema.pop("default")


LoginName = Annotated[str, AfterValidator(_login)]


class Program(BaseModel):
    """The program to key into, and the login to use there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str = Field("", description="Where a web program answers.")
    program: ProgramSpec | None = Field(None, description="A desktop program, and how it is started.")
    login: LoginName = Field(description="The name under which the secret is kept; see `bilagsbot login`.")
    logins: tuple[LoginName, ...] = Field(
        (), description="In place of `login`: several, for unattended runs that key with all of them at a time."
    )
    sessions: int = Field(1, ge=1, le=64, description="With how many of `logins` an unattended run keys at a time.")
    settle: float = Field(
        60.0, ge=0, le=3600, description="Longer than the program may need to store what was sent, in seconds."
    )
    hours: Annotated[tuple[Annotated[str, AfterValidator(_span)], ...], BeforeValidator(listed)] = Field(
        (), description="When it may be keyed into: `07:00-22:00` or `mon-fri 07:00-17:00`; default: always."
    )
    zone: Zone = Field(OSLO, description="The time zone of `hours`.")
    rate: int | None = Field(None, ge=1, description="Items a minute at most, all sessions of a run together.")

    @model_validator(mode="before")
    @classmethod
    def _both(cls, given: object) -> object:
        """`login` is the first of `logins` where these are given."""
        if not isinstance(given, dict) or "login" in given or not isinstance(given.get("logins"), list):
            return given
        filled: dict[str, object] = dict(given)
        if names := given["logins"]:
            filled = {"sessions": len(names), "login": names[0], **filled}
        return filled

    @model_validator(mode="after")
    def _one_program(self) -> Self:
        if self.logins and self.login != self.logins[0]:
            raise ValueError("give either 'login' or 'logins', not both")
        if len(set(self.logins)) < len(self.logins):
            raise ValueError("a login stands twice in 'logins'; each is one session")
        if self.sessions > len(self.logins or (self.login,)):
            raise ValueError(f"{self.sessions} 'sessions' need as many 'logins': each login has one session at a time")
        if bool(self.url) == (self.program is not None):
            raise ValueError("give 'url' for a web program, or 'program' for a desktop program")
        return self

    @property
    def opening(self) -> Hours:
        """When it may be keyed into."""
        return Hours(tuple(map(span, self.hours)), self.zone)

    @property
    def used(self) -> tuple[str, ...]:
        """The logins of an unattended run."""
        return (self.logins or (self.login,))[: self.sessions]

    def __str__(self) -> str:
        return self.program.command if self.program else self.url


class Input(BaseModel):
    """The operator's table, and which of its columns each field is read from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    xlsx: Annotated[str, AfterValidator(_path)] = Field(description="The workbook, relative to the workspace.")
    sheet: str = Field("", description="The sheet's name; default: the first.")
    header_row: int = Field(1, ge=1, le=1000, description="The row that holds the column headers.")
    columns: Mapping[str, Annotated[str, AfterValidator(heading), Field(min_length=1)]] = Field(
        default_factory=dict, description="Field: column header; default: its own name."
    )


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
    group_by: Names = Field((), description="Fields whose equal values make several rows one item.")
    ask_first: bool = Field(
        False, description="Ask the program by the flow's lookup before an item is keyed: for books in which people "
        "key too. What it holds already is posted, found by lookup.",
    )  # fmt: skip
    watch: Annotated[str, AfterValidator(_path)] | None = Field(
        None, description="A folder, relative to the workspace: a worker keys each workbook that is dropped there."
    )
    needs: Names = Field((), description="Labels of the workers that may run it unattended, such as desktop.")
    attempts: int = Field(2, ge=1, le=10, description="How often a failed item is tried in one run.")
    approve: Approve | None = Field(None, description="What another person approves before it is keyed.")
    schedule: Annotated[Schedule | None, BeforeValidator(_short)] = Field(
        None, description="When a worker runs it by itself.", json_schema_extra=_texts_too
    )
    notify: Notify | None = Field(None, description="Whom unattended runs tell by themselves.")


@dataclass(frozen=True)
class Job:
    """A bot with the flow and the selectors it names, all loaded and checked."""

    workspace: Path
    bot: Bot
    flow: Flow
    selectors: Selectors
    files: Path | None = None
    """Where the bot, its flow and its selectors were read from, where that is not the workspace."""

    def header(self, field: str) -> str:
        """The column header that a field is read from."""
        return self.bot.input.columns.get(field, heading(field))

    @property
    def logs_in(self) -> bool:
        """Whether the flow uses the login's secret; of a Python flow nobody knows."""
        return self.flow.scripted or any(LOGIN.search(step.model_dump_json()) for step in self.flow.all_steps())

    @property
    def file(self) -> str:
        """The whole path of the books that a desktop program opens, or nothing."""
        program = self.bot.target.program
        return str(self.workspace / program.file) if program and program.file else ""

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
        raise BadInput([Mistake(f"bots/{name}.yaml", "there is no such bot.", _other_bot(workspace, name))])
    file = read(workspace / "bots" / f"{name}.yaml", f"bots/{name}.yaml")
    bot = file.parse(Bot, file.value)
    document = file.value if isinstance(file.value, dict) else {}
    named = document.get("flow")
    loaded = Loaded()
    if isinstance(named, str) and (missing := no_flow(workspace, named)):
        file.wrong(("flow",), *missing)
    elif isinstance(named, str):
        loaded = read_flow(workspace, named)
        if loaded.item:
            _compare(file, document, loaded)
            compare(file, document, loaded)
    if bot and bot.ask_first and loaded.flow and not loaded.flow.lookup and not loaded.flow.scripted:
        file.wrong(("ask_first",), "the flow has no lookup to ask by.", "Give it one, or remove ask_first.")
    if bot and loaded.selectors and (bot.target.program is not None) != (loaded.selectors.driver == "desktop"):
        what = (
            f"selectors/{loaded.selectors.app}.yaml says driver: {loaded.selectors.driver}, and this is another kind."
        )
        file.wrong(("target",), what, "Give 'url' for driver: web, 'program' for driver: desktop.")
    mistakes = [*sorted_mistakes(file.mistakes), *loaded.mistakes]
    if mistakes or bot is None or loaded.flow is None or loaded.selectors is None:
        raise BadInput(mistakes)
    return Job(workspace, bot.model_copy(update={"name": name}), loaded.flow, loaded.selectors)


def _other_bot(workspace: Path, name: str) -> str:
    if (workspace / "bots" / f"{name}.yml").is_file():
        return f"Rename bots/{name}.yml to {name}.yaml."
    bare = name.removeprefix("bots/").removesuffix(".yaml")
    return suggest(bare, bot_names(workspace)) or "Write a bot's file first, or run 'bilagsbot init DIR'."


def _compare(file: YamlFile, document: Mapping[str, object], loaded: Loaded) -> None:
    """Whether the bot speaks of the flow's own fields."""
    given = document.get("input")
    columns = given.get("columns") if isinstance(given, dict) else None
    fields = [*loaded.item, *loaded.lines]
    for field in columns if isinstance(columns, dict) else []:
        if field not in fields:
            file.wrong(("input", "columns", field), f"the flow has no field '{field}'.", suggest(field, fields))
    group = document.get("group_by")
    listed = group if isinstance(group, list) else [group] if group else []
    for i, field in enumerate(listed):
        if isinstance(field, str) and field not in loaded.item:
            what = f"the flow's 'item' has no field '{field}' to group by."
            file.wrong(("group_by", i), what, suggest(field, loaded.item))
    if loaded.lines and not listed:
        first = loaded.flow.key[0] if loaded.flow else next(iter(loaded.item))
        what = "the flow has lines, so it must be said which rows are one item."
        file.wrong(("group_by",), what, f"Write group_by: [{first}].")
    if listed and not loaded.lines and loaded.flow:
        what = "rows are gathered into one item, but the flow keys no lines: all but the first would be lost."
        file.wrong(("group_by",), what, "Remove group_by, or give the flow 'lines'.")
