"""What Playwright says, as the end of a sentence for the person at the screen."""

import re

# Playwright's log tells again and again what it waits for; the last time counts.
REASONS = (
    ("intercepts pointer events", "something covers it"),
    ("element is not enabled", "it is disabled"),
    ("element is not editable", "it is read-only"),
    ("element is not visible", "it is not visible"),
    ("element is outside of the viewport", "it is outside the window"),
    ("element is not stable", "it keeps moving"),
    ("option being selected is not enabled", "the option is disabled"),
    ("waiting for scheduled navigations", "the page that it loads did not come"),
)
PLAIN = (
    ("strict mode violation", "several elements fit"),
    ("not attached to the DOM", "the page has replaced it"),
    ("has been closed", "its window has closed"),
    ("Target crashed", "the page has crashed"),
    ("Connection closed", "the browser has gone"),
    ("context was destroyed", "the page went away"),
)


def late(message: str) -> str:
    """Why something did not happen in time."""
    last = max(REASONS, key=lambda reason: message.rfind(reason[0]))
    return last[1] if last[0] in message else "the page was busy, or has changed"


def plain(message: str) -> str:
    """Why something failed: the first line of the message, without Playwright's own names."""
    for phrase, words in PLAIN:
        if phrase in message:
            return words
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return re.sub(r"^(\w+\.\w+: )?((Type)?Error: )?", "", lines[0]) if lines else "the browser gave no reason"
