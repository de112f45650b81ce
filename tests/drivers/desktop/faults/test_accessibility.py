"""What a driver knows of a program, kept up by what the program tells, is what a newcomer would be told."""

from collections.abc import Mapping

import pytest

from bilagsbot.drivers.desktop import atspi
from bilagsbot.drivers.desktop.accessibility import Tree
from bilagsbot.drivers.desktop.session import DesktopDriver

from ..forms import Form, wait

SAME = ("reinsert Lagre", "uncover", "enable Lagre", "resize 700 520", "minimise")


def seen(tree: Tree) -> list[tuple[str, str, bool, str]]:
    """What stands on the screen: role, name, whether it is enabled, and what it stands in."""
    nodes = tree.nodes
    return sorted(
        (n.role, n.name, n.enabled, nodes[n.parent].role if n.parent in nodes else "")
        for n in nodes.values()
        if n.showing
    )


@pytest.mark.parametrize(
    "commands",
    [
        ["rename Lagre Bokfør"],
        ["disable Lagre", "enable Slett"],
        ["disable Lagre", "enable Lagre"],
        ["disable alt"],
        ["reinsert Lagre"],
        ["modal Vil du lagre?"],
        ["steal", "rename Lagre Bokfør"],
        ["cover", "uncover"],
        ["cover", "uncover", "cover"],
        ["minimise"],
        ["resize 700 520"],
    ],
    ids=" ".join,
)
def test_what_is_known_is_what_the_program_shows(
    driver: DesktopDriver, form: Form, screen_environment: Mapping[str, str], commands: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(atspi, "TRUSTED", float("inf"))  # only by what the program tells
    desk = driver._desk
    access = desk.accessibility
    assert access is not None
    before = seen(access.tree(desk.pids()))

    def as_to_a_newcomer() -> bool:
        newcomer = atspi.Atspi(screen_environment["DBUS_SESSION_BUS_ADDRESS"])
        try:
            return seen(access.tree(desk.pids())) == seen(newcomer.tree(desk.pids()))
        finally:
            newcomer.quit()

    for command in commands:
        form.tell(command)
        assert wait(as_to_a_newcomer)
    if commands[-1] not in SAME:  # the two may agree on how it was before, too
        assert wait(lambda: seen(access.tree(desk.pids())) != before)
        assert wait(as_to_a_newcomer)
