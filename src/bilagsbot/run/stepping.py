"""Stepper: one step at a time, with a person who looks, edits the files, and has it try again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilagsbot.model.errors import BadInput, StepFailed, Stopped
from bilagsbot.model.target import Target
from bilagsbot.run.bot import Job
from bilagsbot.steps.base import FieldsStep, Scope, Step, walk

HELP = "Enter does it, s leaves it out, r reads the edited files again, q ends the run"
AGAIN = "edit the flow or the selectors; Enter tries again with the files as they are then, s leaves it out, q ends"


@dataclass(frozen=True)
class Talk:
    """How the person is told something, and asked. `ask` gives what was typed. It raises Stopped where nobody is."""

    say: Callable[[str], None]
    ask: Callable[[str], str]


class Stepper:
    """See Pace. `reload` reads the bot and all its files again. Nothing is tried twice once the submit has begun."""

    def __init__(self, job: Job, reload: Callable[[], Job], talk: Talk) -> None:
        self._asked_for = job.flow  # as the run knows it, which is not the one that was edited
        self._job, self._reload, self._talk = job, reload, talk
        self._within: list[int | str] = []  # which section, and which step of which step, is being performed
        self._submitted = False

    def perform(self, steps: Sequence[Step], scope: Scope) -> None:
        outer = self._within
        if not outer:
            self._within = [section := self._section(steps)]
            steps = getattr(self._job.flow, section)
            self._submitted = self._submitted and self._within != ["steps"]
        try:
            self._one_by_one(steps, scope)
        finally:
            self._within = outer

    def _one_by_one(self, steps: Sequence[Step], scope: Scope) -> None:
        i, told, before = 0, HELP, self._within
        while i < len(steps):
            scope.driver.outline(self._seen(steps[i], scope))
            answer = self._talk.ask(f"{self._said(steps[i], scope)}\n  [{told}] ").strip().lower()
            if answer == "q":
                raise Stopped("Stopped by a person.")
            if answer == "r" or told == AGAIN:
                steps = self._read_again(steps, scope)
            if answer == "r":
                continue
            told = HELP
            if answer != "s":
                self._within = [*before, i]
                try:
                    self._do(steps[i], scope)
                except StepFailed as failed:
                    if self._submitted:
                        raise
                    self._talk.say(f"  failed: {failed}")
                    told = AGAIN
                    continue
                finally:
                    self._within = before
            i += 1

    def _do(self, step: Step, scope: Scope) -> None:
        scope.driver.outline([])
        # What posts is never tried again by itself, however it ended.
        self._submitted = self._submitted or any(one.verb == "submit" for one in walk([step]))
        step.perform(scope)

    def _section(self, steps: Sequence[Step]) -> str:
        flow = self._asked_for
        return next(name for name in ("start", "steps", "lookup") if getattr(flow, name) is steps)

    def _read_again(self, steps: Sequence[Step], scope: Scope) -> Sequence[Step]:
        """The steps of this place as the files have them now; as they were where these are not right."""
        try:
            self._job = self._reload()
        except BadInput as bad:
            self._talk.say("\n".join(f"  {mistake}" for mistake in bad.mistakes))
            return steps
        scope.selectors = self._job.selectors
        known = scope.selectors.targets
        # What stands on the screen is still to be read back, by the selectors as they are now.
        scope.keyed = {
            where: (scope.target(target.name), text) if target.name in known else (target, text)
            for where, (target, text) in scope.keyed.items()
        }
        section, *path = self._within
        found: Sequence[Step] = getattr(self._job.flow, str(section))
        for index in path:
            found = found[int(index)].within() if int(index) < len(found) else ()
        return found or steps

    def _seen(self, step: Step, scope: Scope) -> list[Target]:
        return [scope.target(name) for name in step.targets() if name in scope.selectors.targets]

    def _said(self, step: Step, scope: Scope) -> str:
        """The step in a line, with what will be keyed; secrets as ***."""
        said = [f"{name} {self._value(text, scope)!r}" for name, text in step.fields.items()] if isinstance(
            step, FieldsStep) else list(step.targets())  # fmt: skip
        posts = "THIS POSTS: " if step.verb == "submit" else ""
        when = f" when {step.when}" if step.when else ""
        return f"{step.at}: {posts}{step.verb} {', '.join(said)}{when}".rstrip()

    def _value(self, template: object, scope: Scope) -> str:
        text = str(template)
        try:
            return "***" if scope.secret(text) else scope.render(text)
        except StepFailed:
            return text
