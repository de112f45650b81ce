"""MiniWoB++: what the benchmark calls solved is what the page itself rewards."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import distribution
from pathlib import Path

import pytest
from benchmarks.engine import chromium
from benchmarks.miniwob.keyers import Scripter, by_flow, by_hand, load_task, make_item
from benchmarks.miniwob.left_out import LEFT_OUT
from benchmarks.miniwob.site import pages
from benchmarks.miniwob.solve import solve
from benchmarks.miniwob.tasks import TASKS

from bilagsbot.drivers.web.launching import Chromium


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pages(tmp_path_factory.mktemp("miniwob") / "html") as address:
        yield address


@pytest.fixture(scope="module")
def scripter() -> Iterator[Scripter]:
    with by_hand() as scripter:
        yield scripter


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("task", ["enter-text", "login-user"])
def test_a_flow_solves_a_form(task: str, address: str, scripter: Scripter, browser: Chromium, tmp_path: Path) -> None:
    result = solve(task, address, 3, scripter, browser, tmp_path)
    assert [run.reward for run in result.batch] == [1, 1, 1]
    assert [run.reward for run in result.flow] == [1, 1, 1]
    assert [run.reward for run in result.script] == [1, 1, 1]


def test_what_the_page_does_not_want_is_not_solved(
    address: str, scripter: Scripter, browser: Chromium, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"{address}/login-user.html"
    job = load_task("login-user", url)
    asked = [make_item(job.flow, seed, row) for seed, row in enumerate(scripter.rows("login-user", url, range(3)))]
    wrong = replace(asked[1], fields={**asked[1].fields, "password": "not this"})
    items = [asked[0], wrong, asked[2]]
    with by_flow(job, items, browser, tmp_path / "state") as key:
        assert [key(item) for item in items] == [1, 0, 1]
    assert "page.reward shows '-1.00'" in capsys.readouterr().err


def test_no_page_is_forgotten() -> None:
    folder = Path(str(distribution("miniwob").locate_file("miniwob/html/miniwob")))
    assert sorted([*TASKS, *LEFT_OUT]) == sorted(page.stem for page in folder.glob("*.html"))
