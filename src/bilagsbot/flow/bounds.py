"""Jinja2's sandbox with bounds: whatever a template says, it ends soon and fills no memory."""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any

from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

LONGEST = 100_000  # characters or entries; a cell of a workbook has 32,767 at most
WIDEST = 1_000  # a width, a count, a number of decimals
MOST_BITS = 10_000
# Filters and methods whose arguments say how much to make.
_WIDE = ("center", "indent", "wordwrap", "round", "batch", "slice", "amount", "ljust", "rjust", "zfill", "expandtabs")
_DENIED = ("encode", "to_bytes", "translate", "format_map", "shift", "scaleb")  # ways around these bounds
_WIDE_FORM = re.compile(r"%[^%a-zA-Z]*(?:[0-9]{4}|\*)|\{[^{}]*(?:[0-9]{4}|\{)")  # `%9999d`, `%*d`, `{:9999}`, `{:{}}`


class TooMuch(SecurityError):
    """The template would make more than any field of any program can hold."""

    def __init__(self) -> None:
        super().__init__(f"it makes more than {LONGEST} characters, or is wider than {WIDEST}")


class Bounded(ImmutableSandboxedEnvironment):
    """The sandbox, which changes no item either; what would be too much raises TooMuch before it is made."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def bound(self, filters: Mapping[str, Callable[..., Any]]) -> None:
        """Take these filters besides Jinja2's own, all of them bounded, and no functions at all."""
        self.filters = {name: _bounded(name, made) for name, made in {**self.filters, **filters}.items()}
        self.globals.clear()

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operator that can make much of little."""
        if operator == "%" and isinstance(left, str):
            _refuse(_WIDE_FORM.search(left) is not None)
        if operator == "*":
            _refuse(_size(left) * _times(right) > LONGEST or _size(right) * _times(left) > LONGEST)
            _refuse(_bits(left) + _bits(right) > MOST_BITS)
        if operator == "**":
            _refuse(_bits(left) * _times(right) > MOST_BITS)
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may have this attribute."""
        return attr not in _DENIED and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """`'…'.format`, where it is no wide one."""
        if wrapped := super().wrap_str_format(value):
            _refuse(_WIDE_FORM.search(str(value.__self__)) is not None)
        return wrapped

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as Jinja2 has it)
        """A method of a value."""
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, str) and __obj.__name__ == "join":
            _refuse_much("join", args[0] if args else (), (owner,))
        elif isinstance(owner, str):
            _refuse_much(__obj.__name__, owner, args, kwargs)
        return _result(super().call(__context, __obj, *args, **kwargs))


def _bounded(name: str, made: Callable[..., Any]) -> Callable[..., Any]:
    """A filter that refuses too much, both asked for and made; Jinja2's marks stay on it."""
    own = 1 if hasattr(made, "jinja_pass_arg") else 0  # the environment or context, before the value

    @wraps(made)
    def filtered(*args: Any, **kwargs: Any) -> Any:
        _refuse_much(name, args[own] if len(args) > own else "", args[own + 1 :], kwargs)
        return _result(made(*args, **kwargs))

    return filtered


def _refuse_much(name: str, value: Any, args: tuple[Any, ...], named: Mapping[str, Any] = MappingProxyType({})) -> None:
    if name in _WIDE:
        _refuse(any(_times(arg) > WIDEST or _size(arg) > WIDEST for arg in (*args, *named.values())))
    elif name == "replace":
        old, new = (
            str(args[0] if args else named.get("old", "")),
            str(args[1] if len(args) > 1 else named.get("new", "")),
        )
        found = str(value).count(old)
        _refuse(len(str(value)) + found * len(new) > LONGEST)
    elif name == "format":
        _refuse(_WIDE_FORM.search(str(value)) is not None)
    elif name == "join":
        between = args[0] if args else named.get("d", "")
        _refuse(_size(between) > WIDEST or _size(value) * _size(between) > LONGEST)


def _result(value: Any) -> Any:
    _refuse(_size(value) > LONGEST)
    return value


def _refuse(much: bool) -> None:
    if much:
        raise TooMuch


def _size(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple)) else 0


def _times(value: object) -> int:
    return abs(value) if isinstance(value, int) else 0


def _bits(value: object) -> int:
    return value.bit_length() if isinstance(value, int) else 0
