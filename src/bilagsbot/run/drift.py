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
    """A target of an application, the way (from 0) that finds it now, and the last run that noted it. What `posts` only
    a person may edit."""

    app: str
    target: str
    way: int
    said: str
    run: str
    posts: bool


def drifted(workspace: Path, state: Path) -> list[Drifted]:
    """Every target that the last run to note it found by a lower way, where the selectors still name that way there;
    sorted. A file with mistakes is passed over: `check` tells of those."""
    last = {(noted["app"], noted["target"]): noted for noted in _noted(state)}
    found = []
    for app in sorted({app for app, _ in last}):
        with suppress(BadInput):
            targets, posting = load_selectors(workspace, app).targets, _submits(workspace, app)
            for name in sorted(target for of, target in last if of == app and target in targets):
                noted, ways = last[app, name], [str(anchor) for anchor in targets[name].find]
                if noted["way"] in ways[1:]:
                    way = ways.index(noted["way"])
                    found.append(Drifted(app, name, way, noted["way"], noted["run"], name in posting))
    return found


def mended(workspace: Path, one: Drifted) -> tuple[str, str] | None:
    """The selectors file's text now, and with that way first; None where only a person may or can edit it."""
    # Bytes, as line ends are to stay as they are.
    text = (workspace / "selectors" / f"{one.app}.yaml").read_bytes().decode()
    edited = None if one.posts else put_first(text, one.target, one.way)
    return None if edited is None else (text, edited)


def _submits(workspace: Path, app: str) -> set[str]:
    """The targets that some flow of the application posts with."""
    flows = (read_flow(workspace, name).flow for name in flow_names(workspace, ["yaml"]))
    return {name for flow in flows if flow and flow.app == app for step in flow.submits() for name in step.targets()}


def _noted(state: Path) -> Iterator[dict[str, str]]:
    """What the runs have noted, the oldest first; a line that a crash cut short is none."""
    for file in sorted((state / "runs").glob(f"*/{DRIFT}")):
        for line in file.read_bytes().splitlines():  # a letter may be cut in two
            with suppress(ValueError):
                noted = json.loads(line)
                yield {**{name: str(noted.get(name, "")) for name in ("app", "target", "way")}, "run": file.parent.name}
