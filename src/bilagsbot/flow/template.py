"""Templates: Jinja2's sandbox with strict undefined values and our own filters."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, TemplateError

from bilagsbot.flow.bounds import LONGEST, Bounded
from bilagsbot.model.errors import StepFailed, suggest

SEPARATORS = {"nb": (" ", ","), "en": (",", "."), "plain": ("", "."), "plain_nb": ("", ",")}


def date(value: object, form: str = "%d.%m.%Y") -> str:
    """A date in the form that the program wants, as strftime writes it; Norwegian by default."""
    if value is None:
        raise StepFailed("'date' formats a date, and the cell is empty; give the step a 'when'")
    if not isinstance(value, dt.date):
        raise StepFailed(f"'date' formats a date, not {value!r}")
    return value.strftime(form)


def amount(value: object, style: str = "nb", decimals: int = 2) -> str:
    """An amount as `nb` 1 234,50, `en` 1,234.50, `plain` 1234.50 or `plain_nb` 1234,50."""
    if value is None:
        raise StepFailed("'amount' formats an amount, and the cell is empty; give the step a 'when'")
    if not isinstance(value, (Decimal, int)):
        raise StepFailed(f"'amount' formats an amount, not {value!r}")
    if style not in SEPARATORS:
        raise StepFailed(f"'amount' knows no style {style!r}. {suggest(style, SEPARATORS)}")
    group, point = SEPARATORS[style]
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", point).replace("\0", group)


def digits(value: object) -> str:
    """Only the digits of a text."""
    return "".join(c for c in str(value) if c.isdigit())


def total(lines: Iterable[Mapping[str, object]], field: str) -> Decimal:
    """The sum of one field over the item's lines; an empty cell counts as nothing."""
    lines = list(lines)
    if lines and field not in lines[0]:
        raise StepFailed(f"'total' finds no '{field}' in the lines. {suggest(field, lines[0])}")
    return sum((v for line in lines if isinstance(v := line[field], Decimal)), Decimal(0))


def _keyable(value: object) -> object:
    """An empty cell is nothing; what is no value (`item.supplier.upper`, `x | map('upper')`) would be keyed as such."""
    if hasattr(value, "__name__") or hasattr(value, "__next__"):
        raise TypeError("this is no text; a method needs '()' after it, and a series '| join(', ')'")
    return "" if value is None else value


class Sandbox(Bounded):
    """The bounded sandbox; an empty cell renders as nothing, an unknown name is an error."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, finalize=_keyable)
        self.bound({"date": date, "amount": amount, "digits": digits, "total": total})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field by its name, before any method of Python's: a column may be called `items` or `copy`."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


# What a template may raise, from Jinja2 itself or from what it calls with the values of a row.
_FAILURES = (
    TemplateError, ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError, MemoryError,
)  # fmt: skip


def _said(error: BaseException) -> str:
    return str(error) or type(error).__name__


class Templates:
    """Renders templates and expressions; each text is compiled once."""

    def __init__(self) -> None:
        self._env = Sandbox()
        self._template = lru_cache(maxsize=1000)(self._env.from_string)
        self._expression: Callable[..., Callable[..., object]] = lru_cache(maxsize=1000)(
            lambda text: self._env.compile_expression(text, undefined_to_none=False)
        )

    def render(self, text: str, values: Mapping[str, object]) -> str:
        """`text` with its templates filled in. Raises StepFailed with the reason where that fails."""
        try:
            rendered = self._template(text).render(values)
        except _FAILURES as error:
            raise StepFailed(f"the template {text!r} failed: {_said(error)}") from error
        if len(rendered) > LONGEST:
            raise StepFailed(f"the template {text!r} makes more than {LONGEST} characters")
        return rendered

    def evaluate(self, expression: str, values: Mapping[str, object]) -> object:
        """The value of an expression. Raises StepFailed with the reason where that fails."""
        try:
            value = self._expression(bare(expression))(values)
            bool(value)  # a name that has no value is an error only now
        except _FAILURES as error:
            raise StepFailed(f"the expression {expression!r} failed: {_said(error)}") from error
        return value

    def holds(self, expression: str, values: Mapping[str, object]) -> bool:
        """Whether the expression is true."""
        return bool(self.evaluate(expression, values))


def bare(expression: str) -> str:
    """An expression without the braces that people put around it."""
    text = expression.strip()
    return text[2:-2].strip() if text.startswith("{{") and text.endswith("}}") and text.count("{{") == 1 else text
