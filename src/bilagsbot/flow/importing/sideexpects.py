"""Selenium IDE's assertions and waits, as what a screen is expected to say."""

from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.model.target import Anchor

_TEXT, _VALUE, _THERE, _TITLE = "text", "value", "there", "title"
_CHECKED = {"Checked": "true", "NotChecked": "false"}
EXPECTS = {
    **{f"{verb}{what}": kind for verb in ("assert", "verify", "waitFor")
       for what, kind in (("Text", _TEXT), ("Value", _VALUE), ("SelectedLabel", _VALUE), ("ElementPresent", _THERE),
                          ("Title", _TITLE), ("ElementVisible", _THERE), ("Visible", _THERE),
                          ("ElementEditable", _THERE), ("Checked", "Checked"), ("NotChecked", "NotChecked"))},
}  # fmt: skip
_PATTERNS = ("regexp:", "regexpi:", "glob:", "*")


def expect(out: Outcome, command: str, target: str, value: str, at: dict[str, object]) -> None:
    """What this command asserts, or a note where no `expect` can say it."""
    kind = EXPECTS[command]
    said = " | ".join(part for part in (command, target, value) if part)
    wanted = " ".join((target if kind == _TITLE else value).removeprefix("exact:").replace("\\n", " ").split())
    if kind == _TITLE:
        at = {**at, "frame": (), "ways": (Anchor(document="title"),)}
    if not at["ways"]:
        out.unmapped(said, "the element cannot be found so", at)
    elif kind == _THERE:
        out.add(action="expect", **at)
    elif kind in _CHECKED:
        out.add(action="expect", value=_CHECKED[kind], **at)
    elif not wanted or wanted.startswith(_PATTERNS) or wanted.endswith("*"):
        out.unmapped(said, "an expect has the whole text", at)
    elif kind == _VALUE:
        out.typed(action="expect", value=wanted, **at)
    else:
        out.add(action="expect", value=wanted, **at)
