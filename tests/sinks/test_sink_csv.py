"""CSV that a Norwegian Excel opens right and that runs nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bilagsbot.model.receipt import Receipt, State
from bilagsbot.sinks import csv

Make = Callable[..., Receipt]
Lock = Callable[..., Callable[[Path, Path], None]]


def test_the_whole_file(tmp_path: Path, receipt: Make) -> None:
    path = tmp_path / "kvittering.csv"
    given = [
        receipt(2, 3, 5, sum="-1234.5", fields={"nr": "0017"}),
        receipt(6, status=State.REJECTED, key={"Ordre": "O;6"}, message="=cmd\nlinje"),
    ]
    assert csv.write(path, {"nr": "Bilagsnr"}, given) == path
    assert path.read_bytes().decode("utf-8") == (
        "\ufeffRad;Fakturanr;Ordre;Sum;Status;Bilagsnr;Tidspunkt;Melding\r\n"
        "2–3, 5;F2;;-1234,50;Bokført;0017;2026-11-22 14:03:11;\r\n"
        '6;;"O;6";;Avvist;;2026-11-22 14:03:11;"\'=cmd\nlinje"\r\n'
    )


@pytest.mark.parametrize("text", ["=1", "+a", "-a", "@x", "\tx", "\rx", "  =1", "\n=1", "-1+1", "\u00a0@x", "＝1", "-"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert csv.safe(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "-12,50", "+47", "-1 234,50", "-1\u00a0234", "-1.234,50", "12", "a=b", "a-b", " x"]
)
def test_numbers_and_plain_text_do_not(text: str) -> None:
    assert csv.safe(text) == text


def test_a_locked_file_gets_a_neighbour(tmp_path: Path, receipt: Make, locked: Lock) -> None:
    written = csv.write(tmp_path / "a.csv", {}, [receipt(2)], replace=locked("a.csv"))
    assert written.name == "a-2.csv"
