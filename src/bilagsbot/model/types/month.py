"""The accounting period: a calendar month."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Period:
    """A month of a year, written 2026-03. Raises ValueError for a month outside 1–12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"there is no month {self.month}")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
