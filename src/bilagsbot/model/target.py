"""Targets: named things on a program's screens, as the selectors/ files describe them."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Kind = Literal["text", "amount", "date"]
Side = Literal["", "right", "left", "below", "above"]
TOP = "top"
MODIFIERS = ("named", "enabled", "beside", "gap", "size", "rows")
# The ways that one driver alone knows.
WEB_WAYS = ("name", "cell", "title", "placeholder", "document", "css", "xpath")
DESKTOP_WAYS = ("focus", "image", "ocr", "point", "file")
LONGEST = 3600.0  # seconds: what takes longer than an hour is a `pause`


def _listed(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else [value]


class Anchor(BaseModel):
    """One way to find a thing on the screen. Exactly one of the ways is given; `named` goes with `role`, `beside`,
    `gap` and `size` with `image` and `ocr`, `size` with `point`, `rows` with `file`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field("", description="The element's name attribute: what old programs keep stable.")
    label: str = Field(
        "", description="The text of its <label>, or its aria-label; in a desktop program the label that it stands "
        "right of."
    )  # fmt: skip
    cell: str = Field("", description="The text of the table cell left of the one that holds it.")
    role: str = Field("", description="Its accessible role, with its name in `named`.")
    named: str = Field("", description="The accessible name that goes with `role`.")
    text: str = Field("", description="The whole text it shows; in a desktop program its accessible name.")
    title: str = Field("", description="Its title attribute.")
    placeholder: str = Field("", description="Its placeholder text.")
    document: Literal["", "title", "url"] = Field(
        "", description="No element: the title or address of the page itself."
    )
    css: str = Field("", description="A CSS selector.")
    xpath: str = Field("", description="An XPath expression.")
    focus: str = Field("", description="Desktop: what has the keyboard now, if it has this role.")
    image: str = Field("", description="Desktop: a picture in selectors/APP/, a PNG cut from the screen.")
    ocr: str = Field("", description="Desktop: a text that stands on the screen, as a line or as whole words of one.")
    point: tuple[int, int] | None = Field(
        None, description="Desktop: so many pixels right and down of the window's upper left corner. Nothing tells "
        "what is there, so give `is`.",
    )  # fmt: skip
    file: str = Field("", description="Desktop: a table in an XML file that the program has saved.")
    enabled: bool | None = Field(None, description="Desktop: only while it can be used, or only while it cannot.")
    beside: Side = Field("", description="The thing is not what was found but stands on this side of it.")
    gap: int = Field(8, ge=0, le=2000, description="Pixels between what was found and the thing beside it.")
    size: tuple[int, int] | None = Field(None, description="The thing's width and height in pixels.")
    rows: str = Field("", description="XPath of the rows in `file`.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [f for f in self.model_fields_set if f not in MODIFIERS and getattr(self, f)]
        if len(ways) != 1:
            raise ValueError(f"give exactly one way to find it, not {len(ways)}; write each way as its own list entry")
        if self.named and not self.role:
            raise ValueError("'named' goes with 'role': {role: button, named: Post}")
        if self.beside and not (self.size and (self.image or self.ocr)):
            raise ValueError(
                "'beside' goes with 'image' or 'ocr', and 'size': {ocr: Amount, beside: right, size: [90, 30]}"
            )
        if bool(self.file) != bool(self.rows):
            raise ValueError("'file' and 'rows' go together: {file: books/acme.xhb, rows: //ope}")
        return self

    @property
    def way(self) -> str:
        """Which way this is: `name`, `label`, `css` …"""
        return next(f for f in type(self).model_fields if f not in MODIFIERS and getattr(self, f))

    def __str__(self) -> str:
        way = self.way
        return f"{way} {getattr(self, way)!r}" + (f" named {self.named!r}" if self.named else "")


class Fingerprint(BaseModel):
    """What the found element must be, checked before anything is done to it. Only what is given is compared."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tag: str = ""
    type: str = Field("", description="Its type attribute; in a desktop program its accessible role.")
    name: str = ""
    text: str = Field("", description="Its text, or a button's value, with white space folded.")
    near: str = Field("", description="Text that stands in its table row or label.")
    label: str = Field(
        "", description="The whole text of its <label>, of the table cell left of it or of its column's heading; "
        "a colon or * at the end does not count."
    )  # fmt: skip


class Target(BaseModel):
    """A named thing on a screen: ranked ways to find it, in which frame, and what it must be."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    name: str = Field("", exclude=True, description="Filled in by the loader.")
    find: Annotated[tuple[Anchor, ...], BeforeValidator(_listed)] = Field(
        min_length=1, description="Ways to find it, best first: the first that finds exactly one visible element wins."
    )
    frame: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (), description="The frame's name, or a list of names for nested frames; `top` is the page itself."
    )
    is_: Fingerprint = Field(Fingerprint(), alias="is")
    as_: Kind = Field("text", alias="as", description="How what is read here compares: as text, amount or date.")
    reloads: bool | str = Field(
        False, description="Acting on it loads a page in its frame, or in the frame named; the step waits for that."
    )
    read_back: bool = Field(True, description="False for a field whose value the screen does not show.")
    headers: str = Field("", description="For a table: CSS of its header cells, where they are no <th>.")
    window: str = Field("", description="Desktop: the title of its window; * stands for anything.")
    commit: str = Field("Tab", description="Desktop: the key that leaves the field, and has the program take it over.")
    moves: bool = Field(
        False, description="Desktop: a register's cell. It is where the keyboard is, so it is not clicked, and after "
        "`commit` the same field is the next cell: it is read back before that."
    )  # fmt: skip
    verify: Literal["", "ocr"] = Field("", description="Desktop: read it from the picture, whatever the program tells.")
    steady: float = Field(
        0, ge=0, le=LONGEST, strict=True, description="Desktop: seconds that it must have looked the same before it is "
        "clicked. Chromium takes no click on a question in its first half second."
    )  # fmt: skip

    def rendered(self, render: Callable[[str], str]) -> "Target":
        """This target with the templates in its anchors and fingerprint filled in."""
        if not any("{{" in text for text in self.texts()):
            return self
        find = tuple(a.model_copy(update={f: render(v) for f, v in _texts(a)}) for a in self.find)
        is_ = self.is_.model_copy(update={f: render(v) for f, v in _texts(self.is_)})
        return self.model_copy(update={"find": find, "is_": is_, "window": render(self.window)})

    def texts(self) -> Iterator[str]:
        """Every text of this target that may hold a template."""
        for part in (*self.find, self.is_):
            yield from (value for _, value in _texts(part))
        yield self.window


def _texts(part: BaseModel) -> Iterator[tuple[str, str]]:
    return ((f, value) for f in part.model_fields_set if isinstance(value := getattr(part, f), str) and value)


class Recorded(BaseModel):
    """The screen that a desktop program's selectors were made on. A run on another is refused, or warned of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dpi: int = Field(96, ge=48, le=768, description="Dots per inch that the pictures were cut at.")
    screen: tuple[int, int] | None = Field(None, description="Width and height that the program needs, in pixels.")
    layout: str = Field("", description="Keyboard layout, such as `no`.")
    version: str = Field("", description="What the program says to --version; * stands for anything.")


class Selectors(BaseModel):
    """One application's selectors file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    app: str
    driver: Literal["web", "desktop"] = "web"
    frame: Annotated[tuple[str, ...], BeforeValidator(_listed)] = Field(
        (TOP,), description="The frame of every target that names none."
    )
    alerts: Literal["fail", "reject"] = Field(
        "fail", description="What an alert() that no step expected means: the item failed, or the program refuses it."
    )
    guard_resend: bool = Field(
        True, description="Keep the browser from sending a submit a second time when the connection is lost. Set it to "
        "false where the program wants Windows sign-on or a client certificate, which only the browser can give."
    )  # fmt: skip
    batch: bool = Field(
        False, description="Set all fields of a `fill` in one go, with the events that a browser sends but no key "
        "strokes, and read them back; where one does not show its value, they are typed one by one. For programs whose "
        "fields do not listen to keys.",
    )  # fmt: skip
    timeout: float = Field(
        10.0, gt=0, le=LONGEST, strict=True, description="How long a step waits for its target, in seconds."
    )
    window: str = Field(
        "", description="Desktop: the title of the window of every target that names none; * stands for anything."
    )
    language: str = Field("nor", description="Desktop: the language of what is read by OCR, as Tesseract names it.")
    accessibility: bool = Field(
        True, description="Desktop: false where the program's things are seen only, as in a Citrix or RDP window."
    )
    recorded: Recorded = Field(Recorded(), description="Desktop: the screen that these selectors were made on.")
    targets: dict[str, Target] = Field(min_length=1)

    @model_validator(mode="after")
    def _name_targets(self) -> Self:
        for name, target in self.targets.items():
            filled = {"name": name, "frame": target.frame or self.frame, "window": target.window or self.window}
            self.targets[name] = target.model_copy(update=filled)
        return self
