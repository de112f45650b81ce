"""The console that tables are printed on."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 250  # columns


def table_console() -> "Console":
    """As wide as the terminal; where nobody reads it on a screen, so wide that nothing is cut."""
    from rich.console import Console

    console = Console(emoji=False)
    if not console.is_terminal:
        console.width = WIDE
    return console
