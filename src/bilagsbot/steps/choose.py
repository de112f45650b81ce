"""choose: pick an option from a list."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import FieldsStep, Scope


class Choose(FieldsStep):
    """Pick the option with this label, else with this value, in each list; exactly one option must fit.

    `5700--*` picks the one option that begins with `5700--`. In a field that one types into, the value is typed, and
    the entry that says just that is clicked in the list that comes up.
    """

    verb: ClassVar[str] = "choose"
    step: Literal["choose"] = "choose"

    def run(self, scope: Scope) -> None:
        for name, template in self.fields.items():
            target, option = scope.target(name), scope.render(template)
            scope.confirm(target, scope.driver.choose(target, option))
            scope.journal(self.verb, name, "***" if scope.secret(template) else option)
