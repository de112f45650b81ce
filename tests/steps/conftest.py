"""A scope on the fake driver, and one on a real page."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField, FakeTable
from bilagsbot.drivers.web.session import WebDriver
from bilagsbot.flow.template import Templates
from bilagsbot.steps.base import Scope
from tests.drivers.conftest import driver, shared, site
from tests.drivers.site import Site

from .leading import Leader, selectors

__all__ = ["driver", "shared", "site"]

VALUES: dict[str, object] = {
    "item": {"no": "F-1", "empty": None, "lines": ({"account": "6300"}, {"account": "6800"})},
    "login": {"username": "ola", "password": "hemmelig-42"},
    "target": {"url": "http://program"},
}
FakeScope = Callable[..., Scope]


@pytest.fixture
def leader() -> Leader:
    return Leader()


@pytest.fixture
def notes() -> list[tuple[str, str, str]]:
    """What the steps wrote into the journal."""
    return []


@pytest.fixture
def on_fake(tmp_path: Path, leader: Leader, notes: list[tuple[str, str, str]]) -> FakeScope:
    """A scope on a fake program of these fields and tables; `targets` says more about some of them."""

    def build(
        fields: dict[str, FakeField] | None = None,
        tables: dict[str, FakeTable] | None = None,
        targets: dict[str, dict[str, object]] | None = None,
        **more: object,
    ) -> Scope:
        driver = FakeDriver(fields or {}, tables, **more)  # type: ignore[arg-type]
        names = {name: {"find": {"name": name}} for name in (*driver.fields, *driver.tables)}
        return Scope(
            driver=driver, selectors=selectors({**names, **(targets or {})}), templates=Templates(), conduct=leader,
            values={**VALUES, "workspace": str(tmp_path)}, folder=tmp_path / "run",
            journal=lambda *note: notes.append(note),
        )  # fmt: skip

    return build


@pytest.fixture
def on_page(
    tmp_path: Path, leader: Leader, notes: list[tuple[str, str, str]], driver: WebDriver, site: Site
) -> FakeScope:
    """A scope on a real page of that body; its targets are named as its fields are."""

    def build(body: str, **targets: dict[str, object]) -> Scope:
        driver.open(site.page(body))
        return Scope(
            driver=driver, selectors=selectors(targets), templates=Templates(), conduct=leader,
            values={**VALUES, "workspace": str(tmp_path)}, folder=tmp_path / "run",
            journal=lambda *note: notes.append(note),
        )  # fmt: skip

    return build
