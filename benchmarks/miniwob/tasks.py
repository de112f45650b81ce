"""The pages of MiniWoB++ that are forms to be filled in: which flow does each, and how its row is read."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.miniwob import rows
from benchmarks.miniwob.rows import Reader, said


@dataclass(frozen=True)
class Task:
    """A page, the flow that fills it in, and what reads the row to key."""

    flow: str
    row: Reader

    @property
    def batched(self) -> bool:
        """Whether its form has several fields that one `fill` fills in."""
        return self.flow in ("flight", "login", "login-popup", "movie", "password", "table")


_QUOTED = said(r'"(?P<text>.+)"')
_LOGIN = said(r'username "(?P<user>.+)" and the password "(?P<password>.+)"')
_DATE = said(r"(?P<date>\d\d/\d\d/\d{4}) as the date")
_MOVIE = said(r"for (?P<genre>.+) movies directed by (?P<director>.+) from year (?P<year>\d+)")
_TAG = said(r'starts with "(?P<starts>.+?)"(?: and ends with "(?P<ends>.+?)")?\.')

TASKS: Mapping[str, Task] = {
    "book-flight": Task("flight", rows.flight),
    "book-flight-nodelay": Task("flight", rows.flight),
    "choose-date-easy": Task("calendar", _DATE),
    "choose-date-medium": Task("calendar", _DATE),
    "choose-list": Task("list", said(r"Select (?P<option>.+) from the list")),
    "click-checkboxes": Task("boxes", rows.boxes),
    "click-checkboxes-large": Task("boxes", rows.boxes),
    "click-checkboxes-transfer": Task("boxes", rows.boxes),
    "click-option": Task("option", said(r"Select (?P<option>.+) and click")),
    "copy-paste": Task("copy", rows.written),
    "copy-paste-2": Task("copy", rows.written),
    "email-inbox-forward": Task(
        "forward", said(r"email by (?P<sender>.+) and forward that email to (?P<recipient>.+)\.")
    ),
    "email-inbox-reply": Task("reply", said(r'email by (?P<sender>.+) and reply to them with the text "(?P<text>.+)"')),
    "enter-date": Task("date", _DATE),
    "enter-password": Task("password", said(r'"(?P<password>.+)"')),
    "enter-text": Task("text", _QUOTED),
    "enter-text-2": Task("text", rows.in_case),
    "enter-text-dynamic": Task("text", _QUOTED),
    "enter-time": Task("text", said(r"Enter (?P<text>\d\d:\d\d) as the time")),
    "find-word": Task("answer", rows.nth_word),
    "focus-text": Task("focus", lambda _: rows.Row({"place": 1})),
    "focus-text-2": Task("focus", said(r"the (?P<place>\d)")),
    "form-sequence-2": Task(
        "radio-and-text", said(r'the (?P<radio>\d)\w\w radio.*number "(?P<number>.+)" into the (?P<box>\d)')
    ),
    "form-sequence-3": Task("list-and-button", said(r'Choose (?P<height>.+) from .*labeled "(?P<button>.+)"')),
    "login-user": Task("login", _LOGIN),
    "login-user-popup": Task("login-popup", _LOGIN),
    "multi-layouts": Task("movie", _MOVIE),
    "multi-orderings": Task("movie", _MOVIE),
    "read-table": Task("text", rows.of_table),
    "read-table-2": Task("table", rows.two_of_table),
    "scroll-text": Task("answer", rows.last_word),
    "search-engine": Task("search", rows.search),
    "text-transform": Task("text", rows.shown("#captcha")),
    "use-autocomplete": Task("suggestions", _TAG),
    "use-autocomplete-nodelay": Task("suggestions", _TAG),
    "use-colorwheel": Task("color", rows.named_color),
    "use-colorwheel-2": Task("color", rows.seen_color),
    "use-spinner": Task("spinner", said(r"Select (?P<number>-?\d+) with")),
}
