"""The selectors that are drafted from the recorded invoice, with nothing edited."""

import shutil
from pathlib import Path

from bilagsbot.cli.init import make_workspace
from bilagsbot.flow.load import load_selectors
from bilagsbot.model.target import Selectors
from tests.workspaces import Bilagsbot

RECORDING = Path(__file__).parents[1] / "recordings" / "practice-invoice"


def drafted(workspace: Path) -> Selectors:
    """Drafted by the command, in a workspace that has the workbook which was keyed from."""
    make_workspace(workspace)
    shutil.copytree(RECORDING, workspace / "recordings" / "faktura")
    Bilagsbot(workspace, "none", "", "no-secret")("draft", "faktura")
    return load_selectors(workspace, "faktura")
