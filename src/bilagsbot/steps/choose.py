"""choose: pick an option from a list."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import FieldsStep, Scope


class Choose(FieldsStep):
    """Pick the option with this label, or this value, in each list; exactly one option must fit."""

    verb: ClassVar[str] = "choose"
    step: Literal["choose"] = "choose"

    def run(self, scope: Scope) -> None:
        for name, template in self.fields.items():
            target, option = scope.target(name), scope.render(template)
            scope.confirm(target, scope.driver.choose(target, option))
            scope.journal(self.verb, name, option)
