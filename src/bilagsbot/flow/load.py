"""Load a flow or a selectors file: YAML in, a model out, every mistake at once as file:line."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bilagsbot.flow.driverwords import no_pictures, of_another_driver
from bilagsbot.flow.examine import Parts, examine
from bilagsbot.flow.flow import Flow, Specs, specs
from bilagsbot.flow.folders import flow_names, is_written, selector_names, wrong_name
from bilagsbot.flow.script import PythonFlow, load_script
from bilagsbot.flow.stepreader import StepReader
from bilagsbot.flow.templatecheck import ANYWHERE, is_template, problems
from bilagsbot.flow.yamlfile import YamlFile, read
from bilagsbot.model.errors import BadInput, Mistake, suggest
from bilagsbot.model.target import Selectors

SECTIONS = ("start", "steps", "lookup")


@dataclass(frozen=True)
class Loaded:
    """What loading gave: the flow and its selectors where they are right, the fields' names in any case."""

    flow: Flow | None = None
    selectors: Selectors | None = None
    mistakes: tuple[Mistake, ...] = ()
    item: Specs = field(default_factory=dict)
    lines: Specs = field(default_factory=dict)


def load_selectors(workspace: Path, app: str) -> Selectors:
    """selectors/APP.yaml. Raises BadInput with every mistake in it."""
    file = read(workspace / "selectors" / f"{app}.yaml", f"selectors/{app}.yaml")
    selectors = _selectors(file, app)
    if file.mistakes or selectors is None:
        raise BadInput(sorted_mistakes(file.mistakes))
    return selectors


def load_flow(workspace: Path, name: str) -> tuple[Flow, Selectors]:
    """flows/NAME.yaml or flows/NAME.py, with its selectors. Raises BadInput with every mistake in both."""
    loaded = read_flow(workspace, name)
    if loaded.mistakes or loaded.flow is None or loaded.selectors is None:
        raise BadInput(loaded.mistakes)
    return loaded.flow, loaded.selectors


def no_flow(workspace: Path, name: str) -> tuple[str, str] | None:
    """Why no flow has this name and what to write instead, or None where there is one."""
    written = [e for e in ("yaml", "py") if not wrong_name(name) and is_written(workspace / "flows", f"{name}.{e}")]
    if len(written) == 2:
        return f"there are both flows/{name}.yaml and flows/{name}.py.", "Remove or rename one of them."
    return None if written else (f"there is no flow '{name}' in flows/.", suggest(name, flow_names(workspace)))


def read_flow(workspace: Path, name: str) -> Loaded:
    """A flow with its selectors, and every mistake in both."""
    if missing := no_flow(workspace, name):
        return Loaded(mistakes=(Mistake(f"flows/{name}", *missing),))
    try:
        if is_written(workspace / "flows", f"{name}.py"):
            return _read_python(workspace, load_script(workspace, name), name)
        return _read_yaml(workspace, read(workspace / "flows" / f"{name}.yaml", f"flows/{name}.yaml"), name)
    except BadInput as bad:
        return Loaded(mistakes=bad.mistakes)


def read_part(workspace: Path, name: str) -> tuple[Mistake, ...] | None:
    """What is wrong with a list of steps that flows include, by itself; None for a file that is no such list."""
    try:
        file = read(workspace / "flows" / f"{name}.yaml", f"flows/{name}.yaml")
    except BadInput:
        return None
    if not isinstance(file.value, list):
        return None
    reader = StepReader(workspace, name, file)
    reader.part()
    return sorted_mistakes(mistake for read_file in reader.files for mistake in read_file.mistakes)


def sorted_mistakes(mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Each mistake once, by file and line."""
    return tuple(sorted(set(mistakes), key=lambda m: (*_place(m.where), m.what)))


def _read_yaml(workspace: Path, main: YamlFile, name: str) -> Loaded:
    value = main.value
    if not isinstance(value, dict):
        what = "a flow is a mapping with app, item, key, receipt and steps"
        more = "; this is a list of steps, which flows can include." if isinstance(value, list) else "."
        raise BadInput([Mistake(main.at(()), what + more, "Write 'app: …', 'item: …' and so on, each on its line.")])
    reader = StepReader(workspace, name, main)
    sections = {section: reader.section(section) for section in SECTIONS if value.get(section) is not None}
    flow = main.parse(Flow, {**value, **sections})
    selectors, targets, more_mistakes = _find_selectors(workspace, main)
    item, lines = specs(value.get("item")), specs(value.get("lines"))
    driver = selectors.driver if selectors else "web"
    examine(reader, Parts(value, item, lines, str(value.get("app")), targets, driver))
    mistakes = sorted_mistakes([*(m for file in reader.files for m in file.mistakes), *more_mistakes])
    if flow is not None:
        content = b"\0".join(file.path.read_bytes() for file in reader.files)
        flow = flow.model_copy(update={"name": name, "version": hashlib.sha256(content).hexdigest()[:12]})
    return Loaded(flow, selectors, mistakes, item, lines)


def _find_selectors(
    workspace: Path, main: YamlFile
) -> tuple[Selectors | None, Mapping[str, list[str]] | None, list[Mistake]]:
    """The selectors a flow names; the names and templates of its targets also where it has mistakes."""
    app = main.value.get("app") if isinstance(main.value, dict) else None
    if not isinstance(app, str):
        return None, None, []
    if wrong_name(app) or not is_written(workspace / "selectors", f"{app}.yaml"):
        main.wrong(("app",), f"there is no selectors/{app}.yaml.", suggest(app, selector_names(workspace)))
        return None, None, []
    try:
        file = read(workspace / "selectors" / f"{app}.yaml", f"selectors/{app}.yaml")
    except BadInput as bad:
        return None, None, list(bad.mistakes)
    selectors = _selectors(file, app)
    raw = file.value.get("targets") if isinstance(file.value, dict) else None
    if not isinstance(raw, dict):
        return selectors, None, file.mistakes
    templates = {name: [text for _, text in file.texts(("targets", name)) if _sound(text)] for name in raw}
    return selectors, templates, file.mistakes


def _sound(text: str) -> bool:
    """Whether this is a template that could be right in some flow."""
    return is_template(text) and not any(problems(text, ANYWHERE))


def _selectors(file: YamlFile, app: str) -> Selectors | None:
    selectors = file.parse(Selectors, file.value)
    value = file.value if isinstance(file.value, dict) else {}
    if isinstance(value.get("app"), str) and value["app"] != app:
        file.wrong(("app",), f"the file is named {app}.yaml but says app: {value['app']}.", f"Write app: {app}.")
    raw = value.get("targets")
    for name, target in raw.items() if isinstance(raw, dict) else []:
        if isinstance(target, dict) and "name" in target:
            what = "unknown key 'name'."
            instead = "The key above is the target's name; a field's own name goes into find: {name: …}."
            file.wrong(("targets", name, "name"), what, instead)
        if isinstance(target, dict) and target.get("reloads") in ("yes", "no", "on", "off"):
            what = f"'reloads' would wait for a frame called '{target['reloads']}'."
            file.wrong(("targets", name, "reloads"), what, "Write true or false, or the frame's name.")
    for path, *words in of_another_driver(selectors, raw) if selectors and isinstance(raw, dict) else ():
        file.wrong(path, *words)
    for path, *words in no_pictures(selectors, file.path.with_suffix("")) if selectors else ():
        file.wrong(path, *words)
    for path, text in file.texts(("targets",)) if isinstance(raw, dict) else ():
        for wrong in problems(text, ANYWHERE) if is_template(text) else ():
            file.wrong(path, *wrong)
    return selectors


def _read_python(workspace: Path, declared: PythonFlow, name: str) -> Loaded:
    flow, mistakes = declared.read(workspace, name)
    raw = declared.document
    item, lines = specs(raw.get("item")), specs(raw.get("lines"))
    app, selectors = raw.get("app"), None
    if isinstance(app, str) and (wrong_name(app) or app not in selector_names(workspace)):
        what = f"there is no selectors/{app}.yaml."
        mistakes.append(Mistake(declared.at(name), what, suggest(app, selector_names(workspace))))
    elif isinstance(app, str):
        try:
            selectors = load_selectors(workspace, app)
        except BadInput as bad:
            mistakes += bad.mistakes
    if selectors and flow and flow.expired and flow.expired not in selectors.targets:
        what = f"no target '{flow.expired}' in selectors/{app}.yaml."
        mistakes.append(Mistake(declared.at(name), what, suggest(flow.expired, selectors.targets)))
    return Loaded(flow, selectors, sorted_mistakes(mistakes), item, lines)


def _place(where: str) -> tuple[str, int]:
    name, _, line = where.rpartition(":")
    return (name, int(line)) if line.isdigit() else (where, 0)
