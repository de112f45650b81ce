"""Python flows: what does not run or declares nothing gets a sentence with its line."""

from pathlib import Path

import pytest

from bilagsbot.flow.load import load_flow
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import Scope, perform

from .conftest import Files

SCRIPT = """\
from bilagsbot.flow.script import PythonFlow

flow = PythonFlow(
    app="shop",
    item={"invoice_no": "text", "amount": {"type": "amount"}},
    key=["invoice_no"],
    receipt={"voucher_no": "integer"},
)


@flow.steps
def key(hand):
    hand.click("menu.nwe")
    hand.submit("invoice.post")
"""


def wrong(files: Files, *changes: tuple[str, str]) -> list[str]:
    """What is wrong with the Python flow after these changes to it."""
    files.write("flows/py.py", SCRIPT)
    files.change("flows/py.py", *changes)
    return files.wrong("py")


def test_a_right_one_loads_and_leaves_nothing_behind(files: Files) -> None:
    assert wrong(files) == []
    flow, selectors = load_flow(files.folder, "py")
    assert (flow.name, flow.scripted, selectors.app, len(flow.version)) == ("py", True, "shop", 12)
    assert not (files.folder / "flows" / "__pycache__").exists()


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("@flow.steps\n", "price = 1 / 0\n@flow.steps\n", (":11: the file does not run: ZeroDivisionError",)),
        ("@flow.steps\n", "import sys; sys.exit(3)\n", (":11: the file does not run: SystemExit: 3.",)),
        ("def key(hand):", "def key(hand)", (":12: the file does not run: SyntaxError: expected ':'.",)),
        ("import PythonFlow", "import PythonFlw", (":1: the file does not run: ImportError",)),
        ('    app="shop",\n', "", (":3: the file does not run: TypeError", "'app'")),
        ("flow = Python", "buy = Python", ("the file does not run: NameError",)),
        ('"amount"}', '"amonut"}', (":3: ", "unknown type 'amonut'.", "Did you mean 'amount'?")),
        ('key=["invoice_no"]', 'key=["invoce_no"]', (":3: the key names 'invoce_no'", "Did you mean 'invoice_no'?")),
        ('key=["invoice_no"]', "key=[]", (":3: 'key' is empty.",)),
        ('app="shop"', 'app="shp"', (":3: there is no selectors/shp.yaml.", "Did you mean 'shop'?")),
        ('app="shop"', "app=5", (":3: 'app' is a text, not 5.",)),
        ('app="shop"', 'app="shop", expird="x"', (":3: unknown key 'expird'.", "Did you mean 'expired'?")),
        ('app="shop"', 'app="shop", expired="x"', (":3: no target 'x' in selectors/shop.yaml.",)),
        ('key=["invoice_no"]', 'key={"invoice_no"}', (":3: 'key': a set has no order.", "Write [one, two]")),
        ('app="shop"', 'app="shop", name="x"', (":3: unknown key 'name'.",)),
        ('app="shop"', 'app="shop", steps=[]', (":3: unknown key 'steps'.", "Write @flow.steps above a function.")),
        ('app="shop"', 'app="shop", checks=[{"that": "itm.a", "say": "x"}]', (":3: ", "unknown name 'itm'")),
        ('app="shop"', 'app="shop", checks=[{"that": "1", "say": "{{ item.__class__ }}"}]', ("for '__class__'",)),
        (
            "def key(hand):",
            "def key():",
            (":11: 'steps' is not a function that takes the hand alone.", "def NAME(hand)"),
        ),
        ("def key(hand):", "def key(hand, more):", (":11: 'steps' is not a function", "Write: @flow.steps")),
        ("def key(hand):", "async def key(hand):", (":11: 'steps' is not a function", "without 'async'")),
        ("def key(hand):", "class Key:\n  def __init__(self, hand):", ("'steps' is not a function", "plain function")),
        ("@flow.steps", "flow.lookup(5)\n@flow.steps", (":3: 'lookup' is not a function", "Write: @flow.lookup")),
        (
            "@flow.steps",
            "raise BaseException('a\\nb')\n@flow.steps",
            (":11: the file does not run: BaseException: a b.",),
        ),
        ("@flow.steps", "raise GeneratorExit\n@flow.steps", (":11: the file does not run: GeneratorExit.",)),
        ("@flow.steps", "raise ValueError('x' * 10**6)\n@flow.steps", (":11: the file does not run: ValueError: xxx",)),
        ("@flow.steps", "class E(Exception):\n  __str__ = None\nraise E\n@flow.steps", (":13: ", "not run: E")),
        ("@flow.steps", "@flow.start", (":3: no function keys an item.", "Write @flow.steps above a function")),
        ("@flow.steps", "@flow.steps\n@flow.steps", (":11: there is a second function for 'steps'.",)),
    ],
)
def test_a_mistake_in_a_python_flow(files: Files, old: str, new: str, parts: tuple[str, ...]) -> None:
    said = wrong(files, (old, new))
    assert len(said) == 1, said
    assert said[0].startswith("flows/py.py:")
    assert all(part in said[0] for part in parts), said[0]
    assert len(said[0]) < 400


@pytest.mark.parametrize("content", ["", "flow = 5\n", "# nothing\n"])
def test_one_that_declares_nothing(files: Files, content: str) -> None:
    files.write("flows/py.py", content)
    assert files.wrong("py") == ["flows/py.py: the file declares no flow. Write: flow = PythonFlow(app=…, item=…, …)."]


def test_one_that_is_not_utf8(files: Files) -> None:
    files.write("flows/py.py", "name = 'Ærlig'\n".encode("latin-1"))
    (said,) = files.wrong("py")
    assert said.startswith("flows/py.py:1: the file does not run: SyntaxError")


def test_every_mistake_of_the_declaration_comes_at_once(files: Files) -> None:
    said = wrong(
        files, ('"amount"}', '"amonut"}'), ('key=["invoice_no"]', 'key=["invoce_no"]'), ('app="shop"', 'app="shp"')
    )
    assert len(said) == 3
    assert all(line.startswith("flows/py.py:3: ") for line in said)


class Blank:
    """A screen on which nothing is done; the step fails before it would be."""

    timeout = 10.0

    def click(self, target: object) -> None:
        """Nothing may come here."""
        raise AssertionError(target)


class Quiet:
    """Nobody stops the attempt."""

    def checkpoint(self) -> None:
        """Go on."""


def test_an_unknown_target_is_caught_when_it_runs_with_the_functions_place(files: Files, tmp_path: Path) -> None:
    assert wrong(files) == []
    flow, selectors = load_flow(files.folder, "py")
    scope = Scope(Blank(), selectors, Templates(), Quiet(), {"item": {}, "workspace": files.folder}, tmp_path)  # type: ignore[arg-type]
    with pytest.raises(StepFailed) as failed:
        perform(flow.steps, scope)
    said = str(failed.value)
    assert "selectors/shop.yaml has no 'menu.nwe'. Did you mean 'menu.new'?" in said
    assert "(flows/py.py:13)" in said
