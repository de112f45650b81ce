"""Who leads the steps in these tests."""

from collections.abc import Callable

from bilagsbot.model.errors import Stopped
from bilagsbot.model.target import Selectors, Target
from bilagsbot.steps.base import Scope


class Leader:
    """A Conduct that records what it was asked, and submits without a ledger."""

    def __init__(self) -> None:
        self.submitted: list[str] = []
        self.asked: list[str] = []
        self.checkpoints = 0
        self.stop_at = 0

    def submit(self, scope: Scope, target: Target) -> None:
        scope.compare_all()
        scope.driver.aim(target)
        self.submitted.append(target.name)
        scope.driver.submit(target, deadline=2e10)

    def checkpoint(self) -> None:
        self.checkpoints += 1
        if self.checkpoints == self.stop_at:
            raise Stopped("Stopped by a person.")

    def pause(self, scope: Scope, message: str, done: Callable[[], bool]) -> None:
        self.asked.append(message)


def selectors(targets: dict[str, dict[str, object]]) -> Selectors:
    """A selectors file of these targets, all in the page itself."""
    return Selectors.model_validate({"app": "test", "targets": targets or {"none": {"find": {"name": "none"}}}})
