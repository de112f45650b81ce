"""Lines: the steps of a draft, before they are YAML."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """A step: its verb, what it says (by target, or by key), its condition, the steps in it, and the doubts by key."""

    verb: str
    said: str | dict[str, object]
    when: str = ""
    inner: "list[Line]" = field(default_factory=list)
    doubts: dict[str, str] = field(default_factory=dict)
