"""The Hand of a Python flow: every verb that YAML has, with the same checks, and failures at the flow's own line."""

import inspect
from pathlib import Path

import pytest

from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField, FakeTable
from bilagsbot.model.errors import StepFailed
from bilagsbot.steps import STEPS
from bilagsbot.steps.base import Scope
from bilagsbot.steps.script import Hand, Script

from .conftest import FakeScope
from .leading import Leader

PYTHONS_OWN = {"for_each", "include"}  # a loop and a function


def program(on_fake: FakeScope) -> Scope:
    return on_fake(
        {"a": FakeField(), "liste": FakeField(options=("x", "y")), "boks": FakeField("false"), "sok": FakeField()},
        {"rader": FakeTable(("Nr", "Navn"), [{"Nr": "7", "Navn": "Ås"}])},
        files={"a": ("f.pdf", b"x")},
    )


def test_it_has_every_verb() -> None:
    assert {verb for verb in STEPS if not hasattr(Hand, verb)} == PYTHONS_OWN


def test_every_option_of_a_step_is_one_of_its_verb() -> None:
    common = {"step", "when", "timeout", "at"}
    for verb in STEPS.keys() - PYTHONS_OWN - {"popup"}:
        options = len(set(STEPS[verb].model_fields) - common)
        assert len(inspect.signature(getattr(Hand, verb)).parameters) - 1 == options, verb


def test_its_verbs_do_what_the_steps_do(on_fake: FakeScope, leader: Leader, tmp_path: Path) -> None:
    scope = program(on_fake)
    (tmp_path / "k.pdf").touch()

    def flow(hand: Hand) -> None:
        hand.open("{{ target.url }}")
        hand.fill({"a": "{{ item.no }}"})
        hand.choose({"liste": "y"})
        hand.check({"boks": True})
        with hand.popup("sok"):
            hand.press("Enter", "a")
        hand.find_row("rader", {"Navn": "Ås"}, receipt={"no": "Nr"}, click="Nr")
        hand.pause("Signer")
        hand.capture({"felt": "a"})
        hand.expect({"a": "F-1"})
        hand.upload({"a": "k.pdf"})
        hand.fill({"a": str(hand.item["no"])})
        hand.download("a", receipt="fil")
        hand.submit("a")

    Script(call=flow).perform(scope)
    assert isinstance(scope.driver, FakeDriver)
    assert scope.driver.done == [
        ("open", "http://program"), ("fill", "a", "F-1"), ("choose", "liste", "y"), ("tick", "boks", "true"),
        ("click", "sok"), ("press", "a", "Enter"), ("popup closed", "sok"), ("click_row", "rader", "0", "Nr"),
        ("upload", "a", "k.pdf"), ("fill", "a", "F-1"), ("click", "a"), ("submit", "a"),
    ]  # fmt: skip
    assert scope.captured == {"no": "7", "felt": "F-1", "fil": "downloads/f.pdf"}
    assert (leader.asked, leader.submitted) == (["Signer"], ["a"])


FLOW = """
def key(hand):
    hand.fill({"a": "1"})
    helper(hand)


def helper(hand):
    with hand.popup("sok"):
        hand.expect({"a": "2"})


def opens(hand):
    with hand.popup("missing"):
        pass
"""


@pytest.mark.parametrize(("call", "line"), [("key", 9), ("opens", 13)])
def test_a_failure_names_the_line_of_the_flow(on_fake: FakeScope, tmp_path: Path, call: str, line: int) -> None:
    file = tmp_path / "flows" / "x.py"
    names: dict[str, object] = {}
    exec(compile(FLOW, str(file), "exec"), names)
    with pytest.raises(StepFailed) as failed:
        Script.model_validate({"call": names[call], "at": "flows/x.py:2 key()"}).perform(program(on_fake))
    assert failed.value.at == f"flows/x.py:{line}"


def test_the_items_own_text_never_runs_as_a_template(on_fake: FakeScope) -> None:
    scope = program(on_fake)
    scope.values = {**scope.values, "item": {"no": "{{ login.password }}", "lines": ()}}
    with pytest.raises(StepFailed, match="which a Python flow cannot key"):
        Hand(scope).fill({"a": str(Hand(scope).item["no"])})
    Hand(scope).fill({"a": "uten mal"})
    assert isinstance(scope.driver, FakeDriver)
    assert scope.driver.done == [("fill", "a", "uten mal")]
