"""Python flows: flows/NAME.py, for what YAML cannot say. The same Flow, its sections written as functions."""

import hashlib
import inspect
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

from pydantic import ValidationError

from bilagsbot.flow.flow import Flow, at_odds, specs
from bilagsbot.flow.keys import keys_at, loaders_own
from bilagsbot.flow.sentences import sentences
from bilagsbot.flow.templatecheck import problems
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.steps.script import Hand, Script

Section = Callable[[Hand], None]
NOT_DECLARED = ("start", "steps", "lookup")  # these are functions here


class PythonFlow:
    """Declares a flow in Python; its sections are added with the decorators `start`, `steps` and `lookup`.

    flow = PythonFlow(app="sqlledger", item={...}, key=[...], receipt={...})

    @flow.steps
    def key(hand): hand.fill({"invoice.number": "{{ item.invoice_no }}"}); hand.submit("invoice.post")
    """

    def __init__(
        self,
        app: str,
        item: Mapping[str, object],
        key: Sequence[str],
        receipt: Mapping[str, object],
        **more: object,
    ) -> None:
        self.document: dict[str, object] = {"app": app, "item": item, "key": key, "receipt": receipt, **more}
        frame = inspect.currentframe()
        self._line = frame.f_back.f_lineno if frame and frame.f_back else 1
        self._sections: dict[str, list[Section]] = {}

    def start(self, section: Section) -> Section:
        """Once a session."""
        return self._add("start", section)

    def steps(self, section: Section) -> Section:
        """Once an item; calls `submit` exactly once."""
        return self._add("steps", section)

    def lookup(self, section: Section) -> Section:
        """Asks the program whether it holds the item."""
        return self._add("lookup", section)

    def _add(self, name: str, section: Section) -> Section:
        self._sections.setdefault(name, []).append(section)
        return section

    def at(self, name: str, section: Section | None = None) -> str:
        """file:line of the declaration, or of a section."""
        code = getattr(section, "__code__", None)
        return f"flows/{name}.py:{code.co_firstlineno if code else self._line}"

    def read(self, workspace: Path, name: str) -> tuple[Flow | None, list[Mistake]]:
        """The Flow that the engine keys, or the mistakes in its declaration."""
        mistakes = [
            Mistake(self.at(name, second), f"there is a second function for '{section}'.", "Write one a section.")
            for section, found in self._sections.items()
            for second in found[1:]
        ]
        mistakes += [Mistake(self.at(name, section), *words) for section, *words in self._no_sections()]
        unknown = self.document.keys() & {*loaders_own(Flow), *NOT_DECLARED}
        mistakes += [
            Mistake(self.at(name), f"unknown key '{key}'.", _section(key) or suggest(key, keys_at(Flow, (key,))))
            for key in sorted(unknown)
        ]
        if "steps" not in self._sections:
            instead = "Write @flow.steps above a function that keys one item and submits it."
            return None, [*mistakes, Mistake(self.at(name), "no function keys an item.", instead)]
        steps = {
            section: (
                Script(call=found[0], at=f"{self.at(name, found[0])} {getattr(found[0], '__name__', section)}()"),
            )
            for section, found in self._sections.items()
            if callable(found[0])
        }
        declared = {key: value for key, value in self.document.items() if key not in unknown}
        try:
            flow = Flow.model_validate({**declared, **steps})
        except ValidationError as invalid:
            said = sentences(Flow, invalid, lambda loc: f"'{'.'.join(map(str, loc)) or 'flow'}'")
            known = specs(self.document["item"]), specs(self.document.get("lines"))
            key, summed = self.document["key"], str(self.document.get("sum", ""))
            listed = [key] if isinstance(key, str) else key if isinstance(key, (list, tuple)) else []
            listed = [name for name in listed if isinstance(name, str)]
            mistakes += [Mistake(self.at(name), *words) for _, *words in at_odds(*known, tuple(listed), summed)]
            return None, [*mistakes, *(Mistake(self.at(name), s.what, s.instead) for s in said)]
        mistakes += [Mistake(self.at(name), *words) for words in _checks(flow)]
        version = hashlib.sha256((workspace / "flows" / f"{name}.py").read_bytes()).hexdigest()[:12]
        return flow.model_copy(update={"name": name, "version": version}), mistakes

    def _no_sections(self) -> Iterator[tuple[Section, str, str]]:
        """What cannot be called with a Hand, or would do nothing when called."""
        for name, (section, *_) in self._sections.items():
            wrong = f"'{name}' is not a function that takes the hand alone."
            try:
                inspect.signature(section).bind(None)
            except (TypeError, ValueError):
                yield section, wrong, f"Write: @flow.{name}, and below it: def NAME(hand): …"
                continue
            body = inspect.unwrap(section)
            if inspect.isclass(body) or inspect.iscoroutinefunction(body) or inspect.isgeneratorfunction(body):
                yield section, wrong, f"Write a plain function below @flow.{name}, without 'async' and 'yield'."


def _section(key: str) -> str:
    return f"Write @flow.{key} above a function." if key in NOT_DECLARED else ""


def _checks(flow: Flow) -> Iterator[tuple[str, str]]:
    """What is wrong with the templates of the flow's checks."""
    known = {"item": [*flow.item, "lines"]}
    for check in flow.checks:
        yield from problems(check.that, known, True, flow.lines)
        yield from problems(check.say, known, False, flow.lines)


class _Uncached(SourceFileLoader):
    """Leaves no __pycache__ among the user's flows."""

    def set_data(self, path: str, data: object, *, _mode: int = 0o666) -> None:
        """Write nothing."""


def load_script(workspace: Path, name: str) -> PythonFlow:
    """The `flow` of flows/NAME.py. Raises BadInput where the file does not run or declares no flow."""
    path, shown = workspace / "flows" / f"{name}.py", f"flows/{name}.py"
    spec = spec_from_loader("bilagsbot_flow", _Uncached("bilagsbot_flow", str(path)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # the file is a program of the user's own, and may raise anything
        what = f"the file does not run: {_said(error)}."
        raise BadInput([Mistake(f"{shown}:{_line(error, path)}", what, "Correct the Python code.")]) from error
    declared = getattr(module, "flow", None)
    if not isinstance(declared, PythonFlow):
        raise BadInput([Mistake(shown, "the file declares no flow.", "Write: flow = PythonFlow(app=…, item=…, …).")])
    return declared


def _said(error: BaseException) -> str:
    """An error's name and words, on one line, also where its own words fail."""
    last = " ".join(traceback.format_exception_only(error)[-1].split())
    words = last.partition(": ")[2]
    return f"{type(error).__name__}: {words[:200]}".removesuffix(": ").rstrip(".")


def _line(error: BaseException, path: Path) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    line, frame = 1, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == str(path):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
