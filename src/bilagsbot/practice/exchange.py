"""A request and its reply, freed of HTTP's ways."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Upload:
    """A file that came with a form; without a name none was chosen."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Request:
    """What was asked for. `form` holds the query's fields too, under their usual names."""

    method: str
    path: str
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    body: bytes = b""
    session: str = ""


@dataclass(frozen=True)
class Reply:
    """What goes back; a `lost` one closes the connection instead."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    lost: bool = False


LOST = Reply(lost=True)


def redirect(to: str, *headers: tuple[str, str]) -> Reply:
    """Send the browser to another path."""
    return Reply(status=303, headers=(("Location", to), *headers))


class Refused(Exception):  # it is no bug: it is the program's no
    """The program says no; its text is what the user reads. `bare`: on a page whatever the error style."""

    def __init__(self, text: str, bare: bool = False) -> None:
        self.text, self.bare = text, bare
        super().__init__(text)
