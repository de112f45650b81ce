"""Selectors with `alerts: reject`: the program's alert is its refusal."""

import pytest

from bilagsbot.drivers.base import Answer
from bilagsbot.model.errors import Rejected, StepFailed

from .conftest import OpenDriver
from .site import Site
from .targets import button


def test_an_alert_refuses_a_confirm_fails_and_what_is_armed_does_neither(own_driver: OpenDriver, site: Site) -> None:
    driver = own_driver(alerts="reject")
    driver.open(site.page("<button onclick=\"alert('Beløp \\nmangler')\">Lagre</button>"))
    with pytest.raises(Rejected, match=r"^Beløp mangler$"):
        driver.click(button("Lagre"))
    driver.answer(Answer(says="mangler"))
    driver.click(button("Lagre"))
    driver.answer(Answer(says="Lagret"))
    with pytest.raises(StepFailed, match="the alert said: Beløp mangler, not: Lagret"):
        driver.click(button("Lagre"))
    driver.open(site.page("<button onclick=\"confirm('Slette?')\">Lagre</button>"))
    with pytest.raises(StepFailed, match="unexpected confirm"):
        driver.click(button("Lagre"))
