"""drift: which selectors live on a lower way, and the edit that mends them."""

import difflib
from pathlib import Path
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import writable
from bilagsbot.run.drift import Drifted, drifted
from bilagsbot.run.launch import STATE


def drift(
    apply: Annotated[bool, typer.Option("--apply", help="Write the edits into the selectors files.")] = False,
    workspace: Workspace = None,
) -> None:
    """List the targets that the last runs found only by a lower way, each with its edit as a diff."""
    folder = find_workspace(workspace)
    found = drifted(folder, folder / STATE)
    if not found:
        print("No drift: every target was found by its first way.")
    if apply:
        _apply(folder)
        return
    for one in found:
        print(f"{one.app}: {one.target} is found by way {one.way + 1}, {one.said} (run {one.run}).")
        print(_diff(folder, one) if one.edited else f"  Edit selectors/{one.app}.yaml by hand: {one.why}.")
    if any(one.edited for one in found):
        print("Look at each, then write them with 'bilagsbot drift --apply'. Rehearse after.")


def _apply(folder: Path) -> None:
    """One after the other, as each edit is of the file as it is then."""
    left = [one for one in drifted(folder, folder / STATE) if not one.edited]
    while edits := [one for one in drifted(folder, folder / STATE) if one.edited]:
        one = edits[0]
        file = folder / "selectors" / f"{one.app}.yaml"
        with writable(f"selectors/{one.app}.yaml"):
            file.write_bytes((one.edited or "").encode())
        print(f"selectors/{one.app}.yaml: {one.target} is now found by {one.said} first.")
    for one in left:
        print(f"selectors/{one.app}.yaml: {one.target} is left as it is: {one.why}.")


def _diff(folder: Path, one: Drifted) -> str:
    name = f"selectors/{one.app}.yaml"
    before = (folder / name).read_text(encoding="utf-8").splitlines()
    return "\n".join(difflib.unified_diff(before, (one.edited or "").splitlines(), name, name, n=1, lineterm=""))
