"""MiniWoB++'s forms filled in by flows, against straight Playwright scripts of the same steps.

    python -m benchmarks.miniwob.solve [--items N] [TASK …]

A form counts as solved only where the page's own reward, which is the flow's receipt, is above 0. Flow and script take
turns on the same requests, in a browser each; the table gives the median time an item, and their ratio. left_out.py
has the other pages, and why.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.miniwob.keyers import Keyer, Scripter, by_flow, by_hand, load_task, make_item
from benchmarks.miniwob.site import pages
from benchmarks.miniwob.tasks import TASKS

from bilagsbot.model.item import Item


@dataclass(frozen=True)
class Run:
    """One item by one keyer: what the page found it worth, and how long it took, in seconds."""

    reward: float
    took: float


@dataclass(frozen=True)
class Result:
    """All items of one task, by flow and by script."""

    flow: list[Run]
    script: list[Run]

    @property
    def solved(self) -> int:
        """How many the flow filled in to the page's satisfaction."""
        return sum(run.reward > 0 for run in self.flow)

    @property
    def ratio(self) -> float:
        """The flow's median time over the script's."""
        return median(self.flow) / median(self.script)


def median(runs: Sequence[Run]) -> float:
    """Seconds an item; the first one loads the page, and does not count."""
    return statistics.median(run.took for run in runs[1:] or runs)


def solve(name: str, address: str, count: int, scripter: Scripter, state: Path) -> Result:
    """The task under the seeds 0 to `count` - 1, by flow and by script in turns."""
    url = f"{address}/{name}.html"
    job = load_task(name, url)
    rows = scripter.rows(name, url, range(count))
    items = [make_item(job.flow, seed, row) for seed, row in enumerate(rows)]
    result, script = Result([], []), scripter.keyer(name, url)
    with by_flow(job, items, state / name) as flow:
        for item in items:
            result.script.append(_timed(script, item))
            result.flow.append(_timed(flow, item))
    return result


def _timed(key: Keyer, item: Item) -> Run:
    begun = time.perf_counter()
    reward = key(item)
    return Run(reward, time.perf_counter() - begun)


def main() -> int:
    """Print the table; 1 where an item was not solved."""
    parser = argparse.ArgumentParser(description="Fill in MiniWoB++'s forms by flows.")
    parser.add_argument("--items", type=int, default=10, help="how many of each task; default 10")
    parser.add_argument("tasks", nargs="*", metavar="TASK", help=f"default: all {len(TASKS)}")
    given = parser.parse_args()
    if unknown := set(given.tasks) - set(TASKS):
        parser.error(f"no flow for {', '.join(sorted(unknown))}")
    results: dict[str, Result] = {}
    print(f"{'task':28}{'flow':18}{'solved':>8}{'flow ms':>10}{'script ms':>11}{'ratio':>8}")
    with (
        tempfile.TemporaryDirectory(prefix="miniwob-") as folder,
        pages(Path(folder) / "html") as address,
        by_hand() as scripter,
    ):
        for name in given.tasks or TASKS:
            results[name] = found = solve(name, address, given.items, scripter, Path(folder))
            print(_line(name, found), flush=True)
    whole = sum(result.solved == given.items for result in results.values())
    ratio = statistics.median(result.ratio for result in results.values())
    print(f"{whole} of {len(results)} tasks solved every time; median ratio {ratio:.2f}")
    return 0 if whole == len(results) else 1


def _line(name: str, found: Result) -> str:
    flow, script = (median(runs) * 1000 for runs in (found.flow, found.script))
    solved = f"{found.solved}/{len(found.flow)}"
    return f"{name:28}{TASKS[name].flow:18}{solved:>8}{flow:>10.0f}{script:>11.0f}{found.ratio:>8.2f}"


if __name__ == "__main__":
    sys.exit(main())
