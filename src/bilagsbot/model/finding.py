"""Finding: one thing looked at before a run, or by doctor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What was found, and the mend where it is not well; both are sentences or short words for a person."""

    name: str
    well: bool
    found: str
    mend: str = ""
