"""One file a step, and STEPS, the union of them. A new step is one file, and one line here."""

from typing import Annotated

from pydantic import Field

from bilagsbot.steps.base import Step
from bilagsbot.steps.capture import Capture
from bilagsbot.steps.check import Check
from bilagsbot.steps.choose import Choose
from bilagsbot.steps.click import Click
from bilagsbot.steps.dialog import Dialog
from bilagsbot.steps.download import Download
from bilagsbot.steps.expect import Expect
from bilagsbot.steps.fill import Fill
from bilagsbot.steps.find_row import FindRow
from bilagsbot.steps.for_each import ForEach
from bilagsbot.steps.include import Include
from bilagsbot.steps.open import Open
from bilagsbot.steps.pause import Pause
from bilagsbot.steps.popup import Popup
from bilagsbot.steps.press import Press
from bilagsbot.steps.reject_if import RejectIf
from bilagsbot.steps.script import Script
from bilagsbot.steps.submit import Submit
from bilagsbot.steps.upload import Upload
from bilagsbot.steps.wait_for import WaitFor

YAML_STEPS: tuple[type[Step], ...] = (
    Open, Click, Fill, Choose, Check, Press, Expect, RejectIf, Submit, Capture, FindRow,
    WaitFor, ForEach, Include, Popup, Dialog, Pause, Upload, Download,
)  # fmt: skip
STEPS: dict[str, type[Step]] = {step.verb: step for step in YAML_STEPS}

AnyStep = Annotated[
    Open | Click | Fill | Choose | Check | Press | Expect | RejectIf | Submit | Capture | FindRow
    | WaitFor | ForEach | Include | Popup | Dialog | Pause | Upload | Download | Script,
    Field(discriminator="step"),
]  # fmt: skip

for _holder in (ForEach, Include, Popup):
    _holder.model_rebuild(_types_namespace={"AnyStep": AnyStep})
