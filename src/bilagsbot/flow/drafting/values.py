"""Values: which column of the workbook a typed value came from, and how it was written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bilagsbot.flow.drafting.columns import Column
from bilagsbot.flow.drafting.wording import likeness
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.recording import Element

# What programs want, the likeliest in Norway first. `''` is the filter's own default.
DATES = (
    "",
    "%d%m%y",
    "%d%m%Y",
    "%Y-%m-%d",
    "%d.%m.%y",
    "%d/%m/%Y",
    "%d-%m-%Y",
    "%d/%m/%y",
    "%Y%m%d",
    "%m/%d/%Y",
    "%m/%d/%y",
)
AMOUNTS = ("plain_nb", "", "plain", "en")
ALIKE = 0.75  # from here a field's words are a column's header
SHORT = 3  # characters; what is shorter is found in a row by chance


@dataclass(frozen=True)
class Origin:
    """A template that gives what was typed, from which column, and how sure that is: an empty `doubt` is sure."""

    template: str
    column: Column | None = None
    doubt: str = ""


@dataclass(frozen=True)
class _Fit:
    template: str
    column: Column
    like: float
    whole: bool


class Values:
    """The columns of the workbook, and the rows that were keyed; `row` is the one that is looked at, from 0."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns, self._templates = columns, Templates()
        self.used: set[str] = set()
        self.row = 0

    def origin(self, typed: Sequence[str], element: Element) -> Origin:
        """Where a value came from; `typed` in the first row keyed, then in the next ones as far as they were keyed."""
        fits = [fit for fit in self._fits(typed[0], element) if self._holds(fit, typed)]
        whole = [fit for fit in fits if fit.whole] or fits
        if not whole:
            return Origin(_literal(typed[0]), doubt="" if len(set(typed)) == 1 < len(typed) else self._constant(typed))
        best = max(whole, key=lambda fit: fit.like)  # the first of several alike
        self.used.add(best.column.name)
        return Origin(best.template, best.column, self._doubt(best, whole, typed))

    def likeliest_row(self, typed: Sequence[str]) -> int:
        """The row keyed that has most of these values; of several the last."""
        rows = range(len(self._columns[0].keyed) if self._columns else 0)
        has = {row: sum(self._has(text, row) for text in typed) for row in rows}
        return max(rows, key=lambda row: (has[row], row), default=0)

    def _has(self, text: str, row: int) -> bool:
        return any(self._said(t, column, row) == _folded(text) for column in self._columns for t in _templates(column))

    def cell(self, cell: str) -> tuple[Column, str] | None:
        """The column that a cell on the screen shows in that row, and its template."""
        for fit in self._fits(cell, Element()):
            if fit.whole and len(cell.strip()) >= SHORT:
                self.used.add(fit.column.name)
                return fit.column, fit.template
        return None

    def _fits(self, typed: str, element: Element) -> Iterator[_Fit]:
        for column in self._columns:
            like = likeness(element, column.header)
            for template in _templates(column):
                said = self._said(template, column, self.row)
                if said and _folded(typed) == said and (len(said) >= SHORT or like >= ALIKE):
                    yield _Fit(template, column, like, True)
                elif said and len(said) > SHORT and said in _folded(typed):
                    before, _, after = _folded(typed).partition(said)
                    yield _Fit(f"{_literal(before)}{template}{_literal(after)}", column, like, False)

    def _said(self, template: str, column: Column, row: int) -> str:
        value = column.keyed[row] if row < len(column.keyed) else None
        return "" if value is None else self._filled(template, column, value)

    def _filled(self, template: str, column: Column, value: object) -> str:
        values: Mapping[str, object] = {"item": {column.name: value}}
        try:
            return _folded(self._templates.render(template, values))
        except StepFailed:
            return ""

    def _holds(self, fit: _Fit, typed: Sequence[str]) -> bool:
        """Whether it gives what was typed in the other rows too."""
        later = enumerate(typed[1:], self.row + 1)
        return all(self._said(fit.template, fit.column, row) == _folded(text) for row, text in later)

    def _doubt(self, best: _Fit, fits: Sequence[_Fit], typed: Sequence[str]) -> str:
        others = [fit for fit in fits if fit is not best and self._differs(best, fit)]
        rivals = {
            fit.column.header for fit in others if fit.column.name != best.column.name and best.like - fit.like < 0.2
        }
        if rivals:
            return f"{typed[0]!r} stands in {best.column.header} and in {', '.join(sorted(rivals))}"
        if forms := [fit.template for fit in others if fit.column.name == best.column.name]:
            return f"{typed[0]!r} may also be written by {forms[0]}"
        if best.column.type == "amount" and "0)" in best.template and self._has_fractions(best.column):
            return "this row has no fraction, others have: how many decimals does the field take?"
        if not best.whole:
            return f"{typed[0]!r} has {best.column.header} in it; is the rest the same for every row?"
        return "" if best.like >= ALIKE or len(_folded(typed[0])) > SHORT else f"is {typed[0]!r} {best.column.header}?"

    def _differs(self, one: _Fit, other: _Fit) -> bool:
        """Whether two templates are not one and the same over all rows of the workbook."""
        pairs = zip(one.column.values, other.column.values, strict=True)
        return any(
            a is not None and b is not None
            and self._filled(one.template, one.column, a) != self._filled(other.template, other.column, b)
            for a, b in pairs
        )  # fmt: skip

    def _has_fractions(self, column: Column) -> bool:
        return any(value is not None and value != int(str(value).partition(".")[0]) for value in column.values)

    def _constant(self, typed: Sequence[str]) -> str:
        return "is that the same for every row?" if typed[0] else ""


def _templates(column: Column) -> Iterator[str]:
    name = f"item.{column.name}"
    match column.type:
        case "date":
            for form in DATES:
                given = f"('{form}')" if form else ""
                yield f"{{{{ {name} | date{given} }}}}"
        case "amount":
            for decimals in ("", ", 0"):
                for style in AMOUNTS:
                    given = f"('{style or 'nb'}'{decimals})" if style or decimals else ""
                    yield f"{{{{ {name} | amount{given} }}}}"
        case _:
            yield f"{{{{ {name} }}}}"
            yield f"{{{{ {name} | digits }}}}"


def _folded(text: str) -> str:
    return " ".join(text.split())


def _literal(text: str) -> str:
    """A text as a template says it."""
    return text.replace("{{", "{{ '{{' }}") if "{{" in text else text
