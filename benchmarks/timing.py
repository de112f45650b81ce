"""Times of things done in turns, so that what else the machine does falls on all of them alike."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")
Times = dict[str, list[float]]


def in_turns(ways: Mapping[str, Callable[[T], object]], items: Iterable[T]) -> Times:
    """Seconds that each way took for each item, after a first one that is not counted."""
    times: Times = {name: [] for name in ways}
    for item in items:
        for name, way in ways.items():
            begun = time.perf_counter()
            way(item)
            times[name].append(time.perf_counter() - begun)
    return {name: taken[1:] for name, taken in times.items()}


def table(title: str, times: Times, against: str, limits: Mapping[str, float]) -> None:
    """Print medians in ms, and each one's ratio to the way `against`, with the limit that it should keep."""
    base = statistics.median(times[against])
    print(f"\n{title}, median of {len(times[against])}")
    for name, taken in times.items():
        median = statistics.median(taken)
        limit = f"  (at most {limits[name]:.2f})" if name in limits else ""
        print(f"  {name:38} {median * 1000:8.1f} ms {median / base:6.2f} x{limit}", flush=True)
