"""Mistakes in what a bot asks approval for: each at its line."""

from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import load_job

BOT = "practice-invoices"
FLOW = Path("flows/practice/supplier-invoice.yaml")


def wrong(workspace: Path, rules: str) -> list[str]:
    """What is wrong with a bot that asks approval so."""
    bot = workspace / "bots" / f"{BOT}.yaml"
    bot.write_text(f"{bot.read_text(encoding='utf-8')}approve: {rules}\n", encoding="utf-8")
    with pytest.raises(BadInput) as bad:
        load_job(workspace, BOT)
    return [str(m) for m in bad.value.mistakes]


@pytest.mark.parametrize(
    ("rules", "parts"),
    [
        ("{}", (":16: 'approve': it does not say what needs approval.", "above, changed or new_flow")),
        ("{by: [kari]}", (":16: 'approve': it does not say what needs approval.",)),
        ("{above: 5, first: true}", (":16: 'approve': 'first' is of what 'changed' names.",)),
        ("{above: much}", (":16: 'above' is a number, not 'much'.",)),
        ("{above: .inf}", (":16: 'above' is a number",)),
        ("{above: -1}", (":16: 'above' is too small: -1.", "Write 0 or more.")),
        ("{abov: 5}", (":16: unknown key 'abov'.", "Did you mean 'above'?")),
        ("{above: 5, by: []}", (":16: 'by' is empty.",)),
        ("{changed: supplier}", (":16: 'changed' is a mapping",)),
        ("{changed: {supplier: []}}", (":16: 'supplier' is empty.",)),
        ("{changed: {suplier: kid}}", (":16: the flow's 'item' has no field 'suplier'.", "mean 'supplier'?")),
        (
            "\n  changed:\n    supplier:\n      - kid\n      - acount",
            (":20: ", "no field 'acount'.", "mean 'account'?"),
        ),
    ],
)
def test_a_mistake_in_what_needs_approval(tmp_path: Path, rules: str, parts: tuple[str, ...]) -> None:
    make_workspace(tmp_path / "ws")

    (mistake,) = wrong(tmp_path / "ws", rules)

    assert mistake.startswith(f"bots/{BOT}.yaml:")
    assert all(part in mistake for part in parts), mistake


def test_a_sum_is_needed_to_be_above_something(tmp_path: Path) -> None:
    make_workspace(tmp_path / "ws")
    flow = tmp_path / "ws" / FLOW
    amount, two = "{type: amount, zero: false}", "{type: amount}\n  fee: {type: amount, required: false}"
    text = flow.read_text(encoding="utf-8")
    assert amount in text
    flow.write_text(text.replace(amount, two), encoding="utf-8")

    assert wrong(tmp_path / "ws", "{above: 5}") == [
        f"bots/{BOT}.yaml:16: the flow has no sum that could be above something. "
        "Give the flow 'sum: FIELD', or remove above."
    ]
