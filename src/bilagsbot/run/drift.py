"""Drift: which targets live on a lower way of their selectors, by what the runs have noted."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bilagsbot.flow.folders import flow_names
from bilagsbot.flow.load import load_selectors, read_flow
from bilagsbot.flow.reorder import put_first
from bilagsbot.model.errors import BadInput
from bilagsbot.run.evidence import DRIFT


@dataclass(frozen=True)
class Drifted:
    """A target of an application, the way (from 0) that finds it now, and the last run that noted it. `edited` is the
    selectors file's text with that way first, or None where only a person may edit it, for the reason `why`."""

    app: str
    target: str
    way: int
    said: str
    run: str
    edited: str | None = None
    why: str = ""


def drifted(workspace: Path, state: Path) -> list[Drifted]:
    """Every target that the last run to note it found by a lower way, where the selectors still name that way there;
    sorted. A file with mistakes is passed over: `check` tells of those."""
    last: dict[tuple[str, str], dict[str, str]] = {}
    for noted in _noted(state):
        last[noted["app"], noted["target"]] = noted
    found = []
    for (app, target), noted in sorted(last.items()):
        with suppress(BadInput):
            named = load_selectors(workspace, app).targets.get(target)
            ways = [str(anchor) for anchor in named.find] if named else []
            if noted["way"] in ways[1:]:
                found.append(_proposed(workspace, app, target, ways.index(noted["way"]), noted))
    return found


def _proposed(workspace: Path, app: str, target: str, way: int, noted: dict[str, str]) -> Drifted:
    plain = Drifted(app, target, way, noted["way"], noted["run"])
    if target in _submits(workspace, app):
        return Drifted(**{**vars(plain), "why": "it posts, so only a person may edit how it is found"})
    # Bytes, as line ends are to stay as they are.
    edited = put_first((workspace / "selectors" / f"{app}.yaml").read_bytes().decode(), target, way)
    why = "" if edited else "its ways are written so that they must be moved by hand"
    return Drifted(**{**vars(plain), "edited": edited, "why": why})


def _submits(workspace: Path, app: str) -> set[str]:
    """The targets that some flow of the application posts with."""
    flows = (read_flow(workspace, name).flow for name in flow_names(workspace, ["yaml"]))
    return {name for flow in flows if flow and flow.app == app for step in flow.submits() for name in step.targets()}


def _noted(state: Path) -> Iterator[dict[str, str]]:
    """What the runs have noted, the oldest first; a line that a crash cut short is none."""
    for file in sorted((state / "runs").glob(f"*/{DRIFT}")):
        for line in file.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError):
                noted = json.loads(line)
                yield {**{name: str(noted.get(name, "")) for name in ("app", "target", "way")}, "run": file.parent.name}
