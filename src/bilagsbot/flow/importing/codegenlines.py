"""The lines that `playwright codegen --target jsonl` writes: a header, then an action a line."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bilagsbot.flow.importing.door import Foreign
from bilagsbot.flow.importing.locators import Locator


class Signal(BaseModel):
    """What the program did because of an action."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    popupPageGuid: str = ""  # noqa: N815  codegen's own name
    popupAlias: str = ""  # noqa: N815  what older versions call it


class Line(Foreign):
    """An action of a line."""

    name: str
    selector: str = ""
    locator: Locator | None = None
    text: str = ""
    value: str = ""
    url: str = ""
    key: str = ""
    modifiers: int = 0
    button: Literal["left", "middle", "right"] = "left"
    clickCount: int = 1  # noqa: N815
    checked: bool = True
    options: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    pageGuid: str = ""  # noqa: N815
    pageAlias: str = ""  # noqa: N815

    @property
    def page(self) -> str:
        """Which window it is in."""
        return self.pageGuid or self.pageAlias
