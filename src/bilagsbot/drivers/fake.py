"""FakeDriver: a program's screen in memory, for rehearsal and tests without a browser."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from bilagsbot.drivers.base import Answer, Drift, ScreenRow, ScreenTable
from bilagsbot.drivers.dialogs import Dialogs
from bilagsbot.drivers.fakescreen import GONE, PICTURE, FakeField, FakeTable
from bilagsbot.model.errors import StepFailed
from bilagsbot.model.target import Target

Hook = Callable[["FakeDriver"], None]
NOTHING: Hook = lambda driver: None  # noqa: E731


class FakeDriver:
    """See Driver. Targets go by their names; nothing is waited for. `on` says what happens when one is acted upon."""

    def __init__(
        self, fields: Mapping[str, FakeField], tables: Mapping[str, FakeTable] | None = None,
        on: Mapping[str, Hook] | None = None, files: Mapping[str, tuple[str, bytes]] | None = None,
        alerts: Literal["fail", "reject"] = "fail",
    ) -> None:  # fmt: skip
        self.fields, self.tables = dict(fields), dict(tables or {})
        self.hooks, self.files = dict(on or {}), dict(files or {})
        self.done: list[tuple[str, ...]] = []  # every action: its verb, its target, its value
        self.drift: list[Drift] = []
        self._dialogs = Dialogs(alerts == "reject")
        self.timeout, self._aimed = 0.0, ""

    def ask(self, kind: Literal["alert", "confirm", "prompt"], message: str) -> Answer:
        """For hooks: bring up a dialog; the answer that it gets."""
        return self._dialogs.reply(kind, message)

    def begin(self) -> None:
        self._dialogs.forget()

    def open(self, url: str) -> None:
        self._act("open", url)

    def click(self, target: Target) -> None:
        self._do("click", target)

    def fill(self, target: Target, text: str) -> str:
        return self._set("fill", target, text)

    def fill_all(self, fields: Sequence[tuple[Target, str]]) -> Sequence[str] | None:
        self._dialogs.settle()
        if not all((on := self.fields.get(target.name, GONE)).visible and on.enabled for target, _ in fields):
            return None
        for target, text in fields:
            self._set("fill", target, text)
        return [self.fields[target.name].shows for target, _ in fields]

    def choose(self, target: Target, option: str) -> str:
        on = self._enabled(target)
        if len(fit := on.fitting(option)) == 1:
            return self._set("choose", target, fit[0])
        raise StepFailed(f"{target.name} has {len(fit) or 'no'} option {option!r}; it has {', '.join(on.options)}")

    def tick(self, target: Target, on: bool) -> None:
        if self._enabled(target).shows != str(on).lower():
            self._set("tick", target, str(on).lower())

    def press(self, key: str, target: Target | None) -> None:
        self._do("press", target, key) if target else self._act("press", "", key)

    def upload(self, target: Target, files: Sequence[Path]) -> str:
        return self._set("upload", target, ", ".join(file.name for file in files))

    def download(self, target: Target, folder: Path) -> Path:
        self._do("click", target)
        name, content = self.files[target.name]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        return folder / name

    def leave(self) -> None:
        self._dialogs.settle()

    def read(self, target: Target) -> str:
        return self._shown(target).shows

    def read_all(self, targets: Sequence[Target]) -> Sequence[str | None]:
        return [self.fields[target.name].shows if self.shows(target) else None for target in targets]

    def shows(self, target: Target) -> bool:
        self._dialogs.settle()
        return target.name in self.tables or self.fields.get(target.name, GONE).visible

    def wait(self, target: Target, state: Literal["visible", "hidden"]) -> None:
        if self.shows(target) != (state == "visible"):
            raise StepFailed(f"{target.name} {'is not on the screen' if state == 'visible' else 'did not go away'}")

    def rows(self, table: Target) -> ScreenTable:
        self._dialogs.settle()
        if table.name not in self.tables:
            raise StepFailed(f"{table.name} is not on the screen")
        return self.tables[table.name].seen()

    def click_row(self, table: Target, row: ScreenRow, column: str) -> None:
        if row not in self.rows(table).rows or column not in row.cells:
            raise StepFailed(f"{table.name} has changed since its row was found, or has no column {column!r}")
        self._act("click_row", table.name, str(row.index), column)

    def aim(self, target: Target) -> None:
        self._aimed = ""
        self._enabled(target)
        self._aimed = target.name

    def submit(self, target: Target, deadline: float) -> None:
        aimed, self._aimed = self._aimed, ""
        if aimed != target.name:
            raise StepFailed(f"{target.name} was not aimed at, so nothing is posted")
        if time.time() > deadline:
            raise StepFailed(f"the click on {target.name} came too late and was dropped")
        self._do("submit", target)

    def answer(self, answer: Answer) -> None:
        self._dialogs.arm(answer)

    @contextmanager
    def popup(self, opener: Target, closes: bool) -> Iterator[None]:
        self.click(opener)
        yield
        self._act("popup closed", opener.name)

    def outline(self, targets: Sequence[Target]) -> None:
        pass

    def picture(self) -> bytes:
        return PICTURE

    def close(self) -> None:
        self.done.append(("close",))

    def _shown(self, target: Target) -> FakeField:
        self._dialogs.settle()
        on = self.fields.get(target.name, GONE)
        if not on.visible:
            raise StepFailed(f"{target.name} is not on the screen")
        return on

    def _enabled(self, target: Target) -> FakeField:
        if not (on := self._shown(target)).enabled:
            raise StepFailed(f"{target.name} did not react in {self.timeout:g} seconds: it is disabled")
        return on

    def _set(self, verb: str, target: Target, value: str) -> str:
        self._enabled(target).shows = value
        self._act(verb, target.name, value)
        return self.fields[target.name].shows

    def _do(self, verb: str, target: Target, *value: str) -> None:
        self._enabled(target)
        self._act(verb, target.name, *value)

    def _act(self, *action: str) -> None:
        self.done.append(action)
        self.hooks.get(action[0] if action[0] in ("open", "popup closed") else action[1], NOTHING)(self)
        self._dialogs.settle()
