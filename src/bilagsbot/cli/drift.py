"""drift: which selectors live on a lower way, and the edit that mends them."""

import difflib
from typing import Annotated

import typer

from bilagsbot.cli.workspace import Workspace, find_workspace
from bilagsbot.model.errors import writable
from bilagsbot.run.drift import drifted, mended
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
    edits = 0
    for one in found:
        file = f"selectors/{one.app}.yaml"
        print(f"{file}: {one.target} is found by way {one.way + 1}, {one.said} (run {one.run}).")
        if (texts := mended(folder, one)) is None:
            why = "it posts, so only a person may edit that" if one.posts else "its ways must be moved by hand"
            print(f"  Left as it is: {why}.")
        elif apply:
            with writable(file):
                (folder / file).write_bytes(texts[1].encode())
            print(f"  {one.said} is its first way now.")
        else:
            edits += 1
            before, after = (text.splitlines() for text in texts)
            print("\n".join(difflib.unified_diff(before, after, file, file, n=1, lineterm="")))
    if edits:
        print("Look at each, then write them with 'bilagsbot drift --apply'. Rehearse after.")
