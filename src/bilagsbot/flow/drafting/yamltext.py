"""YAML as the house writes it: short values inline, templates in double quotes, a comment where there is a doubt."""

import re
from collections.abc import Mapping, Sequence

import yaml

from bilagsbot.flow.drafting.lines import Line

CHECK = "# check: "
WIDE = 110  # characters; a longer line is broken up


def scalar(value: object) -> str:
    """One value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and "{{" in value and '"' not in value and "\\" not in value:
        return f'"{value}"'
    text = yaml.safe_dump(value, allow_unicode=True, width=10**9, default_flow_style=True)
    return text.removesuffix("\n").removesuffix("\n...").strip()


def inline(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {inline(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(inline(inner) for inner in value) + "]"
    text = scalar(value)
    if text[:1] in ('"', "'") or not any(mark in text for mark in ',[]{}?:#"\\'):
        return text
    if "'" not in text:
        return f"'{text}'"
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10**9).strip()


def key_text(key: object) -> str:
    """A key: a word such as `on` is itself, where YAML 1.1 has it quoted."""
    text = str(key)
    return text if re.fullmatch(r"[A-Za-z_][\w.]*", text) and text not in ("true", "false", "null") else scalar(key)


def steps(lines: Sequence[Line], indent: str) -> list[str]:
    """A section's steps."""
    return [text for line in lines for text in _step(line, indent)]


def _step(line: Line, indent: str) -> list[str]:
    doubts = [f"{indent}{CHECK}{doubt}" for key, doubt in line.doubts.items() if not key]
    if line.verb == "#":
        return [f"{indent}{CHECK}{line.said}"]
    more = [f"{indent}  when: {line.when}"] if line.when else []
    if line.inner:
        more += [f"{indent}  steps:", *steps(line.inner, f"{indent}    ")]
    if isinstance(line.said, str):
        return [*doubts, f"{indent}- {line.verb}: {inline(line.said)}", *more]
    short = f"{indent}- {line.verb}: {inline(line.said)}"
    if len(line.said) == 1 and len(short) <= WIDE:
        (key,) = line.said
        return [*doubts, _noted(short, line.doubts.get(key, "")), *more]
    if line.verb in ("popup", "find_row", "dialog", "press", "download") and len(short) <= WIDE:
        return [*doubts, short, *more]
    each = [_noted(f"{indent}    {key_text(key)}: {inline(value)}", line.doubts.get(key, ""))
            for key, value in line.said.items()]  # fmt: skip
    return [*doubts, f"{indent}- {line.verb}:", *each, *more]


def _noted(text: str, doubt: str) -> str:
    return f"{text}  {CHECK}{doubt}" if doubt else text
