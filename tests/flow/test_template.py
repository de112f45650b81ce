"""Templates: what they render, what they refuse at load, and what still fails in a sentence when they run."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import StepFailed

from .conftest import Files

OLD = '"{{ item.invoice_no }}"'
ITEM = {
    "amount": Decimal("1234567.50"), "day": dt.date(2026, 1, 5), "kid": None, "items": "a column", "copy": "another",
    "lines": ({"debit": Decimal("10.50"), "text": None}, {"debit": None, "text": "x"}),
}  # fmt: skip
Says = Callable[..., None]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ item.day | date }}", "05.01.2026"),
        ("{{ item.day | date('%Y-%m-%d') }}", "2026-01-05"),
        ("{{ item.amount | amount }}", "1 234 567,50"),
        ("{{ item.amount | amount('en') }}", "1,234,567.50"),
        ("{{ item.amount | amount('plain') }}", "1234567.50"),
        ("{{ item.amount | amount('plain_nb', 0) }}", "1234568"),
        ("{{ item.kid }}", ""),
        ("{{ 'NO 123' | digits }}", "123"),
        ("{{ item.lines | total('debit') }}", "10.50"),
        ("{% for line in item.lines %}{{ loop.index }}{{ line.text }} {% endfor %}", "1 2x "),
        ("{{ item.items }} {{ item.copy }}", "a column another"),
    ],
)
def test_what_a_template_renders(template: str, text: str) -> None:
    assert Templates().render(template, {"item": ITEM}) == text


@pytest.mark.parametrize(
    ("template", "parts"),
    [
        ("{{ item.invoce_no }}", ("'item' has no 'invoce_no'", "Did you mean 'invoice_no'?")),
        ("{{ item['invoce_no'] }}", ("'item' has no 'invoce_no'", "Did you mean 'invoice_no'?")),
        ("{{ itm.supplier }}", ("unknown name 'itm'", "Did you mean 'item'?")),
        ("{{ item.supplier | uper }}", ("unknown filter 'uper'.", "Did you mean 'upper'?")),
        ("{{ 1 if item.kid is emty }}", ("unknown test 'emty'.",)),
        ("{{ item.supplier ", ("is not understood", "Templates look like {{ item.amount | amount }}.")),
        ("{{ item.supplier }", ("is not understood",)),
        ("{{ }}", ("is not understood",)),
        ("{% if item.kid %}x", ("is not understood",)),
        ("{# no end", ("is not understood",)),
        ("{{ line.amount }}", ("unknown name 'line'", "Use it within 'for_each: line' only.")),
        ("{{ n }}", ("unknown name 'n'", "within 'for_each: line'")),
        ("{{ shows('menu.new') }}", ("unknown name 'shows'", "Use it in 'when' only.")),
        ("{{ login.pasword }}", ("'login' has no 'pasword'", "Did you mean 'password'?")),
        ("{{ range(9) }}", ("unknown name 'range'",)),
        ("{{ item.lines | total('debit') }}", ("the lines have no 'debit' to total",)),
        ("{{ item.__class__ }}", ("reaches for '__class__'", "Use the item's fields.")),
        ("{{ item.supplier.__class__.__mro__ }}", ("reaches for '__class__'",)),
        ("{{ item['__class__'] }}", ("reaches for '__class__'",)),
        ("{{ item|attr('__class__') }}", ("reaches for '__class__'",)),
        ("{{ [item]|map(attribute='__class__')|list }}", ("reaches for '__class__'",)),
        ("{{ '{0.__class__}'.format(item) }}", ("reaches for '__class__'",)),
        ("{{ item._supplier }}", ("reaches for '_supplier'",)),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", ("nests too deeply",)),
    ],
)
def test_what_a_flow_may_not_say(files: Files, template: str, parts: tuple[str, ...]) -> None:
    said = files.flow((OLD, f'"{template}"'))
    assert said
    assert all(line.startswith("flows/buy.yaml:14: ") for line in said)
    assert all(part in said[0] for part in parts), said[0]


def test_each_name_is_known_where_it_has_a_value(files: Files) -> None:
    said = files.flow(
        ("  - include: login", '  - open: "{{ item.supplier }}"\n  - include: login'),
        ("- click: menu.new", "- click: menu.new\n    when: lin.amount"),
    )
    assert len(said) == 2
    assert said[0].startswith("flows/buy.yaml:11:")
    assert "Use it in 'steps' and 'lookup' only" in said[0]
    assert said[1].startswith("flows/buy.yaml:15: the template 'lin.amount' uses the unknown name 'lin'.")


def test_a_line_is_known_within_for_each_in_an_included_file_too(files: Files) -> None:
    files.write("flows/line.yaml", '- fill: {invoice.number: "{{ line.account }}{{ n }}{{ line.acount }}"}\n')
    each = "lines: {account: text}\nsteps:\n  - for_each: line\n    steps:\n      - include: line\n"
    (said,) = files.flow(("steps:\n", each))
    assert said.startswith("flows/line.yaml:1: 'line' has no 'acount'")


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("{{ item.nothing }}", "has no attribute 'nothing'"),
        ("{{ item['__cl' ~ 'ass__'] }}", "unsafe"),
        ("{{ item|attr('__cl' ~ 'ass__') }}", "unsafe"),
        ("{{ ('{0.__cl' ~ 'ass__}').format(item) }}", "unsafe"),
        ("{{ item.kid | date }}", "the cell is empty; give the step a 'when'"),
        ("{{ item.kid | amount }}", "the cell is empty; give the step a 'when'"),
        ("{{ item.amount | date }}", "'date' formats a date, not"),
        ("{{ item.day | amount }}", "'amount' formats an amount, not"),
        ("{{ item.amount | amount('se') }}", "'amount' knows no style 'se'"),
        ("{{ item.lines | total('debt') }}", "'total' finds no 'debt' in the lines. Did you mean 'debit'?"),
        ("{{ item.amount / 0 }}", "failed: "),
        ("{{ item.kid > 0 }}", "failed: "),
        ("{{ item.lines[7].debit }}", "failed: "),
        ("{% include 'x' %}", "failed: "),
        ("{{ 10 ** 10 ** 10 if false else 'x'.foo() }}", "failed: "),
    ],
)
def test_what_fails_when_it_runs_fails_the_step(template: str, part: str) -> None:
    with pytest.raises(StepFailed) as failed:
        Templates().render(template, {"item": ITEM})
    assert part in str(failed.value)


def test_conditions_may_have_braces_around_them() -> None:
    templates = Templates()
    assert templates.holds("item.amount > 0", {"item": ITEM})
    assert not templates.holds("{{ item.kid }}", {"item": ITEM})
    with pytest.raises(StepFailed, match=r"the expression 'item\.nothing' failed"):
        templates.holds("item.nothing", {"item": ITEM})
