"""Python flows: flows/NAME.py, for what YAML cannot say. The same Flow, its sections written as functions."""

import hashlib
import importlib.util
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from bilagsbot.flow.flow import Flow
from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.steps.script import Hand, Script

Section = Callable[[Hand], None]


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
        self._declared: dict[str, object] = {"app": app, "item": item, "key": key, "receipt": receipt, **more}

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
        self._declared[name] = (Script(call=section, at=f"{name} {section.__name__}()"),)
        return section

    def flow(self, name: str, version: str) -> Flow:
        """The Flow that the engine keys. Raises pydantic's ValidationError."""
        return Flow.model_validate(self._declared).model_copy(update={"name": name, "version": version})


def load_script(workspace: Path, name: str) -> Flow:
    """The `flow` of flows/NAME.py. Raises BadInput where the file does not run or declares no flow."""
    path, shown = workspace / "flows" / f"{name}.py", f"flows/{name}.py"
    spec = importlib.util.spec_from_file_location(f"bilagsbot_flow_{name.replace('/', '_').replace('-', '_')}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise BadInput([Mistake(f"{shown}:{_line(error, path)}", f"{type(error).__name__}: {error}.")]) from error
    declared = getattr(module, "flow", None)
    if not isinstance(declared, PythonFlow):
        raise BadInput([Mistake(shown, "the file declares no flow.", "Write: flow = PythonFlow(app=…, item=…, …)")])
    try:
        return declared.flow(name, hashlib.sha256(path.read_bytes()).hexdigest()[:12])
    except ValidationError as invalid:
        raise BadInput(
            Mistake(shown, f"{'.'.join(map(str, e['loc'])) or 'flow'}: {e['msg']}.") for e in invalid.errors()
        ) from invalid


def _line(error: BaseException, path: Path) -> int:
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    line, frame = 1, error.__traceback__
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == str(path):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line
