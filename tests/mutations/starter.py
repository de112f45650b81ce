"""The selectors that ship for the practice program, what its flows post with, and how their templates are filled in."""

from functools import partial
from pathlib import Path

from bilagsbot import starter
from bilagsbot.flow.folders import flow_names
from bilagsbot.flow.load import load_selectors, read_flow
from bilagsbot.flow.template import Templates
from bilagsbot.model.target import Selectors

WORKSPACE = Path(starter.__file__).parent


def selectors() -> Selectors:
    """The starter's selectors."""
    return load_selectors(WORKSPACE, "practice")


def posting() -> set[str]:
    """The targets that one of its flows submits with."""
    flows = [read_flow(WORKSPACE, name).flow for name in flow_names(WORKSPACE)]
    return {name for flow in flows if flow for step in flow.submits() for name in step.targets()}


# Of the three lines on the journal screen, so that a place above and one below may be taken for it.
SECOND_LINE = partial(Templates().render, values={"n": 2})
