"""Which program a foreign recording comes from, and its mapping."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from bilagsbot.flow.importing.chrome import Chrome
from bilagsbot.flow.importing.chromesteps import Step
from bilagsbot.flow.importing.codegen import Codegen
from bilagsbot.flow.importing.codegenlines import Line
from bilagsbot.flow.importing.door import AGAIN, AT, HOW, Foreign, NotJson, every, parse_json, read_text
from bilagsbot.flow.importing.outcome import Outcome
from bilagsbot.flow.importing.side import Command, Side
from bilagsbot.model.errors import BadInput, Mistake, suggest

Format = Literal["codegen", "chrome", "side"]
_LISTS: dict[str, Format] = {"steps": "chrome", "tests": "side"}  # which list tells which program
_NAMES: dict[Format, str] = {
    "codegen": "Playwright codegen's JSON lines", "chrome": "JSON of Chrome's Recorder",
    "side": "a Selenium IDE project",
}  # fmt: skip


class Project(Foreign):
    """A Selenium IDE project."""

    url: str | None = ""


class Test(Foreign):
    """A test of a Selenium IDE project."""

    name: str = ""
    commands: tuple[dict[str, object], ...] = ()


def read_foreign(file: Path, wanted: Format | None = None, test: str = "") -> tuple[Format, str, Outcome]:
    """A foreign recording's format, its part's name where it has several, and what became of it.

    Raises BadInput with every mistake.
    """
    shown = str(file)
    mistakes = list[Mistake]()
    found, value = _recognised(read_text(file, shown), shown, mistakes)
    if wanted and found != wanted:
        instead = f"Leave out --format, or write --format {found}."
        mistakes.append(Mistake(shown, f"this is {_NAMES[found]}, not {_NAMES[wanted]}.", instead))
    if test and found != "side":
        mistakes.append(Mistake("--test", f"{_NAMES[found]} holds one recording only.", "Leave it out."))
    out, part = Outcome(file.name), ""
    if found == "codegen":
        lines = every(Line, (one for one in value if "name" in one or "browserName" not in one), shown, 1, mistakes)
        _whole(mistakes)
        Codegen(out).take(lines)
    elif found == "chrome":
        steps = every(Step, value["steps"], shown, 1, mistakes)
        _whole(mistakes)
        Chrome(out).take(steps)
    else:
        projects = every(Project, [value], shown, 1, mistakes)
        tests = every(Test, value["tests"], shown, 1, mistakes)
        chosen = _test(tests, test, shown, mistakes)
        commands = every(Command, chosen.commands, shown, chosen.line, mistakes)
        _whole(mistakes)
        part = chosen.name if len(tests) > 1 else ""
        Side(out, projects[0].url or "").take(commands)
    if not out.actions:
        raise BadInput([Mistake(f"{shown}:1", "nothing in it is done to a program.", "Record the job again.")])
    out.masked()
    return found, part, out


def _whole(mistakes: list[Mistake]) -> None:
    if mistakes:
        raise BadInput(mistakes)


def _recognised(text: str, shown: str, mistakes: list[Mistake]) -> tuple[Format, Any]:
    try:
        value = parse_json(text)
    except NotJson as wrong:
        if not wrong.more:
            raise BadInput([Mistake(f"{shown}:{wrong.line}", wrong.what, HOW)]) from None
        return "codegen", _lines(text, shown, mistakes)
    for key, kind in _LISTS.items():
        if isinstance(value, dict) and isinstance(value.get(key), list):
            return kind, value
    if isinstance(value, dict) and ("browserName" in value or "pageGuid" in value):
        return "codegen", [value]
    raise BadInput([Mistake(f"{shown}:1", "this is no recording of a program that is known here.", HOW)])


def _lines(text: str, shown: str, mistakes: list[Mistake]) -> list[dict[str, object]]:
    """JSON lines; each that is none becomes a mistake. Raises BadInput where they are not codegen's."""
    found = list[dict[str, object]]()
    for number, line in enumerate(text.split("\n"), 1):
        try:
            one = parse_json(line, number) if line.strip() else {"browserName": ""}
        except NotJson as wrong:
            mistakes.append(Mistake(f"{shown}:{wrong.line}", wrong.what, AGAIN))
            continue
        if isinstance(one, dict):
            found.append(one)
        else:
            mistakes.append(Mistake(f"{shown}:{number}", "here an object is expected, {…}.", AGAIN))
    if not any("pageGuid" in one or "pageAlias" in one or one.get("browserName") for one in found):
        raise BadInput([Mistake(f"{shown}:1", "these are not Playwright codegen's lines.", HOW)])
    return found


def _test(tests: list[Test], wanted: str, shown: str, mistakes: list[Mistake]) -> Test:
    """The test to import; an empty one where it is not clear which."""
    names = [test.name for test in tests]
    chosen = [test for test in tests if test.name == wanted] if wanted else tests
    if len(chosen) == 1:
        return chosen[0]
    if not chosen and wanted:
        mistakes.append(Mistake("--test", f"{shown} has no test '{wanted}'.", suggest(wanted, names)))
    elif not tests:
        mistakes.append(Mistake(f"{shown}:1", "it holds no test.", "Record one, and save the project."))
    else:
        mistakes += [
            Mistake(f"{shown}:{one.line}", f"this is one of several tests, '{one.name}'.", _choose(one, names))
            for one in chosen
        ]
    return Test.model_validate({AT: 1})


def _choose(test: Test, names: Iterable[str]) -> str:
    same = list(names).count(test.name) > 1
    return "Give it a name of its own." if same else f"Import this one with --test '{test.name}'."
