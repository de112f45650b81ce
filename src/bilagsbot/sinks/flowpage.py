"""A flow as a page for a browser: each sentence with the picture of what was on the screen when it was recorded."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from bilagsbot.model.recording import Action


@dataclass(frozen=True)
class Told:
    """One line of a flow, and what was done for it."""

    text: str
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class _Picture:
    data: str
    box: tuple[float, float, float, float] | None  # left, top, width and height in per cent


def flow_page(lines: Sequence[Told], folder: Path, language: str) -> str:
    """The whole page, with its pictures in it; `folder` is the recording's."""
    template = files("bilagsbot.sinks").joinpath("flowpage.html").read_text("utf-8")
    shown = [(line.text, [picture for action in line.actions if (picture := _picture(action, folder))])
             for line in lines]  # fmt: skip
    return Environment(autoescape=True).from_string(template).render(title=lines[0].text, lines=shown, lang=language)


def _picture(action: Action, folder: Path) -> _Picture | None:
    file = folder / action.picture
    if not action.picture or not file.is_file():
        return None
    box = None
    if action.view and action.element and action.element.box:
        (x, y, width, height), (across, down) = action.element.box, action.view
        box = (100 * x / across, 100 * y / down, 100 * width / across, 100 * height / down)
    return _Picture(base64.b64encode(file.read_bytes()).decode(), box)
