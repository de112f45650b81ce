"""Templates: Jinja2's sandbox with strict undefined values and our own filters."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from bilagsbot.model.errors import StepFailed, suggest

SEPARATORS = {"nb": (" ", ","), "en": (",", "."), "plain": ("", "."), "plain_nb": ("", ",")}


def date(value: object, form: str = "%d.%m.%Y") -> str:
    """A date in the form that the program wants, as strftime writes it; Norwegian by default."""
    if not isinstance(value, dt.date):
        raise StepFailed(f"'date' formats a date, not {value!r}")
    return value.strftime(form)


def amount(value: object, style: str = "nb", decimals: int = 2) -> str:
    """An amount as `nb` 1 234,50, `en` 1,234.50, `plain` 1234.50 or `plain_nb` 1234,50."""
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
    return sum((v for line in lines if isinstance(v := line[field], Decimal)), Decimal(0))


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox; an empty cell renders as nothing, an unknown name is an error."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=False, finalize=lambda v: "" if v is None else v)
        self.filters.update({"date": date, "amount": amount, "digits": digits, "total": total})


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
            return self._template(text).render(values)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise StepFailed(f"the template {text!r} failed: {error}") from error

    def evaluate(self, expression: str, values: Mapping[str, object]) -> object:
        """The value of an expression. Raises StepFailed with the reason where that fails."""
        try:
            return self._expression(bare(expression))(values)
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise StepFailed(f"the expression {expression!r} failed: {error}") from error

    def holds(self, expression: str, values: Mapping[str, object]) -> bool:
        """Whether the expression is true."""
        return bool(self.evaluate(expression, values))


def bare(expression: str) -> str:
    """An expression without the braces that people put around it."""
    text = expression.strip()
    return text[2:-2].strip() if text.startswith("{{") and text.endswith("}}") and text.count("{{") == 1 else text


_CHECKER = Sandbox()


def problems(text: str, known: Mapping[str, Iterable[str] | None], expression: bool = False) -> Iterator[str]:
    """What is wrong with a template: syntax, unknown filter, unknown name.

    `known` maps each name to its attributes, or to None where any will do.
    """
    source = f"{{{{ {bare(text)} }}}}" if expression else text
    try:
        tree = _CHECKER.parse(source)
        _CHECKER.compile(tree)
    except TemplateSyntaxError as error:
        yield f"the template {text!r} is not understood: {error.message}. {_filter_hint(str(error.message))}".strip()
        return
    assigned = {n.name for n in tree.find_all(nodes.Name) if n.ctx in ("store", "param")}
    for name in tree.find_all(nodes.Name):
        if name.ctx == "load" and name.name not in known and name.name not in assigned:
            yield f"the template {text!r} uses the unknown name '{name.name}'. {suggest(name.name, known)}"
    for part in tree.find_all((nodes.Getattr, nodes.Getitem)):
        yield from _attribute(text, part, known)


def _attribute(text: str, part: nodes.Node, known: Mapping[str, Iterable[str] | None]) -> Iterator[str]:
    if isinstance(part, nodes.Getattr):
        attribute = part.attr
    elif isinstance(part, nodes.Getitem) and isinstance(part.arg, nodes.Const):
        attribute = str(part.arg.value)
    else:
        return
    if attribute.startswith("_"):
        yield f"the template {text!r} reaches for '{attribute}', which templates may not use."
        return
    owner = getattr(part, "node", None)
    fields = known.get(owner.name) if isinstance(owner, nodes.Name) else None
    if fields is not None and isinstance(owner, nodes.Name) and attribute not in fields:
        yield f"'{owner.name}' has no '{attribute}' (in {text!r}). {suggest(attribute, fields)}"


def _filter_hint(message: str) -> str:
    if "No filter named" not in message:
        return ""
    return suggest(message.split("'")[1], _CHECKER.filters)
