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
        (
            "{% set a = 'x' %}{% set a = a ~ a %}{{ a }}",
            ("does more than fill in values", "{% if … %} and {% for … %}"),
        ),
        ("{% macro f(n) %}{{ n }}{% endmacro %}", ("does more than fill in values",)),
        ("{% include 'x' %}", ("does more than fill in values",)),
        (
            "{% for a in 'xx' %}{% if a %}{% for b in 'xx' %}x{% endfor %}{% endif %}{% endfor %}",
            ("loop within a loop",),
        ),
        ("{% for a in item.supplier recursive %}{{ loop(a) }}{% endfor %}", ("loop within a loop",)),
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


LONG = "x" * 99_999


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "template",
    [
        "{{ 'x' * 10 ** 10 }}",
        "{{ 10000000000 * ['x'] }}",
        "{{ 2 ** (10 ** 10) }}",
        "{{ 'x' | center(10 ** 10) }}",
        "{{ 'x'.ljust(10 ** 10) }}",
        "{{ 'x' | indent(10 ** 10, true) }}",
        "{{ 'x' | indent(width=10 ** 10, first=true) }}",
        "{{ ['x'] | map('center', 10 ** 10) | join }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '%*d' % (10 ** 10, 1) }}",
        "{{ '%010000000000d' | format(1) }}",
        "{{ '{:>10000000000}'.format('x') }}",
        "{{ '{:>{}}'.format('x', 10 ** 10) }}",
        "{{ 'x'" + " | replace('x', 'xxxxxxxxxx')" * 12 + " }}",
        "{{ 'x'" + ".replace('', 'xxxxxxxxxx')" * 12 + " }}",
        "{{ 'x' | center(1000)" + " | map('center', 1000) | join" * 4 + " }}",
        f"{{{{ '{LONG}' | map('upper') | join('{LONG}') }}}}",
        f"{{{{ '{LONG}'.join('{LONG}') }}}}",
        "{{ item.amount | amount('nb', 10 ** 10) }}",
        f"{{% for c in '{LONG}' %}}{{{{ c | center(9) }}}}{{% endfor %}}",
    ],
)
def test_what_would_be_too_much_is_not_made(template: str) -> None:
    with pytest.raises(StepFailed, match="makes more than 100000 characters"):
        Templates().render(template, {"item": ITEM})


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ '42'.zfill(8) }}", "00000042"),
        ("{{ '%05d' | format(42) }}", "00042"),
        ("{{ '%s-2026' % 5 }}", "5-2026"),
        ("{{ '{:>8}'.format('a') }}", "       a"),
        ("{{ 'a-b' | replace('-', '') }}", "ab"),
        ("{{ item.lines | map(attribute='text') | select | join(', ') }}", "x"),
        ("{{ ', '.join(['a', 'b']) }}", "a, b"),
        ("{{ item.missing | default(99999) }}", "99999"),
        ("{{ item.day.replace(year=2027) | date }}", "05.01.2027"),
        ("{{ (item.amount * 100) | amount('plain', 0) }}", "123456750"),
        ("{{ 'ab' * 3 }}{{ 7 * 6 }}{{ 2 ** 10 }}{{ '|' | center(3) }}", "ababab421024 | "),
    ],
)
def test_what_fields_need_is_made(template: str, text: str) -> None:
    assert Templates().render(template, {"item": ITEM}) == text


@pytest.mark.parametrize("template", ["{{ item.update({'amount': 1}) }}", "{{ item.lines[0].clear() }}"])
def test_a_template_changes_no_item(template: str) -> None:
    with pytest.raises(StepFailed, match="unsafe"):
        Templates().render(template, {"item": {**ITEM, "lines": [{"debit": 1}]}})


@pytest.mark.parametrize(
    "template", ["{{ 'x'.upper }}", "{{ item.lines | map(attribute='text') }}", "{{ item.copy.strip }}"]
)
def test_what_is_no_value_is_not_keyed_as_python_shows_it(template: str) -> None:
    with pytest.raises(StepFailed, match="this is no text"):
        Templates().render(template, {"item": ITEM})


def test_conditions_may_have_braces_around_them() -> None:
    templates = Templates()
    assert templates.holds("item.amount > 0", {"item": ITEM})
    assert not templates.holds("{{ item.kid }}", {"item": ITEM})
    with pytest.raises(StepFailed, match=r"the expression 'item\.nothing' failed"):
        templates.holds("item.nothing", {"item": ITEM})
