"""Recording: what a person did in a program, action by action, and what was on the screen before each."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bilagsbot.model.target import Anchor

ActionKind = Literal[
    "open", "click", "fill", "choose", "check", "upload", "press", "dialog", "popup", "closed", "download",
    "confirm", "expect", "lookup", "done", "unmapped",
]  # fmt: skip
FramePath = tuple[str, ...]
FILE = "recording.jsonl"  # in a recording's folder: the head, and then an action a line


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Spot(_Part):
    """Where in a table an element stands: the table's headers, the row's cells, and which of them it is in (from 0)."""

    headers: tuple[str, ...]
    cells: tuple[str, ...]
    column: int
    ways: tuple[Anchor, ...] = Field((), description="Ways to find the table, best first.")


class Element(_Part):
    """What was acted upon, as the screen told it before the action. A text is empty where there is none."""

    tag: str = Field("", description="In lower case; in a desktop program nothing.")
    type: str = Field("", description="Its type; in a desktop program its accessible role.")
    name: str = Field("", description="Its name attribute.")
    id: str = ""
    label: str = Field("", description="The text of its <label>, or its aria-label; on a desktop the nearest label.")
    cell: str = Field("", description="The text of the table cell left of its own.")
    role: str = ""
    named: str = Field("", description="Its accessible name.")
    text: str = Field("", description="What it says: a button's or a link's words; not what is typed into it.")
    title: str = ""
    placeholder: str = ""
    href: str = ""
    css: str = Field("", description="Its place in the page's structure: the last resort.")
    heading: str = Field("", description="The heading that it stands under.")
    options: tuple[str, ...] = Field((), description="The labels of a list's options.")
    spot: Spot | None = None
    box: tuple[int, int, int, int] | None = Field(None, description="x, y, width and height in the window, in pixels.")

    @property
    def said(self) -> str:
        """What a person calls it, in a message."""
        return next(filter(None, [self.label, self.cell, self.named, self.text, self.name, self.tag, self.type]), "")


class Action(_Part):
    """One thing that a person did, or that the program did in answer. Files are named relative to the recording."""

    n: int = Field(ge=1, description="Its number; numbers rise, and some may be missing where a person undid one.")
    at: float = Field(0, description="Seconds since the recording began.")
    action: ActionKind
    window: int = Field(0, ge=0, description="0 is the first window; each popup has the next number.")
    frame: FramePath = Field((), description="The names of the frames around the element, the outermost first.")
    url: str = Field("", description="The frame's address; for `open` where the person went.")
    title: str = Field("", description="The frame's, or the desktop window's, title.")
    element: Element | None = None
    ways: tuple[Anchor, ...] = Field((), description="Ways to find the element that come from elsewhere: an import.")
    value: str = Field("", description="What was typed, the label chosen, true or false, a key, or what the page says.")
    option: str = Field("", description="The value of the option chosen.")
    shown: str | None = Field(None, description="What the field shows after it was left, where that is another text.")
    secret: bool = Field(False, description="The value was masked at its source and stands nowhere.")
    submits: bool = Field(False, description="The person said that this posts.")
    accept: bool | None = Field(None, description="How a dialog was answered.")
    dialog: str = Field("", description="alert, confirm or prompt.")
    loads: tuple[FramePath, ...] = Field((), description="The frames that loaded a page because of it.")
    page: str = Field("", description="The window's page before it; the element has data-bilagsbot=here.")
    view: tuple[int, int] | None = Field(None, description="The width and height of what the picture shows.")
    picture: str = Field("", description="The window's picture before it.")
    source: str = Field("", description="file:line of what it was imported from.")


class Sample(_Part):
    """The workbook that lay beside the screen, and the rows that were keyed from it (1-based, as Excel counts)."""

    workbook: str
    sheet: str = ""
    header_row: int = 1
    rows: tuple[int, ...] = Field(min_length=1)


class Head(_Part):
    """The first line of a recording: of what program it is."""

    recording: str = Field(description="Its name: the folder in recordings/.")
    version: Literal[1] = 1
    driver: Literal["web", "desktop"] = "web"
    url: str = ""
    program: str = Field("", description="Desktop: the command that starts it.")
    imported: str = Field("", description="What it was imported from: codegen, chrome or side.")
    sample: Sample | None = None


class Recording(_Part):
    """A whole recording: `recording.jsonl`, the head and then an action a line."""

    head: Head
    actions: tuple[Action, ...]
