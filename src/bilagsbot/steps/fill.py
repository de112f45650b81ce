"""fill: type values into fields, and read each back."""

from typing import ClassVar, Literal

from bilagsbot.steps.base import FieldsStep, Scope


class Fill(FieldsStep):
    """Type a value into each field, in the order written, leave it as with Tab, and read it back from the screen.

    A field whose selector says `read_back: false` keeps the focus, for a list of suggestions to click in.
    """

    verb: ClassVar[str] = "fill"
    step: Literal["fill"] = "fill"

    def run(self, scope: Scope) -> None:
        for name, template in self.fields.items():
            target, text = scope.target(name), scope.render(template)
            shown = scope.driver.fill(target, text)
            if scope.secret(template):
                scope.journal(self.verb, name, "***")
                continue
            scope.confirm(target, text, shown)
            scope.journal(self.verb, name, text)
