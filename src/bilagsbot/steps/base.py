"""Step and Scope: what a step is, and all that it may touch."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from pydantic import BaseModel, ConfigDict, Field

from bilagsbot.drivers.base import Driver
from bilagsbot.model.compare import same
from bilagsbot.model.errors import StepFailed, suggest
from bilagsbot.model.target import LONGEST, Selectors, Target

LOGIN = re.compile(r"\blogin\b")  # the name by which templates reach a secret


class Templates(Protocol):
    """Fills in templates; flow/template provides it."""

    def render(self, text: str, values: Mapping[str, object]) -> str: ...
    def holds(self, expression: str, values: Mapping[str, object]) -> bool: ...
    def evaluate(self, expression: str, values: Mapping[str, object]) -> object: ...


class Conduct(Protocol):
    """Who leads an attempt: decides on submit, on stopping, and on what a person must do."""

    def submit(self, scope: "Scope", target: Target) -> None:
        """The point of no return; what comes back means that the click was sent."""
        ...

    def checkpoint(self) -> None:
        """Between two steps. Raises Stopped where a person wants the run to end, LeaseLost where we may not go on."""
        ...

    def pause(self, scope: "Scope", message: str, done: Callable[[], bool]) -> None:
        """Wait until a person has done it, or until `done`. Raises Stopped where nobody is there."""
        ...


class Pace(Protocol):
    """Who performs steps otherwise than one right after the other: a person who looks at each of them."""

    def perform(self, steps: "Sequence[Step]", scope: "Scope") -> None: ...


@dataclass
class Scope:
    """All that a step may touch: the screen, the selectors, the item's values, and what was captured so far."""

    driver: Driver
    selectors: Selectors
    templates: Templates
    conduct: Conduct
    values: Mapping[str, object]
    folder: Path
    captured: dict[str, str] = field(default_factory=dict)
    keyed: dict[str, tuple[Target, str]] = field(default_factory=dict)
    not_read_back: list[str] = field(default_factory=list)
    journal: Callable[[str, str, str], None] = lambda step, target, value: None
    pace: Pace | None = None

    def render(self, text: str) -> str:
        """`text` with its templates filled in from the scope's values."""
        return self.templates.render(text, self.values) if "{" in text else text

    def target(self, name: str) -> Target:
        """The target of that name, its own templates filled in. Raises StepFailed for an unknown name."""
        try:
            return self.selectors.targets[name].rendered(self.render)
        except KeyError:
            near = suggest(name, self.selectors.targets)
            raise StepFailed(f"selectors/{self.selectors.app}.yaml has no '{name}'. {near}") from None

    @contextmanager
    def also(self, values: Mapping[str, object]) -> Iterator[None]:
        """Add values (a loop's line) for the time of the block."""
        outer = self.values
        self.values = {**outer, **values}
        try:
            yield
        finally:
            self.values = outer

    def secret(self, template: str) -> bool:
        """Whether a template takes something from the login: such a value is neither read back nor written down."""
        return "{" in template and LOGIN.search(template) is not None

    def confirm(self, target: Target, wanted: str, shown: str | None = None) -> None:
        """Compare what the target shows with what was keyed, and remember it for the check before submit.

        `shown` is what the driver saw when it keyed; without it the target is read. Raises StepFailed on a difference.
        """
        if not target.read_back:
            if target.name not in self.not_read_back:
                self.not_read_back.append(target.name)
            return
        self.keyed[f"{target.name} {target.find}"] = (target, wanted)
        self.compare(target, wanted, shown)

    def compare(self, target: Target, wanted: str, shown: str | None = None) -> None:
        """Raise StepFailed where the target shows anything else than `wanted`."""
        shown = self.driver.read(target) if shown is None else shown
        if not same(shown, wanted, target.as_):
            raise StepFailed(f"{target.name} shows {shown!r} instead of {wanted!r}")

    def compare_all(self) -> None:
        """Read back every field keyed in this attempt that the screen still shows; one difference is StepFailed."""
        fields = list(self.keyed.values())
        if not fields:
            self.driver.leave()
        # The last field is left, else its change would come with the click that submits.
        shown = self.driver.read_all([target for target, _ in fields])
        for (target, wanted), now in zip(fields, shown, strict=True):
            if now is not None:
                self.compare(target, wanted, now)


class Step(BaseModel):
    """One line of a flow. `when` is a condition, `timeout` seconds for this step alone."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    verb: ClassVar[str]

    when: str = Field("", description="Only when this expression holds, e.g. `item.kid`.")
    timeout: float | None = Field(
        None, gt=0, le=LONGEST, strict=True, description="Seconds to wait in this step; default: the selectors file's."
    )
    at: str = Field("", exclude=True, description="file:line, filled in by the loader.")

    @classmethod
    def long(cls, short: object) -> object:
        """The long form, a mapping of fields, of what stands after the verb in YAML."""
        return short

    def run(self, scope: Scope) -> None:
        """Do it. Raises StepFailed, Rejected, Stopped."""
        raise AssertionError(f"{type(self).__name__} does not run")

    def targets(self) -> Iterator[str]:
        """The names of the targets it uses."""
        yield from ()

    def within(self) -> "Sequence[Step]":
        """The steps that it holds."""
        return ()

    def perform(self, scope: Scope) -> None:
        """Run it where its condition holds; a failure names the step's file and line."""
        scope.conduct.checkpoint()
        if self.when and not scope.templates.holds(self.when, {**scope.values, "shows": _shows(scope)}):
            return
        before = scope.driver.timeout
        scope.driver.timeout = self.timeout or before
        try:
            self.run(scope)
        except StepFailed as failed:
            failed.at = failed.at or self.at
            raise
        finally:
            scope.driver.timeout = before


class FieldsStep(Step):
    """A step of the form `verb: {target: value, …}`, done in the order written."""

    fields: Mapping[str, str] = Field(min_length=1, description="Target: value.")

    @classmethod
    def long(cls, short: object) -> object:
        return {"fields": short} if isinstance(short, dict) and "fields" not in short else short

    def targets(self) -> Iterator[str]:
        yield from self.fields


def _shows(scope: Scope) -> Callable[[str], bool]:
    return lambda name: scope.driver.shows(scope.target(name))


def perform(steps: Sequence[Step], scope: Scope) -> None:
    """Perform the steps in order."""
    if scope.pace is not None:
        return scope.pace.perform(steps, scope)
    for step in steps:
        step.perform(scope)


def walk(steps: Sequence[Step]) -> Iterator[Step]:
    """Every step, those within others too."""
    for step in steps:
        yield step
        yield from walk(step.within())
