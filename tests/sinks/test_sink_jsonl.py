"""JSON lines: nothing confirmed is lost in a crash."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bilagsbot.model.errors import BadInput
from bilagsbot.model.receipt import Receipt
from bilagsbot.sinks import jsonl

Make = Callable[..., Receipt]


def test_what_is_appended_is_read(tmp_path: Path, receipt: Make) -> None:
    path = tmp_path / "receipts.jsonl"
    assert jsonl.read(path) == []
    given = [receipt(2, sum=Decimal("12.50"), message="Bokført\nå\u2028b"), receipt(3, 4)]
    for one in given:
        jsonl.append(path, one)
    assert jsonl.read(path) == given
    assert path.read_bytes().count(b"\n") == 2
    assert "Bokført" in path.read_text("utf-8")


def test_a_group_is_written_at_once(tmp_path: Path, receipt: Make) -> None:
    path = tmp_path / "receipts.jsonl"
    jsonl.append(path, receipt(2))
    jsonl.append(path, *(receipt(n) for n in range(3, 2_000)))
    jsonl.append(path)
    assert jsonl.read(path) == [receipt(n) for n in range(2, 2_000)]


@pytest.mark.parametrize("cut", [1, 2, 30, 120])
def test_a_torn_last_line_is_ignored_and_written_past(tmp_path: Path, receipt: Make, cut: int) -> None:
    path = tmp_path / "receipts.jsonl"
    for row in (2, 3):
        jsonl.append(path, receipt(row, message="å" * 80))
    path.write_bytes(path.read_bytes()[:-cut])
    # Without the line's end alone the receipt is still whole.
    whole = [receipt(row, message="å" * 80) for row in ((2, 3) if cut == 1 else (2,))]
    assert jsonl.read(path) == whole
    jsonl.append(path, receipt(4))
    assert jsonl.read(path) == [*whole, receipt(4)]
    assert path.read_bytes().endswith(b"\n")


def test_a_tail_of_zeros_from_a_power_cut_is_ignored(tmp_path: Path, receipt: Make) -> None:
    path = tmp_path / "receipts.jsonl"
    jsonl.append(path, receipt(2))
    path.write_bytes(path.read_bytes() + bytes(100))
    jsonl.append(path, receipt(3))
    assert jsonl.read(path) == [receipt(2), receipt(3)]


def test_a_whole_line_that_is_no_receipt_is_named(tmp_path: Path, receipt: Make) -> None:
    path = tmp_path / "receipts.jsonl"
    jsonl.append(path, receipt(2))
    path.write_text(path.read_text("utf-8") + '{"version": 2}\n', "utf-8")
    with pytest.raises(BadInput, match=r"receipts\.jsonl, line 2"):
        jsonl.read(path)
