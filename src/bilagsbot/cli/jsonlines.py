"""One JSON line."""

import json


def as_json(value: object) -> str:
    """A value as one line; what JSON does not know becomes its text."""
    return json.dumps(value, ensure_ascii=False, default=str)
