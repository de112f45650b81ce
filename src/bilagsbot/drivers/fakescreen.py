"""What a FakeDriver's program shows."""

import base64
from dataclasses import dataclass, field

# One gray pixel.
PICTURE = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAP//////////////////////////////////////////////////////////////////////////"
    "////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z"
)


@dataclass
class FakeField:
    """Anything with a name on the screen: a field, a list (`options`), a box (`true`/`false`), a button, a text."""

    shows: str = ""
    options: tuple[str, ...] = ()
    visible: bool = True
    enabled: bool = True


@dataclass
class FakeTable:
    """A table: its columns, and its rows by column."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)
