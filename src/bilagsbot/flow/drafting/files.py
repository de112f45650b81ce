"""The files of a draft: flows/NAME.yaml and selectors/APP.yaml as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from bilagsbot.flow.drafting.columns import Column
from bilagsbot.flow.drafting.lines import Line
from bilagsbot.flow.drafting.receipts import Receipts
from bilagsbot.flow.drafting.targets import Drafted
from bilagsbot.flow.drafting.yamltext import CHECK, WIDE, inline, scalar, steps
from bilagsbot.flow.yamlnodes import compose
from bilagsbot.model.recording import FramePath
from bilagsbot.model.target import TOP, Anchor, Target

SEEN_ONLY = "the program told of nothing what it is: does it so at your place too?"


@dataclass
class Parts:
    """What a flow is made of. `doubts` are by the part's name."""

    name: str
    app: str
    recording: str
    item: Sequence[Column]
    key: Sequence[str]
    receipts: Receipts
    sections: Mapping[str, Sequence[Line]]
    unused: Sequence[str] = ()
    doubts: dict[str, str] = field(default_factory=dict)


def flow_text(parts: Parts) -> str:
    """The flow."""
    text = [f"# Drafted from recordings/{parts.recording}. Look at each '# check:', then run 'bilagsbot rehearse'.",
            f"app: {parts.app}", "item:"]  # fmt: skip
    text += [f"  {column.name}: {_spec(column.spec)}" for column in parts.item]
    text += [f"  {CHECK}{header} was not keyed: was the right value there already?" for header in parts.unused]
    if not parts.item:
        text += [f"  reference: text  {CHECK}which columns are keyed? Draft with --sample, or write them here"]
    text.append(_checked(f"key: {inline(list(parts.key) or ['reference'])}", parts.doubts.get("key", "")))
    amounts = [column.name for column in parts.item if column.type == "amount"]
    if len(amounts) > 1:
        text.append(f"sum: {amounts[0]}  {CHECK}which amount counts in the proof?")
    text.append("receipt:")
    text += [f"  {name}: {_receipt(parts.receipts, name)}" for name in parts.receipts.labels]
    if not parts.receipts.labels:
        text.append(f"  reference: text  {CHECK}what does the program give back? Nothing was pointed at")
    for section in ("start", "steps", "lookup"):
        if doubt := parts.doubts.get(section, ""):
            text.append(f"{CHECK}{doubt}")
        if lines := parts.sections.get(section):
            text += [f"{section}:", *steps(lines, "  ")]
    return "\n".join(text) + "\n"


def selectors_text(app: str, drafted: Sequence[Drafted]) -> str:
    """A new selectors file for a web program; the frame that most targets are in is the file's."""
    frames = [one.target.frame for one in drafted]
    usual = max(set(frames), key=frames.count) if frames else (TOP,)
    head = [f"app: {app}", *([f"frame: {_frame(usual)}"] if usual != (TOP,) else []), "targets:"]
    return "\n".join([*head, *targets_lines(drafted, usual, "  ")]) + "\n"


def desktop_selectors_text(app: str, drafted: Sequence[Drafted], window: str, doubt: str, pictures: bool) -> str:
    """A new selectors file for a desktop program; `window` is that of most targets, `pictures` if it is seen only."""
    head = [f"app: {app}", "driver: desktop"]
    head.append(f"window: {scalar(window)}" + (f"  {CHECK}{doubt}" if doubt else ""))
    head += [f"accessibility: false  {CHECK}{SEEN_ONLY}"] if pictures else []
    return "\n".join([*head, "targets:", *targets_lines(drafted, (TOP,), "  ", window)]) + "\n"


def with_targets(text: str, drafted: Sequence[Drafted], usual: FramePath, window: str = "") -> str | None:
    """A selectors file with new targets after its own, all else as it was; None where only a person can add them."""
    root = compose(text)
    targets = next((value for key, value in root.value if key.value == "targets"), None)
    if not isinstance(targets, yaml.MappingNode) or targets.flow_style or not targets.value:
        return None
    indent = " " * targets.value[0][0].start_mark.column
    end = len(text[: targets.value[-1][1].end_mark.index].rstrip())
    end = len(text) if "\n" not in text[end:] else text.index("\n", end)  # a comment stays with its target
    new = "\n".join(targets_lines(drafted, usual, indent, window))
    return f"{text[:end]}\n{new}{text[end:] or chr(10)}"


def targets_lines(drafted: Sequence[Drafted], usual: FramePath, indent: str, window: str = "") -> list[str]:
    """The entries of targets. `usual` and `window` are the frame and the window of those that name none."""
    lines: list[str] = []
    for one in drafted:
        lines += [f"{indent}{CHECK}{note}" for note in one.notes]
        said = target_said(one.target, usual, window)
        short = f"{indent}{one.name}: {inline(said)}"
        if len(short) <= WIDE:
            lines.append(short)
            continue
        lines.append(f"{indent}{one.name}:")
        for key, value in said.items():
            text = f"{indent}  {key}: {inline(value)}"
            if len(text) > WIDE and isinstance(value, list) and len(value) > 1:
                lines += [f"{indent}  {key}:", *(f"{indent}    - {inline(entry)}" for entry in value)]
            else:
                lines.append(text)
    return lines


def target_said(target: Target, usual: FramePath, window: str = "") -> dict[str, object]:
    """A target as the file says it; `usual` and `window` are the frame and the window of targets that name none."""
    said: dict[str, object] = {"window": target.window} if target.window != window else {}
    if target.frame != usual:
        said["frame"] = target.frame[0] if len(target.frame) == 1 else list(target.frame)
    said["find"] = [_anchor(anchor) for anchor in target.find]
    if is_ := target.is_.model_dump(exclude_defaults=True):
        said["is"] = is_
    said |= {"as": target.as_} if target.as_ != "text" else {}
    said |= {"reloads": target.reloads} if target.reloads else {}
    return said | ({} if target.read_back else {"read_back": False})


def _anchor(anchor: Anchor) -> dict[str, object]:
    return anchor.model_dump(exclude_defaults=True)


def _frame(path: FramePath) -> str:
    return inline(path[0] if len(path) == 1 else list(path))


def _spec(spec: Mapping[str, object]) -> str:
    return str(spec["type"]) if len(spec) == 1 else inline(spec)


def _receipt(receipts: Receipts, name: str) -> str:
    kind = "integer" if all(value.isdigit() for value in receipts.values[name]) else "text"
    return inline({"type": kind, "label": receipts.labels[name]}) if receipts.labels[name] else kind


def _checked(text: str, doubt: str) -> str:
    return f"{text}  {CHECK}{doubt}" if doubt else text
