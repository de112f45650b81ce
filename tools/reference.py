"""docs/reference.md: commands, files, field types, steps and templates, from the code that reads them."""

import inspect
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer
from editor_schemas import FIELD_TYPES
from field_words import EXAMPLES, described
from model_tables import model_rows, rows, said, table
from step_forms import COMMON, fields, forms

from bilagsbot.cli.exits import Exit
from bilagsbot.cli.main import COMMANDS, application
from bilagsbot.flow import template
from bilagsbot.flow.flow import Check, Flow, ReceiptField
from bilagsbot.model.target import Anchor, Fingerprint, Selectors, Target
from bilagsbot.model.types import Field as FieldType
from bilagsbot.run.approve import Approve
from bilagsbot.run.bot import Bot, Input, Program
from bilagsbot.run.notify import Notify
from bilagsbot.run.unattended.blackout import Window
from bilagsbot.run.unattended.schedule import Schedule
from bilagsbot.steps import YAML_STEPS
from bilagsbot.steps.base import Step
from bilagsbot.steps.script import Hand

HEAD = """<!-- Made by `uv run python tools/make_docs.py` from the code. Do not edit. -->
# Reference

The [power user's guide](power-user.md) explains how these parts go together.
[docs/schemas](schemas) holds the same as JSON Schemas, for editors.
"""
EXITS = {
    Exit.DONE: "All items are posted, or were already.",
    Exit.SOME_LEFT: "Some items are rejected, failed, unknown, waiting or not handled; "
    "or a check of `doctor` is not well; or `status` names what a person has to see to.",
    Exit.BAD_INPUT: "The files, the workbook or the command line are wrong. Nothing was keyed.",
    Exit.STOPPED: "A person stopped the run, or a person was needed and nobody was there.",
    Exit.UNREACHABLE: "The program cannot be reached or logged in to, its login is in use, or the ledger fails; "
    "or runs are due and no worker is alive.",
}
NAMES = """| name | what it is | where |
|---|---|---|
| `item.FIELD` | a field of the item, typed; an empty cell gives nothing | `steps`, `lookup`, `checks`, targets |
| `item.lines` | the item's lines, each with its fields | `steps`, `lookup`, `checks` |
| `line.FIELD`, `n` | the line at hand and its number, from 1 | within `for_each` |
| `client` | the bot's client | everywhere but `checks` |
| `target.url` | the bot's address of the program | everywhere but `checks` |
| `login.username`, `login.password` | the secret; not read back, not written down | `start`, `steps`, `lookup` |
| `workspace` | the workspace's folder | everywhere but `checks` |
| `shows('TARGET')` | whether the target is on the screen now | `when` |
"""
NOUNS = {"url": "ADDRESS", "key": "KEY", "message": "MESSAGE", "file": "FILE", "over": "line", "answer": "accept"}


def reference(root: Path) -> str:
    """The whole page."""
    samples = sorted((root / "src/bilagsbot/starter/flows").rglob("*.yaml")) + sorted((root / "flows").rglob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in samples]
    parts = [HEAD, *_commands(), *_files(), *_types(), "## Steps\n", _common(), *(_step(s, texts) for s in YAML_STEPS)]
    return "\n".join([*parts, *_templates(), *_hand()]).rstrip() + "\n"


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    for name, text in COMMANDS.items():
        group: Any = typer.main.get_command(application([name]))
        words = group.commands[name].params
        given = [_argument(word) for word in words if word.param_type_name == "argument"]
        yield f"### `{' '.join(['bilagsbot', name, *given])}`\n\n{text}\n"
        yield table(["word", "default", "meaning"], [[f"`{_word(w)}`", _default(w), w.help] for w in words])
    yield "### Exit codes\n"
    yield table(["code", "meaning"], [[str(code.value), text] for code, text in EXITS.items()])


def _word(word: Any) -> str:
    if word.param_type_name == "argument":
        return _argument(word)
    return ", ".join(reversed(word.opts)) + ("" if word.is_flag else " VALUE")


def _argument(word: Any) -> str:
    name = word.metavar or word.name.upper()
    return name if word.required else f"[{name}]"


def _default(word: Any) -> str:
    return f"`{word.default}`" if word.default not in (None, "", False, ()) and not word.required else ""


def _files() -> Iterator[str]:
    yield "## Bot file: `bots/NAME.yaml`\n"
    yield model_rows(Bot)
    yield from (
        f"### `{name}`\n\n{said(model)}\n\n{model_rows(model)}"
        for name, model in (
            ("target", Program),
            ("input", Input),
            ("approve", Approve),
            ("schedule", Schedule),
            ("notify", Notify),
        )
    )
    yield f"### An entry of `blackout`\n\n{said(Window)}\n\n{model_rows(Window)}"
    yield "## Flow file: `flows/NAME.yaml`\n\nA file with a list of steps alone is for `include`.\n"
    yield model_rows(Flow)
    yield f"### An entry of `checks`\n\n{said(Check)}\n\n{model_rows(Check)}"
    yield (
        f"### A field of `receipt`\n\n{said(ReceiptField)} Its type and `label` stand in one mapping: "
        f"`{{type: integer, label: Bilagsnr}}`. A type's name alone is the short form.\n\n{model_rows(ReceiptField)}"
    )
    yield "## Selectors file: `selectors/APP.yaml`\n"
    yield model_rows(Selectors)
    for name, model in (
        ("A target", Target),
        ("An anchor: an entry of `find`", Anchor),
        ("A fingerprint: `is`", Fingerprint),
    ):
        yield f"### {name}\n\n{said(model)}\n\n{model_rows(model)}"


def _types() -> Iterator[str]:
    yield "## Field types\n\nThe short form of a type is its name: `supplier: text`. Every type has these options:\n"
    common = list(FieldType.model_fields)
    yield rows(FieldType, FieldType.model_fields)
    for model in FIELD_TYPES:
        own = {n: f for n, f in model.model_fields.items() if n not in (*common, "type")}
        advice = getattr(model, "advice", "")
        yield f"### `{model.model_fields['type'].default}`\n\n{said(model)}\n\nThe advice to the operator: {advice}\n"
        if own:
            yield rows(model, own)


def _common() -> str:
    shared = {name: field for name, field in Step.model_fields.items() if name in COMMON}
    return f"A step is one verb. These keys may stand in any step, beside its verb:\n\n{rows(Step, shared)}"


def _step(step: type[Step], samples: Iterable[str]) -> str:
    own = {name: field for name, field in fields(step).items() if name not in COMMON}
    form = forms(step)
    short = []
    if form.text:
        short.append("TARGET" if form.key else NOUNS.get(form.text, "TARGET"))
    if form.mapping:
        short.append(f"{{{re.split('[.;]', described(step, 'fields', own['fields']))[0].lower()}, …}}")
    written = " or ".join(f"`- {step.verb}: {one}`" for one in short) or "none"
    example = EXAMPLES.get(step.verb) or _first(step.verb, samples)
    return (
        f"### `{step.verb}`\n\n{said(step)}\n\nShort form: {written}. Keys of the long form:\n\n"
        f"{rows(step, own, form.given)}\n"
        f"```yaml\n{example}\n```\n"
    )


def _first(verb: str, samples: Iterable[str]) -> str:
    """The first step of this kind in the sample flows, without its place and comments. Raises LookupError."""
    for text in samples:
        lines = [re.sub(r"\s+# .*", "", line) for line in text.splitlines()]
        for start, line in enumerate(lines):
            if re.match(rf" *- {verb}:", line):
                depth = len(line) - len(line.lstrip())
                rest = lines[start + 1 :]
                end = next((i for i, one in enumerate(rest) if len(one) - len(one.lstrip()) <= depth), len(rest))
                return "\n".join(one[depth:] for one in [line, *rest[:end]])
    raise LookupError(f"No sample flow has the step '{verb}': give an example in tools/field_words.py.")


def _templates() -> Iterator[str]:
    yield (
        "## Templates\n\nTexts in steps and targets may hold `{{ … }}`: Jinja2's sandbox with all its filters and "
        "tests. An unknown name is an error. `when` and `that` are expressions without braces.\n"
    )
    yield NAMES
    yield "Our own filters:\n"
    filters = [f for f in template.Sandbox().filters.values() if getattr(f, "__module__", "") == template.__name__]
    yield table(["filter", "gives"], [[f"`{f.__name__}{_arguments(f, 1)}`", inspect.getdoc(f) or ""] for f in filters])


def _hand() -> Iterator[str]:
    yield "## Python flows: the verbs of `hand`\n"
    verbs = [(name, verb) for name, verb in vars(Hand).items() if callable(verb) and not name.startswith("_")]
    called = [[f"`hand.{name}{_arguments(verb, 1)}`", inspect.getdoc(verb) or ""] for name, verb in verbs]
    shown = [[f"`hand.{name}`", inspect.getdoc(p) or ""] for name, p in vars(Hand).items() if isinstance(p, property)]
    yield table(["verb", "does"], [*called, *shown])


def _arguments(function: Any, skipped: int) -> str:
    """Names and defaults of a function's parameters, without the first ones."""
    found = list(inspect.signature(function).parameters.values())[skipped:]
    names = [p.name if p.default is p.empty else f"{p.name}={p.default!r}" for p in found]
    return f"({', '.join(names)})"
