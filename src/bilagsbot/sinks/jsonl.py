"""Receipts as JSON lines: one each, safe on disk before the next item starts."""

import json
import os
from pathlib import Path

from bilagsbot.model.errors import BadInput, Mistake
from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks.atomic import sync_folder


def append(path: Path, *receipts: Receipt) -> None:
    """Add receipts' lines and wait once until the disk has them all; raises OSError where it cannot."""
    lines = "".join(json.dumps(receipt.model_dump(mode="json"), ensure_ascii=False) + "\n" for receipt in receipts)
    new = not path.exists()
    with path.open("a+b") as file:
        # After a crash in the middle of a line, that line is left as it is and ours start on the next.
        file.write((lines if _ends_whole(path) else "\n" + lines).encode())
        file.flush()
        os.fsync(file.fileno())
    if new:
        sync_folder(path.parent)


def read(path: Path) -> list[Receipt]:
    """Every receipt in order, without lines torn by a crash; none where there is no file.

    Raises BadInput for a whole line that is no receipt.
    """
    if not path.exists():
        return []
    receipts = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        try:
            content = json.loads(line)
        except ValueError:
            # A line without its end is no JSON. It may stand in the middle: the next run wrote on after it.
            continue
        try:
            receipts.append(Receipt.model_validate(content))
        except ValueError as error:
            raise BadInput([Mistake(f"{path.name}, line {number}", f"is no receipt: {error}")]) from error
    return receipts


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
