"""The steps of Chrome DevTools Recorder's JSON. https://github.com/puppeteer/replay has their schema."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bilagsbot.flow.importing.chromeselectors import Selector
from bilagsbot.flow.importing.door import AT, Foreign

Wanted = Annotated[Mapping[str, object], AfterValidator(lambda found: {k: v for k, v in found.items() if k != AT})]


class Event(BaseModel):
    """What the step led to."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str = ""


class Step(Foreign):
    """One step."""

    type: str
    target: str = "main"
    selectors: tuple[Selector, ...] | str = ()
    frame: tuple[int, ...] = ()
    url: str = ""
    value: str = ""
    key: str = ""
    button: str = "primary"
    expression: str = ""
    operator: str = ">="
    count: int = 1
    visible: bool = True
    attributes: Wanted = Field(default_factory=dict)
    properties: Wanted = Field(default_factory=dict)
    name: str = ""
    assertedEvents: tuple[Event, ...] = ()  # noqa: N815  Chrome's own name
