"""Targets in short form."""

from pathlib import Path

import yaml

from bilagsbot import starter
from bilagsbot.model.target import Selectors, Target


def target(*find: object, name: str = "it", frame: object = "top", **more: object) -> Target:
    """A target of these anchors, best first."""
    return Target.model_validate({"find": list(find), "frame": frame, **more}).model_copy(update={"name": name})


def named(field: str, **more: object) -> Target:
    """A field by its name attribute."""
    return target({"name": field}, name=f"form.{field}", **more)


def button(text: str, **more: object) -> Target:
    """A button by its text."""
    return target({"role": "button", "named": text}, name=f"button.{text}", **more)


def practice_selectors() -> Selectors:
    """The practice program's selectors, as they ship."""
    file = Path(starter.__file__).parent / "selectors" / "practice.yaml"
    return Selectors.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
