"""Recordings made by hand, where a person's would only be longer."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook

from bilagsbot.flow.sample import SampleRows, read_sample
from bilagsbot.model.recording import Action, Element, Head, Recording, Sample


def sample(folder: Path, headers: list[str], *rows: list[object], keyed: tuple[int, ...] = (2,)) -> SampleRows:
    """A workbook of these rows, of which `keyed` were keyed."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headers, *rows):
        sheet.append(row)
    book.save(folder / "bilag.xlsx")
    return read_sample(folder, Sample(workbook="bilag.xlsx", rows=keyed))


def field(label: str, value: str, n: int = 1, **more: Any) -> Action:
    """A text typed into a field with that label."""
    element = Element(tag="input", type="text", name=label.lower(), label=label, heading="Faktura")
    return Action(n=n, action="fill", element=element, value=value, **more)


def button(text: str, n: int = 1, **more: Any) -> Action:
    """A click on a button."""
    element = Element(tag="button", role="button", named=text, text=text, heading="Faktura")
    return Action(n=n, action="click", element=element, **more)


def recording(*actions: Action, name: str = "faktura") -> Recording:
    """A recording of these actions, numbered anew."""
    numbered = tuple(action.model_copy(update={"n": n}) for n, action in enumerate(actions, 1))
    return Recording(head=Head(recording=name, url="http://127.0.0.1/"), actions=numbered)
