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

from benchmarks.engine import chromium
from benchmarks.miniwob.keyers import Keyer, Scripter, by_flow, by_hand, load_task, make_item
from benchmarks.miniwob.site import pages
from benchmarks.miniwob.tasks import TASKS

from bilagsbot.drivers.web.launching import Chromium
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
    batch: list[Run]

    @property
    def solved(self) -> int:
        """How many the flow filled in to the page's satisfaction, field by field and in one batch."""
        return sum(one.reward > 0 and other.reward > 0 for one, other in zip(self.flow, self.batch, strict=True))

    def ratio(self, runs: Sequence[Run]) -> float:
        """Their median time over the script's."""
        return median(runs) / median(self.script)


def median(runs: Sequence[Run]) -> float:
    """Seconds an item; the first one loads the page, and does not count."""
    return statistics.median(run.took for run in runs[1:] or runs)


def solve(name: str, address: str, count: int, scripter: Scripter, browser: Chromium, state: Path) -> Result:
    """The task under the seeds 0 to `count` - 1, by script, by flow, and by flow with batched fields, in turns."""
    url = f"{address}/{name}.html"
    job = load_task(name, url)
    rows = scripter.rows(name, url, range(count))
    items = [make_item(job.flow, seed, row) for seed, row in enumerate(rows)]
    result, script = Result([], [], []), scripter.keyer(name, url)
    with (
        by_flow(job, items, browser, state / name) as flow,
        by_flow(job, items, browser, state / f"{name}-batch", batch=True) as batch,
    ):
        for item in items:
            result.script.append(_timed(script, item))
            result.flow.append(_timed(flow, item))
            result.batch.append(_timed(batch, item))
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
    print(f"{'task':28}{'flow':18}{'solved':>8}{'script ms':>11}{'flow ms':>9}{'ratio':>7}{'batch ms':>10}{'ratio':>7}")
    with (
        tempfile.TemporaryDirectory(prefix="miniwob-") as folder,
        pages(Path(folder) / "html") as address,
        by_hand() as scripter,
        chromium() as browser,
    ):
        for name in given.tasks or TASKS:
            results[name] = found = solve(name, address, given.items, scripter, browser, Path(folder))
            print(_line(name, found), flush=True)
    whole = sum(result.solved == given.items for result in results.values())
    flow = statistics.median(result.ratio(result.flow) for result in results.values())
    batch = statistics.median(result.ratio(result.batch) for name, result in results.items() if TASKS[name].batched)
    print(f"{whole} of {len(results)} tasks solved every time; median ratio {flow:.2f}; "
          f"with batched fields, where a form has several, {batch:.2f}")  # fmt: skip
    return 0 if whole == len(results) else 1


def _line(name: str, found: Result) -> str:
    script, flow, batch = (median(runs) * 1000 for runs in (found.script, found.flow, found.batch))
    solved = f"{found.solved}/{len(found.flow)}"
    ratios = [f"{found.ratio(runs):.2f}" for runs in (found.flow, found.batch)]
    line = f"{name:28}{TASKS[name].flow:18}{solved:>8}{script:>11.0f}{flow:>9.0f}{ratios[0]:>7}"
    return line + (f"{batch:>10.0f}{ratios[1]:>7}" if TASKS[name].batched else "")


if __name__ == "__main__":
    sys.exit(main())
