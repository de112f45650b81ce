"""Keys that do nothing for a flow: they move the caret or leave the field, as `fill` does by itself."""

import re

_IDLE = re.compile(
    r"(?:Shift|Control|Alt|Meta|AltGraph|CapsLock|(?:Shift\+)?(?:Tab|Home|End|ArrowLeft|ArrowRight)|"
    r"(?:Control|Meta)\+[acvxyzACVXYZ])"
)


def is_idle(keys: str) -> bool:
    """Whether a press is left out; `bilagsbot record` leaves out the same."""
    return bool(_IDLE.fullmatch(keys))
