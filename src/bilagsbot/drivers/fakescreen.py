"""What a FakeDriver's program shows."""

import base64
from dataclasses import dataclass, field

from bilagsbot.drivers.base import ScreenRow, ScreenTable

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

    def fitting(self, option: str) -> list[str]:
        """The options that are so called, or begin so."""
        return [o for o in self.options if o == option or (option.endswith("*") and o.startswith(option[:-1]))]


@dataclass
class FakeTable:
    """A table: its columns, and its rows by column."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)

    def seen(self) -> ScreenTable:
        """As a driver reads it."""
        return ScreenTable(self.columns, tuple(ScreenRow(i, dict(row)) for i, row in enumerate(self.rows)))


GONE = FakeField(visible=False)
