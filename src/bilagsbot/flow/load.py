"""Load a flow or a selectors file: YAML in, a model out, every mistake at once as file:line."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bilagsbot.flow.flow import Flow, missing_targets
from bilagsbot.flow.template import problems
from bilagsbot.flow.yamlfile import Path_, YamlFile, read
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.target import Selectors
from bilagsbot.steps import STEPS

SECTIONS = ("start", "steps", "lookup")
COMMON = ("when", "timeout")


def load_selectors(workspace: Path, app: str) -> Selectors:
    """selectors/APP.yaml. Raises BadInput with every mistake in it."""
    file = read(workspace / "selectors" / f"{app}.yaml", f"selectors/{app}.yaml")
    selectors = file.parse(Selectors, file.value)
    if selectors is not None and selectors.app != app:
        file.wrong(("app",), f"the file is named {app}.yaml but says app: {selectors.app}.", f"Write app: {app}.")
    if file.mistakes or selectors is None:
        raise BadInput(file.mistakes)
    return selectors


def load_flow(workspace: Path, name: str) -> tuple[Flow, Selectors]:
    """flows/NAME.yaml or flows/NAME.py, with its selectors. Raises BadInput with every mistake in both."""
    if not (workspace / "flows" / f"{name}.yaml").exists() and (workspace / "flows" / f"{name}.py").exists():
        from bilagsbot.flow.script import load_script

        flow = load_script(workspace, name)
        return flow, _with_selectors(workspace, flow)
    return _Reader(workspace, name).flow()


def _with_selectors(workspace: Path, flow: Flow) -> Selectors:
    selectors = load_selectors(workspace, flow.app)
    if wrong := [
        Mistake(
            f"flows/{flow.name}.py", f"no target '{t}' in selectors/{flow.app}.yaml.", suggest(t, selectors.targets)
        )
        for _, t in missing_targets(flow, selectors)
    ]:
        raise BadInput(wrong)
    return selectors


class _Reader:
    """Reads one flow file and the files that it includes."""

    def __init__(self, workspace: Path, name: str) -> None:
        self.workspace, self.name = workspace, name
        self.main = self._file(name)
        self.files = [self.main]
        self.places: list[tuple[YamlFile, Path_]] = []

    def _file(self, name: str) -> YamlFile:
        return read(self.workspace / "flows" / f"{name}.yaml", f"flows/{name}.yaml")

    def flow(self) -> tuple[Flow, Selectors]:
        value = self.main.value
        if not isinstance(value, dict):
            raise BadInput([Mistake(self.main.at(()), "a flow is a mapping with app, item, key, receipt and steps.")])
        document = {k: v for k, v in value.items() if k not in SECTIONS}
        for section in SECTIONS:
            if value.get(section) is not None:
                document[section] = self._steps(self.main, value[section], (section,), (self.name,))
        flow = self.main.parse(Flow, document)
        selectors, more = self._selectors(value.get("app"))
        if flow is not None:
            flow = flow.model_copy(update={"name": self.name, "version": self._version()})
            self._examine(flow, selectors)
        mistakes = [m for file in self.files for m in file.mistakes] + more
        if mistakes or flow is None or selectors is None:
            raise BadInput(sorted(set(mistakes), key=lambda m: _place(m.where)))
        return flow, selectors

    def _selectors(self, app: object) -> tuple[Selectors | None, list[Mistake]]:
        if not isinstance(app, str):
            return None, []
        try:
            return load_selectors(self.workspace, app), []
        except BadInput as bad:
            return None, list(bad.mistakes)

    def _steps(self, file: YamlFile, value: object, path: Path_, includes: tuple[str, ...]) -> list[object]:
        if not isinstance(value, list):
            file.wrong(path, f"'{path[-1]}' is a list of steps.", "Write each step as '- verb: …'.")
            return []
        steps = (self._step(file, entry, (*path, i), includes) for i, entry in enumerate(value))
        return [step for step in steps if step is not None]

    def _step(self, file: YamlFile, entry: object, path: Path_, includes: tuple[str, ...]) -> object:
        if not isinstance(entry, dict) or not entry:
            file.wrong(path, "a step is written as 'verb: …'.", f"Verbs: {', '.join(STEPS)}.")
            return None
        verbs = [key for key in entry if key in STEPS]
        if len(verbs) != 1:
            self._no_verb(file, entry, path, verbs)
            return None
        verb = verbs[0]
        body = STEPS[verb].long(entry[verb])
        if not isinstance(body, dict):
            file.wrong((*path, verb), f"'{verb}' is not written like this.", _form(verb))
            return None
        step: dict[str, object] = {**body, **{k: v for k, v in entry.items() if k != verb}}
        if verb == "include":
            step["steps"] = self._included(file, str(step.get("file", "")), path, includes)
        elif "steps" in step:
            inner = (*path, "steps") if "steps" in entry else (*path, verb, "steps")
            step["steps"] = self._steps(file, step["steps"], inner, includes)
        self.places.append((file, path))
        return {**step, "step": verb, "at": file.at((*path, verb))}

    def _no_verb(self, file: YamlFile, entry: Mapping[str, object], path: Path_, verbs: list[str]) -> None:
        if verbs:
            file.wrong(path, f"one step holds several verbs: {', '.join(verbs)}.", "Write each as its own '- ' entry.")
            return
        word = next((key for key in entry if key not in COMMON), "")
        file.wrong((*path, word), f"unknown step '{word}'.", suggest(word, STEPS))

    def _included(self, file: YamlFile, name: str, path: Path_, includes: tuple[str, ...]) -> list[object]:
        if name in includes:
            file.wrong((*path, "include"), f"the include goes in a circle: {' -> '.join((*includes, name))}.")
            return []
        try:
            other = self._file(name)
        except BadInput as bad:
            file.mistakes.extend(bad.mistakes)
            file.wrong((*path, "include"), f"flows/{name}.yaml cannot be included.")
            return []
        self.files.append(other)
        return self._steps(other, other.value, (), (*includes, name))

    def _examine(self, flow: Flow, selectors: Selectors | None) -> None:
        names = flow.names()
        for file, path in self.places:
            for place, text in file.texts(path):
                when = place[-1] == "when"
                if not when and "{{" not in text and "{%" not in text:
                    continue
                for wrong in problems(text, {**names, "shows": None} if when else names, expression=when):
                    file.wrong(place, wrong)
        for i, check in enumerate(flow.checks):
            for key, text, expression in (("that", check.that, True), ("say", check.say, False)):
                for wrong in problems(text, names, expression):
                    self.main.wrong(("checks", i, key), wrong)
        if len(flow.submits()) != 1:
            found = len(flow.submits())
            self.main.wrong(("steps",), f"the flow has {found} submit steps.", "Write exactly one '- submit: TARGET'.")
        for field in (f for step in flow.all_steps() for f in _captures(step) if f not in flow.receipt):
            self.main.wrong(("receipt",), f"a step captures '{field}', which 'receipt' has not.", f"Add {field}: text.")
        for step, target in missing_targets(flow, selectors) if selectors else []:
            where = step.at if step else self.main.at(("expired",))
            what = f"no target '{target}' in selectors/{flow.app}.yaml."
            self.main.mistakes.append(Mistake(where, what, suggest(target, selectors.targets if selectors else ())))

    def _version(self) -> str:
        content = b"\0".join(file.path.read_bytes() for file in self.files)
        return hashlib.sha256(content).hexdigest()[:12]


def _captures(step: object) -> list[str]:
    named = getattr(step, "receipt", None)
    if isinstance(named, Mapping):
        return list(named)
    if getattr(step, "step", "") == "capture":
        return list(getattr(step, "fields", ()))
    return [named] if named else []


def _form(verb: str) -> str:
    fields = {"fields": "{target: value}"}
    need = [name for name, f in STEPS[verb].model_fields.items() if f.is_required()]
    return f"Write '{verb}: {fields.get(need[0], need[0].upper()) if need else '…'}'."


def _place(where: str) -> tuple[str, int]:
    name, _, line = where.rpartition(":")
    return (name, int(line)) if line.isdigit() else (where, 0)
