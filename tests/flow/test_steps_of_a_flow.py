"""Mistakes in the steps of a flow file: each at its line, with what to write instead."""

from collections.abc import Callable

import pytest

from bilagsbot.flow.load import load_flow
from bilagsbot.steps import STEPS

from .conftest import Files

CLICK = "- click: menu.new"
Says = Callable[..., None]


def test_a_right_flow_loads_and_every_step_knows_its_file_and_line(files: Files) -> None:
    flow, selectors = load_flow(files.folder, "buy")
    assert [step.at for step in flow.all_steps()] == [
        "flows/buy.yaml:11", "flows/login.yaml:2", "flows/login.yaml:3", "flows/buy.yaml:13", "flows/buy.yaml:14",
        "flows/buy.yaml:15", "flows/buy.yaml:16",
    ]  # fmt: skip
    assert (flow.name, selectors.app, len(flow.version)) == ("buy", "shop", 12)


@pytest.mark.parametrize(
    ("new", "parts"),
    [
        ("- clik: menu.new", ("flows/buy.yaml:13: unknown step 'clik'.", "Did you mean 'click'?")),
        ("- click: menu.new\n    press: Tab", (":14: one step holds several verbs: click, press.", "own '- ' entry")),
        ("- click: menu.new\n    whn: item.kid", (":14: unknown key 'whn'.", "Did you mean 'when'?")),
        ("- click: {on: menu.new,\n      timout: 3}", (":14: unknown key 'timout'.", "Did you mean 'timeout'?")),
        ("- click: menu.new\n    timeout: soon", (":14: 'timeout' is a number, not 'soon'.", "Write digits")),
        ("- click: menu.new\n    timeout: -1", (":14: 'timeout' is too small: -1.", "Write more than 0.")),
        ("- click: menu.new\n    timeout: inf", (":14: 'timeout' is a number, not 'inf'.", "Write digits")),
        ("- click: menu.new\n    timeout: 1e999", (":14: 'timeout' is a number, not '1e999'.", "Write digits")),
        ("- click: menu.new\n    timeout: true", (":14: 'timeout' is a number, not true.", "Write digits")),
        ("- click: menu.new\n    timeout: 99999999", (":14: 'timeout' is too large: 99999999.", "3600 or less")),
        ("- click: menu.new\n    step: fill", (":14: unknown key 'step'.", "Remove it")),
        ("- click: menu.new\n    at: here", (":14: unknown key 'at'.", "Known: on, timeout, until, when.")),
        ("- click: {on: menu.new, when: item.kid}\n    when: item.kid", (":14: 'when' stands both", "Remove one")),
        ("- click", (":13: a step is written as 'verb: …'.", "Verbs: open, click")),
        ("- 5", (":13: a step is written as 'verb: …'.",)),
        ("-", (":13: a step is written as 'verb: …'.",)),
        ("- when: item.kid", (":13: unknown step 'when'.",)),
        ("- click:", (":13: 'click' is not written like this.", "Write '- click: TARGET'.")),
        ("- find_row: page.status", (":13: 'find_row' is not", "'- find_row: {in: TARGET, where: {HEADER: text}}'")),
        ("- find_row: {in: page.status, were: {A: b}}", (":13: unknown key 'were'.", "Did you mean 'where'?")),
        ("- find_row: {in: page.status}", (":13: 'where' is missing.", "Add 'where: …'.", "Column header")),
        ("- find_row: {in: page.status, where: {}}", (":13: 'where' is empty.", "at least one")),
        ("- fill: {}", (":13: 'fill' is empty.", "at least one")),
        ("- fill: {invoice.number: 12}", (":13: 'invoice.number' is a text, not 12.", 'quotes: "12"')),
        ("- fill:\n      invoice.number:", (":14: 'invoice.number' has no value.", "Write a text.")),
        ("- fill: {invoice.number: [a]}", (":13: 'invoice.number' is a text, not a list.",)),
        ("- check: {invoice.number: [a]}", (":13: 'invoice.number' is true or false or a text, not a list.",)),
        ("- click: menu.nwe", (":13: no target 'menu.nwe' in selectors/shop.yaml.", "Did you mean 'menu.new'?")),
        ("- fill:\n      invoice.numbr: x", (":14: no target 'invoice.numbr'", "Did you mean 'invoice.number'?")),
        ("- click: menu.new\n    when: shows('page.stat')", (":14: no target 'page.stat'", "'page.status'?")),
        ("- capture: {voucher_no: page.status, matching: '(\\d'}", (":13: 'matching'", "no regular expression")),
        ("- for_each: line\n    steps:\n      - click: menu.new", (":13: the flow has no lines", "Add 'lines:'")),
        ("- dialog: acept", (":13: ", "cannot be 'acept'.", "Did you mean 'accept'?")),
    ],
)
def test_a_mistake_in_a_step(says: Says, new: str, parts: tuple[str, ...]) -> None:
    says(CLICK, new, *parts)


def test_mistakes_in_steps_within_steps_are_at_their_own_lines(files: Files) -> None:
    said = files.flow((CLICK, "- popup: menu.neew\n    steps:\n      - clik: menu.new\n      - click: menu.nw"))
    assert [m.partition(": ")[0] for m in said] == ["flows/buy.yaml:13", "flows/buy.yaml:15", "flows/buy.yaml:16"]
    for sentence, word in zip(said, ("'menu.neew'", "'clik'", "'menu.nw'"), strict=True):
        assert word in sentence


@pytest.mark.parametrize("verb", STEPS)
def test_no_verb_takes_a_list_and_each_says_how_it_is_written(files: Files, verb: str) -> None:
    said = files.flow((CLICK, f"- {verb}: [5]"))
    assert f"flows/buy.yaml:13: '{verb}' is not written like this. Write '- {verb}: " in "\n".join(said)


def test_all_mistakes_of_a_flow_its_include_and_its_selectors_come_at_once(files: Files) -> None:
    files.change("flows/login.yaml", ("- open:", "- opne:"))
    files.change("selectors/shop.yaml", ("tag: input", "tagg: input"))
    said = files.flow(
        ("amount: amount", "amount: amonut"), ("key: [supplier, ", "key: [suplier, "), (CLICK, "- clik: menu.new"),
        ("item.invoice_no", "item.invoce_no"), ("submit: invoice.post", "submit: invoice.pst"),
        ("voucher_no: page", "vocher_no: page"),
    )  # fmt: skip
    assert [m.partition(": ")[0] for m in said] == [
        "flows/buy.yaml:5", "flows/buy.yaml:7", "flows/buy.yaml:13", "flows/buy.yaml:14", "flows/buy.yaml:15",
        "flows/buy.yaml:16", "flows/login.yaml:2", "selectors/shop.yaml:5",
    ]  # fmt: skip


class TestSubmit:
    def test_none(self, files: Files) -> None:
        said = files.flow(("  - submit: invoice.post\n", ""))
        assert said == ["flows/buy.yaml:12: no step posts the item. Write exactly one '- submit: TARGET'."]

    def test_two(self, says: Says) -> None:
        twice = "- submit: invoice.post\n  - submit: invoice.post"
        says("- submit: invoice.post", twice, ":16: the flow has 2 submit steps; the first is at flows/buy.yaml:15.")

    def test_in_the_lookup(self, says: Says) -> None:
        says("steps:\n", "lookup:\n  - submit: invoice.post\nsteps:\n", ":13: 'lookup' must not post anything.")

    def test_once_a_line(self, files: Files) -> None:
        each = "lines: {account: text}\nsteps:\n  - for_each: line\n    steps:\n      - submit: invoice.post\n"
        said = files.flow(("  - submit: invoice.post\n", ""), ("steps:\n", each))
        assert said == [
            "flows/buy.yaml:16: this would post once a line. Write 'submit' after the for_each, not within it."
        ]


class TestReceipt:
    def test_a_field_that_the_receipt_does_not_have(self, says: Says) -> None:
        says("{voucher_no: page", "{vocher_no: page", ":16: 'receipt' has no field 'vocher_no'.", "'voucher_no'?")

    def test_of_find_row_too(self, says: Says) -> None:
        row = "- find_row: {in: page.status, where: {A: b}, receipt: {vocher: ID}}"
        says(CLICK, row, ":13: 'receipt' has no field 'vocher'.", "Did you mean 'voucher_no'?")

    def test_a_field_that_no_step_captures(self, says: Says) -> None:
        says("\nstart:", "\n  serial: text\nstart:", ":10: no step captures 'serial'", "Add a 'capture' or 'find_row'")


class TestInclude:
    def test_a_file_that_is_not_there(self, says: Says) -> None:
        says("include: login", "include: logn", ":11: there is no flows/logn.yaml to include.", "Did you mean 'login'?")

    def test_itself(self, says: Says) -> None:
        says("include: login", "include: buy", ":11: the include goes in a circle: buy -> buy.")

    def test_a_circle_over_two_files(self, files: Files) -> None:
        files.write("flows/a.yaml", "- include: b\n")
        files.write("flows/b.yaml", "# b\n- include: a\n")
        said = files.flow(("include: login", "include: a"))
        assert said == [
            "flows/b.yaml:2: the include goes in a circle: buy -> a -> b -> a. Remove one of these includes."
        ]

    def test_more_steps_than_any_flow_has(self, files: Files) -> None:
        for i in range(12):
            files.write(f"flows/f{i}.yaml", f"- include: f{i + 1}\n" * 10)
        files.write("flows/f12.yaml", "- click: menu.new\n")
        (said,) = files.flow(("include: login", "include: f0"))
        assert said.startswith("flows/f")
        assert "the flow has more than 2000 steps. Include each file fewer times." in said

    def test_deeper_than_any_flow_is(self, files: Files) -> None:
        for i in range(60):
            files.write(f"flows/f{i}.yaml", f"- include: f{i + 1}\n")
        (said,) = files.flow(("include: login", "include: f0"))
        assert said == (
            "flows/f30.yaml:1: the steps stand more than 30 deep in steps and includes. Write fewer steps within steps."
        )

    def test_a_mistake_in_an_included_file_is_named_there_and_once(self, files: Files) -> None:
        files.write("flows/login.yaml", "# log in\n\n- click: menu.new\n  timeout: no\n")
        said = files.flow((CLICK, "- include: login"))  # the second time
        assert said == ["flows/login.yaml:4: 'timeout' is a number, not 'no'. Write digits with a point, such as 2.5."]

    @pytest.mark.parametrize("content", ["open: x\n", "text\n"])
    def test_a_file_that_is_no_list_of_steps(self, files: Files, content: str) -> None:
        files.write("flows/login.yaml", content)
        said = "flows/login.yaml:1: flows/login.yaml, which is included, is a list of steps."
        assert files.wrong() == [f"{said} Write each step as '- verb: …'."]

    def test_a_file_that_is_no_yaml(self, files: Files) -> None:
        files.write("flows/login.yaml", "- open: x\n- click: {\n")
        said = files.wrong()
        assert len(said) == 1
        assert said[0].startswith("flows/login.yaml:3: this is no YAML")

    @pytest.mark.parametrize("name", ["../../etc/passwd", "./login", "LOGIN", "a\\0b", "x" * 300, "", "/etc/passwd"])
    def test_a_name_that_leaves_the_folder_or_that_no_disk_takes(self, files: Files, name: str) -> None:
        said = files.flow(("include: login", f'include: "{name}"'))
        assert len(said) == 1
        assert "to include." in said[0]

    def test_steps_written_into_it(self, says: Says) -> None:
        says("include: login", "include: {file: login, steps: []}", ":11: unknown key 'steps'.", "Remove it")
