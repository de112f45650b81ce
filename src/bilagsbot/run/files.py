"""Every flow and selectors file of a workspace, also those that no bot names yet."""

from collections.abc import Iterator
from pathlib import Path

from bilagsbot.flow.folders import flow_names, selector_names
from bilagsbot.flow.load import load_selectors, read_flow, read_part
from bilagsbot.model.errors import BadInput, Mistake


def all_files(workspace: Path) -> Iterator[Mistake]:
    """Every mistake in flows/ and selectors/, and the files that are passed over for their ending."""
    for folder in ("bots", "flows", "selectors"):
        for path in sorted((workspace / folder).rglob("*.yml")):
            shown = path.relative_to(workspace).as_posix()
            yield Mistake(shown, "files that end with .yml are not read.", f"Rename it to {path.stem}.yaml.")
    for name in flow_names(workspace, ("yaml",)):
        part = read_part(workspace, name)
        yield from read_flow(workspace, name).mistakes if part is None else part
    for name in flow_names(workspace, ("py",)):
        if _declares_a_flow(workspace / "flows" / f"{name}.py"):
            yield from read_flow(workspace, name).mistakes
    for app in selector_names(workspace):
        try:
            load_selectors(workspace, app)
        except BadInput as bad:
            yield from bad.mistakes


def _declares_a_flow(path: Path) -> bool:
    """Whether to run a Python file that no bot names: others in the folder are not ours to run."""
    try:
        return b"PythonFlow" in path.read_bytes()
    except OSError:
        return False
