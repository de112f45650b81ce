"""The voucher form's targets, and a voucher in it."""

import time
from collections.abc import Mapping

from bilagsbot.drivers.desktop.session import DesktopDriver
from bilagsbot.model.target import Selectors, Target

from ..forms import TITLE, Form

FIELDS = ("Bilagsnr", "Dato", "Beløp", "Leverandør", "Tekst")
TARGETS = {
    **{name: {"find": {"label": f"{name}:"}} for name in FIELDS},
    "type": {"find": {"label": "Bilagstype:"}},
    "paid": {"find": {"role": "checkbox", "named": "Betalt"}},
    "save": {"find": {"role": "button", "named": "Lagre"}, "is": {"type": "button", "text": "Lagre"}},
    "delete": {"find": {"role": "button", "named": "Slett"}},
    "any": {"find": {"role": "button"}},
    "nothing": {"find": {"role": "button", "named": "Bokfør"}},
    "saved": {"find": {"role": "table"}},
    "seen": {"find": {"ocr": "Beløp:", "beside": "right", "size": [200, 30]}},
}
TIMEOUT = 1.5  # seconds
SELECTORS = Selectors.model_validate(
    {"app": "form", "driver": "desktop", "window": TITLE, "targets": TARGETS, "timeout": TIMEOUT}
)


def target(name: str, **more: object) -> Target:
    """That one, with something else in its selector."""
    return Target.model_validate({"name": name, "window": TITLE, **TARGETS[name], **more})


def fill(driver: DesktopDriver, *names: str) -> dict[str, str]:
    """Another text in each field, with letters that the keyboard lacks; all fields, as they are then."""
    written = {name: f"{name} æøå – {i}" for i, name in enumerate(names)}
    for name, text in written.items():
        assert driver.fill(target(name), text) == text
    return {**dict.fromkeys(FIELDS, ""), **written}


def values(form: Form) -> Mapping[str, object]:
    """The fields, as the program has them."""
    return {name: form.values()[name] for name in FIELDS}


def post(driver: DesktopDriver) -> None:
    """Save it, as a flow does."""
    driver.aim(target("save"))
    driver.submit(target("save"), time.time() + 60)
