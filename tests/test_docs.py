"""docs/: the generated files are current, the schemas take what people write, commands and links are right."""

import json
import operator
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bilagsbot.cli.main import COMMANDS
from bilagsbot.flow.yamlfile import read
from bilagsbot.model.receipt import Receipt, State

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "docs" / "schemas"
STARTER = ROOT / "src" / "bilagsbot" / "starter"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAMPLES = [
    (kind, path)
    for kind, folder in (("bot", "bots"), ("flow", "flows"), ("selectors", "selectors"))
    for where in (ROOT, STARTER)
    for path in sorted((where / folder).rglob("*.yaml"))
]
EXAMPLES = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "reference.md").read_text(encoding="utf-8"), re.S)
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "integer": (int,), "number": (int, float),
    "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
LIMITS = {"minimum": operator.ge, "maximum": operator.le, "exclusiveMinimum": operator.gt}
OF_MAPPINGS = {"properties", "additionalProperties", "required", "dependencies", "minProperties"}
OF_LISTS = {"items", "prefixItems", "minItems", "maxItems"}
OF_OTHERS = {*OF_MAPPINGS, *OF_LISTS, "pattern", "minLength"}
SAID_ONLY = {"$schema", "$defs", "title", "description", "default", "format"}


class Schema:
    """As much of JSON Schema as our schemas use; a word that it does not know fails the test."""

    def __init__(self, root: dict[str, Any]) -> None:
        self.root = root

    def wrong(self, value: object, schema: Any = None, at: str = "") -> list[str]:
        """The mistakes in a value."""
        schema = self.root if schema is None else schema
        if schema is False:
            return [f"{at} must not be there"]
        return [f"{at} {said}" for word, rule in schema.items() for said in self._word(word, rule, value, schema, at)]

    def _word(self, word: str, rule: Any, value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
        if word in SAID_ONLY:
            return
        elif word == "$ref":
            yield from self.wrong(value, self.root["$defs"][rule.removeprefix("#/$defs/")], at)
        elif word in ("anyOf", "oneOf", "allOf"):
            fits = [not self.wrong(value, one, at) for one in rule]
            if not {"anyOf": any(fits), "oneOf": sum(fits) == 1, "allOf": all(fits)}[word]:
                yield f"fits not {word} of {len(rule)}"
        elif word in ("enum", "const", "type"):
            yield from self._kind(word, rule, value)
        elif word in OF_MAPPINGS and isinstance(value, dict):
            yield from self._mapping(word, rule, value, schema, at)
        elif word in OF_LISTS and isinstance(value, list):
            yield from self._list(word, rule, value, at)
        elif word == "pattern" and isinstance(value, str) and not re.search(rule, value):
            yield f"does not fit {rule}"
        elif word == "minLength" and isinstance(value, str) and len(value) < rule:
            yield "is too short"
        elif word in LIMITS and isinstance(value, (int, float)) and not LIMITS[word](value, rule):
            yield f"is beyond {rule}"
        elif word not in {*LIMITS, *OF_OTHERS}:
            raise AssertionError(f"{at}: {word}")

    def _kind(self, word: str, rule: Any, value: object) -> Iterator[str]:
        if word == "type":
            kinds = [TYPES[name] for name in (rule if isinstance(rule, list) else [rule])]
            if not any(isinstance(value, kind) and (bool in kind) == isinstance(value, bool) for kind in kinds):
                yield f"is no {rule}"
        elif not any(value == one and type(value) is type(one) for one in (rule if word == "enum" else [rule])):
            yield f"is none of {rule}"

    def _mapping(self, word: str, rule: Any, value: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
        known = schema.get("properties", {})
        if word == "properties":
            for key in known.keys() & value.keys():
                yield from self.wrong(value[key], known[key], f"{at}.{key}")
        elif word == "additionalProperties":
            for key in value.keys() - known.keys():
                yield from self.wrong(value[key], rule, f"{at}.{key}")
        elif word == "required":
            yield from (f"lacks {key}" for key in rule if key not in value)
        elif word == "dependencies":
            yield from (f"lacks {other}" for key in rule.keys() & value.keys() for other in set(rule[key]) - set(value))
        elif word == "minProperties" and len(value) < rule:
            yield "is empty"

    def _list(self, word: str, rule: Any, value: list[Any], at: str) -> Iterator[str]:
        if word == "items":
            for i, one in enumerate(value):
                yield from self.wrong(one, rule, f"{at}[{i}]")
        elif word == "prefixItems":
            for i, (one, its) in enumerate(zip(value, rule, strict=False)):
                yield from self.wrong(one, its, f"{at}[{i}]")
        elif word == "minItems" and len(value) < rule:
            yield "has too few"
        elif word == "maxItems" and len(value) > rule:
            yield "has too many"


def schema(kind: str) -> Schema:
    """A schema of docs/schemas."""
    return Schema(json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8")))


def steps(text: str, folder: Path) -> object:
    """YAML as the loader reads it."""
    file = folder / "steps.yaml"
    file.write_text(text, encoding="utf-8")
    return read(file, file.name).value


def test_the_generated_files_are_current() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/make_docs.py", "--check"], capture_output=True, text=True)

    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize(("kind", "path"), SAMPLES, ids=[path.relative_to(ROOT).as_posix() for _, path in SAMPLES])
def test_samples_fit_their_schema(kind: str, path: Path) -> None:
    assert schema(kind).wrong(read(path, path.name).value) == []


@pytest.mark.parametrize(
    "text",
    [
        "- click: {on: x.y, timeout: 3}",
        "- click: x.y\n  timeout: 3\n  when: item.kid",
        "- fill: {fields: {x.y: a}, when: item.kid}",
        "- check: x.y",
        "- check: {x.y: false}",
        "- dialog: accept",
        "- dialog: {says: Bokføre}",
        "- capture: {no: x.y, matching: '[0-9]+'}",
        "- capture: {no: x.y}\n  matching: '[0-9]+'",
        "- find_row: {in: x.y, where: {Navn: a}}\n  click: Navn",
        "- for_each: line\n  steps: [{click: x.y}]",
        "- for_each: {over: line, steps: [{click: x.y}]}",
        "- popup: {opener: x.y, closes: no, steps: [{click: x.y}]}",
        "- wait_for: x.y\n  gone: true",
    ],
)
def test_short_and_long_forms_fit(text: str, tmp_path: Path) -> None:
    assert schema("flow").wrong(steps(text, tmp_path)) == []


@pytest.mark.parametrize(
    ("notify", "fits"),
    [
        ("office", True),
        ("[office, it]", True),
        ("{to: office, when: [person, drift], figures: true, language: en}", True),
        ("{to: [office], when: person}", True),
        ("[]", False),
        ("{when: [person]}", False),
        ("{to: office, when: [often]}", False),
    ],
)
def test_whom_a_bot_tells_fits(notify: str, fits: bool, tmp_path: Path) -> None:
    text = (STARTER / "bots/practice-invoices.yaml").read_text(encoding="utf-8")

    assert (schema("bot").wrong(steps(f"{text}\nnotify: {notify}\n", tmp_path)) == []) == fits


@pytest.mark.parametrize(
    "text",
    [
        "- clik: x.y",
        "- click: x.y\n  color: red",
        "- click: {on: x.y, color: red}",
        "- click: {timeout: 3}",
        "- click: [x.y]",
        "- click: x.y\n  press: F5",
        "- fill: x.y",
        "- fill: {}",
        "- fill: {x.y: 5}",
        "- dialog: perhaps",
        "- find_row: {in: x.y}",
        "- for_each: line",
        "- for_each: line\n  steps: [{clik: x.y}]",
        "- click: x.y\n  timeout: 0",
        "- script: x.y",
    ],
)
def test_wrong_steps_do_not_fit(text: str, tmp_path: Path) -> None:
    assert schema("flow").wrong(steps(text, tmp_path)) != []


@pytest.mark.parametrize(
    ("kind", "name", "old", "new"),
    [
        ("bot", "bots/practice-invoices.yaml", "client:", "customer:"),
        ("bot", "bots/practice-invoices.yaml", "settle: 5", "settle: -5"),
        ("bot", "bots/practice-invoices.yaml", "  sheet:", "  sheeet:"),
        ("flow", "flows/practice/journal.yaml", "type: amount", "type: money"),
        ("flow", "flows/practice/journal.yaml", "max_length: 30", "max_lenght: 30"),
        ("flow", "flows/practice/journal.yaml", "label: Bilagsnr", "lable: Bilagsnr"),
        ("flow", "flows/practice/journal.yaml", "key: [reference]\n", ""),
        ("selectors", "selectors/practice.yaml", "frame: top", "frmae: top"),
        ("selectors", "selectors/practice.yaml", "as: date", "as: dato"),
        ("selectors", "selectors/practice.yaml", "{role: button, named: Bokfør}", "{named: Bokfør}"),
        ("selectors", "selectors/practice.yaml", "{name: bruker}", "{name: bruker, cell: Bruker}"),
    ],
)
def test_a_sample_with_one_mistake_does_not_fit(kind: str, name: str, old: str, new: str, tmp_path: Path) -> None:
    text = (STARTER / name).read_text(encoding="utf-8")
    assert old in text

    assert schema(kind).wrong(steps(text.replace(old, new), tmp_path)) != []


def test_a_receipt_fits_its_schema() -> None:
    receipt = Receipt(
        run="r", bot="b", client="c", item="i", key={}, source="s", rows=(2,), status=State.POSTED, sum="12.50",
        at="2026-11-22T12:00:00Z",
    )  # fmt: skip
    line = json.loads(receipt.model_dump_json())

    assert schema("receipt").wrong(line) == []
    assert schema("receipt").wrong({**line, "status": "perhaps"}) != []


@pytest.mark.parametrize(
    "text", re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/reference.md").read_text("utf-8"), re.S)
)
def test_examples_of_the_reference_fit(text: str, tmp_path: Path) -> None:
    assert schema("flow").wrong(steps(text, tmp_path)) == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained_by_hand_too(command: str) -> None:
    guides = [page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md") if page.name != "reference.md"]

    assert any(f"bilagsbot {command}" in guide for guide in guides)


@pytest.mark.parametrize("page", PAGES, ids=[page.relative_to(ROOT).as_posix() for page in PAGES])
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        name, _, heading = link.partition("#")
        if "://" in name or name.startswith("mailto:"):
            continue
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        if heading:
            assert heading in anchors(target.read_text(encoding="utf-8")), link


def anchors(text: str) -> set[str]:
    """The names that a page's headings get."""
    headings = re.findall(r"^#+ (.*)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
