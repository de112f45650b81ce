"""upload: give the program files."""

from pathlib import Path
from typing import ClassVar, Literal

from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import FieldsStep, Scope


class Upload(FieldsStep):
    """Put a file into each file field; paths are relative to the workspace."""

    verb: ClassVar[str] = "upload"
    step: Literal["upload"] = "upload"

    def run(self, scope: Scope) -> None:
        workspace = Path(str(scope.values["workspace"]))
        for name, template in self.fields.items():
            target, file = scope.target(name), workspace / scope.render(template)
            if not file.is_file():
                raise StepFailed(f"there is no file {scope.render(template)!r} to upload to {name}")
            scope.confirm(target, file.name, scope.driver.upload(target, [file]))
            scope.journal(self.verb, name, file.name)
