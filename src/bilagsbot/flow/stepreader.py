"""Reads the steps of a flow file and of the files that it includes, each step at its own line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bilagsbot.flow.folders import flow_names, is_written, wrong_name
from bilagsbot.flow.yamlfile import YamlFile, read
from bilagsbot.flow.yamlnodes import Path_
from bilagsbot.model.errors import BadInput, suggest
from bilagsbot.steps import STEPS
from bilagsbot.steps.base import Step
from bilagsbot.steps.open import Open

COMMON = ("when", "timeout")
MAX_STEPS, MAX_DEPTH = 2_000, 30  # a flow has some dozens; files that include each other twice make millions
# Stands where a step has mistakes, so that the rest of the flow is checked; such a flow is never used.
STAND_IN = Open(url="")
_NOUNS = {
    "fields": "{TARGET: value}", "on": "TARGET", "shows": "TARGET", "target": "TARGET", "opener": "TARGET",
    "table": "TARGET", "where": "{HEADER: text}", "file": "NAME", "url": "ADDRESS", "key": "KEY", "over": "line",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One step where it is written. `step` is None where it has mistakes of its own."""

    file: YamlFile
    path: Path_
    verb: str
    step: Step | None
    section: str
    looped: bool

    def texts(self) -> Iterator[tuple[Path_, str]]:
        """Every text of the step with its path, without those of the steps within."""
        own = len(self.path)
        return ((path, text) for path, text in self.file.texts(self.path) if "steps" not in path[own : own + 2])

    def named(self, word: str) -> Path_:
        """The path at which the step names a target or a field."""
        values = (path for path, text in self.texts() if text == word)
        return next(values, (*self.path, self.verb, "fields", "receipt", word))


@dataclass(frozen=True)
class _Where:
    section: str
    includes: tuple[str, ...]
    looped: bool = False
    depth: int = 0


@dataclass
class StepReader:
    """Gathers the files read and the places of all steps."""

    workspace: Path
    name: str
    main: YamlFile
    files: list[YamlFile] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    full: bool = False

    def __post_init__(self) -> None:
        self.files.append(self.main)

    @property
    def sound(self) -> bool:
        """Whether every step could be read, so that what no step does is known."""
        return not self.full and all(place.step is not None for place in self.places)

    def section(self, name: str) -> list[Step]:
        """The steps of one section of the flow file."""
        assert isinstance(self.main.value, dict)
        return self._steps(self.main, self.main.value[name], (name,), _Where(name, (self.name,)))

    def part(self) -> list[Step]:
        """The steps of a file that is nothing but steps."""
        return self._steps(self.main, self.main.value, (), _Where("steps", (self.name,)))

    def _steps(self, file: YamlFile, value: object, path: Path_, where: _Where) -> list[Step]:
        if not isinstance(value, list):
            name = f"'{path[-1]}'" if path else f"{file.shown}, which is included,"
            file.wrong(path, f"{name} is a list of steps.", "Write each step as '- verb: …'.")
            return [STAND_IN]
        if where.depth > MAX_DEPTH:
            what = f"the steps stand more than {MAX_DEPTH} deep in steps and includes."
            file.wrong(path, what, "Write fewer steps within steps.")
            return [STAND_IN]
        return [
            self._step(file, entry, (*path, i), where) if self._more(file, path) else STAND_IN
            for i, entry in enumerate(value)
        ]

    def _more(self, file: YamlFile, path: Path_) -> bool:
        """Whether a flow may hold one more step; tells it once where not."""
        if len(self.places) >= MAX_STEPS and not self.full:
            self.full = True
            what = f"with all that it includes the flow has more than {MAX_STEPS} steps."
            file.wrong(path, what, "Include each file fewer times.")
        return not self.full

    def _step(self, file: YamlFile, entry: object, path: Path_, where: _Where) -> Step:
        known = len(self.places)
        verb = self._verb(file, entry, path)
        step = self._read(file, entry, verb, path, where) if verb and isinstance(entry, dict) else None
        self.places.insert(known, Place(file, path, verb, step, where.section, where.looped))
        return step or STAND_IN

    def _verb(self, file: YamlFile, entry: object, path: Path_) -> str:
        if not isinstance(entry, dict) or not entry:
            file.wrong(path, "a step is written as 'verb: …'.", f"Verbs: {', '.join(STEPS)}.")
            return ""
        verbs = [key for key in entry if key in STEPS]
        if len(verbs) > 1:
            what = f"one step holds several verbs: {', '.join(verbs)}."
            file.wrong((*path, verbs[1]), what, "Write each as its own '- ' entry.")
        elif not verbs:
            word = next((key for key in entry if key not in (*COMMON, "steps")), next(iter(entry)))
            file.wrong((*path, word), f"unknown step '{word}'.", suggest(word, STEPS))
        return verbs[0] if len(verbs) == 1 else ""

    def _read(self, file: YamlFile, entry: dict[str, object], verb: str, path: Path_, where: _Where) -> Step | None:
        body, at = STEPS[verb].long(entry[verb]), (*path, verb)
        if not isinstance(body, dict):
            file.wrong(at, f"'{verb}' is not written like this.", _form(verb))
            return None
        beside = {key: value for key, value in entry.items() if key != verb}
        values: dict[str, object] = {**body, **beside}
        inside = self._within(file, verb, values, (*path, "steps") if "steps" in beside else (*at, "steps"), where)
        before = len(file.mistakes)
        for key in body.keys() & beside.keys():
            file.wrong((*path, key), f"'{key}' stands both in '{verb}' and beside it.", "Remove one of them.")
        for key in ("step", *(("steps",) if verb == "include" else ())):  # the model's, not the file's
            if values.pop(key, None) is not None:
                file.wrong((*at, key), f"unknown key '{key}'.", f"Remove it from '{verb}'.")
        step = file.parse(STEPS[verb], {**values, **inside}, at)
        if step is None or len(file.mistakes) > before:
            return None
        return step.model_copy(update={"at": file.at(at)})

    def _within(
        self, file: YamlFile, verb: str, values: Mapping[str, object], path: Path_, where: _Where
    ) -> dict[str, list[Step]]:
        """The steps within a step."""
        if verb == "include":
            return {"steps": self._included(file, values.get("file"), path[:-1], where)}
        if "steps" not in values:
            return {}
        inside = _Where(where.section, where.includes, where.looped or verb == "for_each", where.depth + 1)
        return {"steps": self._steps(file, values["steps"], path, inside)}

    def _included(self, file: YamlFile, name: object, at: Path_, where: _Where) -> list[Step]:
        if not isinstance(name, str):
            return []  # the model says what it has to be
        if name in where.includes:
            circle = " -> ".join((*where.includes, name))
            file.wrong(at, f"the include goes in a circle: {circle}.", "Remove one of these includes.")
            return []
        path = self.workspace / "flows" / f"{name}.yaml"
        if wrong_name(name) or not is_written(self.workspace / "flows", f"{name}.yaml"):
            names = flow_names(self.workspace, ("yaml",))
            file.wrong(at, f"there is no flows/{name}.yaml to include.", suggest(name, names))
            return []
        try:
            other = read(path, f"flows/{name}.yaml")
        except BadInput as bad:
            file.mistakes.extend(bad.mistakes)
            return []
        self.files.append(other)
        inside = _Where(where.section, (*where.includes, name), where.looped, where.depth + 1)
        return self._steps(other, other.value, (), inside)


def _form(verb: str) -> str:
    need: Mapping[str, str] = {
        f.alias or name: _NOUNS.get(name, "…")
        for name, f in STEPS[verb].model_fields.items()
        if f.is_required() and name != "steps"
    }
    if len(need) == 1:
        return f"Write '- {verb}: {next(iter(need.values()))}'."
    return f"Write '- {verb}: {{{', '.join(f'{key}: {noun}' for key, noun in need.items())}}}'."
