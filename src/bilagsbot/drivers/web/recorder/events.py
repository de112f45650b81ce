"""What the page tells of one action, as the recorder takes it in."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bilagsbot.model.recording import ActionKind, Element

Button = Literal["state", "pause", "submit", "confirm", "expect", "secret", "lookup", "undo", "done", "pick"]


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Heard(_Told):
    """An action, with the window's documents before it: its own HTML first, then that of its frames."""

    id: str
    at: float = Field(description="Milliseconds of Unix time.")
    action: ActionKind
    url: str
    title: str
    element: Element
    documents: tuple[str, ...]
    secret: bool
    view: tuple[int, int] | None = None
    value: str = ""
    option: str = ""
    submits: bool = False


class Amended(_Told):
    """What a field shows after it was left."""

    amend: str
    shown: str


class Secret(_Told):
    """A secret as it was typed: for this process's memory alone, so that it is taken out of all that is written."""

    secret: str = Field(repr=False)
    marked: bool = False
    element: Element | None = None


class Pressed(_Told):
    """A button of the bar; `done` tells what was on the screen at the end."""

    bar: Button
    documents: tuple[str, ...] = ()
    url: str = ""
    title: str = ""


def _kind(told: object) -> object:
    """Which of the four it is; pydantic would try each of them on a page's whole HTML."""
    kinds: dict[str, type[_Told]] = {"action": Heard, "amend": Amended, "secret": Secret, "bar": Pressed}
    for key, kind in kinds.items():
        if isinstance(told, dict) and key in told and (key != "secret" or "action" not in told):
            return kind.model_validate(told)
    return told


Told = Annotated[Heard | Amended | Secret | Pressed, BeforeValidator(_kind)]
