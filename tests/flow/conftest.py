"""A workspace with one flow and its selectors, right to begin with; a test writes its mistake into it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bilagsbot.flow.load import read_flow
from bilagsbot.model.errors import Mistake

FLOW = """\
app: shop
item:
  invoice_no: text
  supplier: {type: text, max_length: 30}
  amount: amount
  kid: {type: kid, required: false}
key: [supplier, invoice_no]
receipt:
  voucher_no: {type: integer, label: Bilagsnr}
start:
  - include: login
steps:
  - click: menu.new
  - fill: {invoice.number: "{{ item.invoice_no }}"}
  - submit: invoice.post
  - capture: {voucher_no: page.status}
"""
LOGIN = """\
# the steps that log in
- open: "{{ target.url }}"
- fill: {login.user: "{{ login.username }}"}
"""
SELECTORS = """\
app: shop
targets:
  login.user: {find: {name: user}}
  menu.new: {find: {text: New}}
  invoice.number: {find: [{name: number}, {cell: Number}], is: {tag: input}}
  invoice.post: {find: {role: button, named: Post}, is: {text: Post}, reloads: true}
  page.status: {find: {css: "#status"}}
"""


class Files:
    """The workspace's files, and what loading the flow says of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("flows/buy.yaml", FLOW)
        self.write("flows/login.yaml", LOGIN)
        self.write("selectors/shop.yaml", SELECTORS)

    def write(self, name: str, text: str | bytes) -> None:
        """A file with this content."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def change(self, name: str, *changes: tuple[str, str]) -> None:
        """Replace texts that stand in a file once."""
        text = (self.folder / name).read_text(encoding="utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        self.write(name, text)

    def flow(self, *changes: tuple[str, str]) -> list[str]:
        """What is wrong with the flow after these changes to it."""
        self.change("flows/buy.yaml", *changes)
        return self.wrong()

    def selectors(self, *changes: tuple[str, str]) -> list[str]:
        """What is wrong with the flow after these changes to its selectors."""
        self.change("selectors/shop.yaml", *changes)
        return self.wrong()

    def wrong(self, name: str = "buy") -> list[str]:
        """Every mistake that loading the flow reports, as the person reads it."""
        mistakes = read_flow(self.folder, name).mistakes
        assert all(_reads_well(m) for m in mistakes), mistakes
        assert len(set(mistakes)) == len(mistakes)
        return [str(m) for m in mistakes]


def _reads_well(mistake: Mistake) -> bool:
    """A sentence with an end, and none of pydantic's or Python's own words."""
    foreign = ("Input should", "Value error", "Field required", "validation error", "Traceback")
    whole = mistake.what.endswith((".", "?")) and not mistake.what.endswith("..")
    return whole and not any(word in str(mistake) for word in foreign)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A workspace whose flow loads."""
    return Files(tmp_path)


@pytest.fixture
def says(files: Files) -> Callable[..., None]:
    """Assert that one change to the flow gives exactly one sentence, which has all these parts."""

    def check(old: str, new: str, *parts: str) -> None:
        said = files.flow((old, new))
        assert len(said) == 1, said
        assert all(part in said[0] for part in parts), said[0]

    return check
