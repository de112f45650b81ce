"""Session: one login in one program, started when it is first needed and again after it was lost."""

from collections.abc import Callable, Mapping
from pathlib import Path

from bilagsbot.drivers.base import Drift, Driver
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import Rejected, StepFailed, Unreachable
from bilagsbot.run.bot import Job
from bilagsbot.run.secrets import Login
from bilagsbot.steps.base import Conduct, Pace, Scope, perform

OpenDriver = Callable[[], Driver]


class Session:
    """Gives scopes on a screen that is logged in."""

    def __init__(self, job: Job, login: Login, templates: Templates, open_driver: OpenDriver, folder: Path) -> None:
        self._job, self._login, self._templates = job, login, templates
        self._open, self._folder = open_driver, folder
        self._driver: Driver | None = None
        self.drift: list[Drift] = []
        self.pace: Pace | None = None

    def scope(self, conduct: Conduct, item: Mapping[str, object], note: Callable[[str, str, str], None]) -> Scope:
        """A scope for one item; logs in first where that is needed. Raises Unreachable."""
        driver = self._driver or self._log_in(conduct)
        driver.begin()
        return self._scope(driver, conduct, item, note)

    def _log_in(self, conduct: Conduct) -> Driver:
        """A new screen that is logged in; a screen that failed is given one more try, a refusal is not."""
        try:
            return self._start(conduct)
        except (StepFailed, Unreachable):
            pass  # an alert, a browser that was killed, a server that is just restarting
        except Rejected as refused:
            raise self._cannot(refused) from refused
        try:
            return self._start(conduct)
        except (StepFailed, Rejected) as failed:
            raise self._cannot(failed) from failed

    def _start(self, conduct: Conduct) -> Driver:
        self._driver = self._open()
        try:
            perform(self._job.flow.start, self._scope(self._driver, conduct, {}, lambda *_: None))
        except BaseException:
            self.discard()
            raise
        return self._driver

    def _cannot(self, failed: StepFailed | Rejected) -> Unreachable:
        return Unreachable(f"Cannot log in to {self._job.bot.target} with login {self._login.name}: {failed}")

    def _scope(
        self, driver: Driver, conduct: Conduct, item: Mapping[str, object], note: Callable[[str, str, str], None]
    ) -> Scope:
        values = {
            "item": item,
            "client": self._job.bot.client,
            "target": {"url": self._job.bot.target.url, "file": self._job.file},
            "login": self._login.values(),
            "workspace": str(self._job.workspace),
        }
        return Scope(
            driver=driver, selectors=self._job.selectors, templates=self._templates, conduct=conduct,
            values=values, folder=self._folder, journal=note, pace=self.pace,
        )  # fmt: skip

    def discard(self) -> None:
        """Close the screen; the next scope starts anew."""
        if self._driver is not None:
            self.drift.extend(d for d in self._driver.drift if d not in self.drift)
            self._driver.close()
            self._driver = None
