"""Mistakes in a selectors file."""

import pytest

from bilagsbot.flow.load import load_selectors
from bilagsbot.model.errors import BadInput

from .conftest import Files


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("targets:\n", "timeot: 3\ntargets:\n", (":2: unknown key 'timeot'.", "Did you mean 'timeout'?")),
        ("targets:\n", "timeout: 0\ntargets:\n", (":2: 'timeout' is too small: 0.", "more than 0")),
        ("targets:\n", "timeout: inf\ntargets:\n", (":2: 'timeout' is a number, not 'inf'.", "Write digits")),
        ("targets:\n", "timeout: 3601\ntargets:\n", (":2: 'timeout' is too large: 3601.", "3600 or less")),
        ("targets:\n", "driver: desktp\ntargets:\n", (":2: 'driver' cannot be 'desktp'.", "Did you mean 'desktop'?")),
        ("targets:\n", "alerts: ignore\ntargets:\n", (":2: 'alerts' cannot be 'ignore'.", "Known: fail, reject.")),
        ("app: shop", "app: shp", (":1: the file is named shop.yaml but says app: shp.", "Write app: shop.")),
        ("app: shop\n", "", (":1: 'app' is missing.", "Add 'app: …'.")),
        ("{name: user}", "{nam: user}", (":3: unknown key 'nam'.", "Did you mean 'name'?")),
        ("{name: user}", "{name: user, css: x}", (":3: 'find': give exactly one way to find it, not 2",)),
        ("{name: user}", "{name: user, named: x}", (":3: 'find': 'named' goes with 'role'",)),
        ("{name: user}", "{}", (":3: 'find': give exactly one way to find it, not 0",)),
        ("{name: user}", "[]", (":3: 'find' is empty.", "at least one")),
        ("{name: user}", "user", (":3: ", "is a mapping, not 'user'.", "its keys are name, label, cell")),
        ("{name: user}", "{name: 5}", (":3: 'name' is a text, not 5.", 'Put it in quotes: "5".')),
        ("{name: user}", "{name:}", (":3: 'name' has no value.", "Write a text.")),
        ("{find: {name: user}}", "", (":3: 'login.user' has no value.", "its keys are find, frame, is")),
        ("{find: {name: user}}", "{}", (":3: 'find' is missing.", "Ways to find it, best first")),
        ("{tag: input}", "{tagg: input}", (":5: unknown key 'tagg'.", "Did you mean 'tag'?")),
        ("{cell: Number}]", "{cel: Number}]", (":5: unknown key 'cel'.", "Did you mean 'cell'?")),
        ("reloads: true", "reload: true", (":6: unknown key 'reload'.", "Did you mean 'reloads'?")),
        ("reloads: true", "reloads: [a]", (":6: 'reloads' is true or false or a text, not a list.",)),
        ("reloads: true", "reloads: yes", (":6: 'reloads' would wait for a frame called 'yes'.", "true or false")),
        ("reloads: true", "read_back: perhaps", (":6: 'read_back' is true or false, not 'perhaps'.",)),
        ("reloads: true", "as: amonut", (":6: 'as' cannot be 'amonut'.", "Did you mean 'amount'?")),
        ("reloads: true", "name: x", (":6: unknown key 'name'.", "The key above is the target's name")),
        ("name: number", "name: 'n_{{ m }}'", (":5: the template 'n_{{ m }}' uses the unknown name 'm'.",)),
        ("name: number", "name: 'n_{{ n '", (":5: the template 'n_{{ n ' is not understood",)),
        ("name: number", "name: '{{ n.__class__ }}'", (":5: ", "reaches for '__class__'")),
        ("name: number", "name: '{{ login.password }}'", (":5: ", "unknown name 'login'.", "Use it in steps only.")),
    ],
)
def test_a_mistake_in_the_selectors(files: Files, old: str, new: str, parts: tuple[str, ...]) -> None:
    said = files.selectors((old, new))
    assert len(said) == 1, said
    assert said[0].startswith("selectors/shop.yaml:")
    assert all(part in said[0] for part in parts), said[0]


def test_every_mistake_comes_at_once_and_the_flow_is_still_held_against_the_targets(files: Files) -> None:
    files.change("flows/buy.yaml", ("click: menu.new", "click: menu.nu"))
    said = files.selectors(("name: user", "nam: user"), ("{tag: input}", "input"))
    assert [m.partition(": ")[0] for m in said] == [
        "flows/buy.yaml:13",
        "selectors/shop.yaml:3",
        "selectors/shop.yaml:5",
    ]


def test_no_targets_at_all(files: Files) -> None:
    files.write("selectors/shop.yaml", "app: shop\ntargets: {}\n")
    with pytest.raises(BadInput, match=r"selectors/shop.yaml:2: 'targets' is empty\."):
        load_selectors(files.folder, "shop")


def test_a_targets_template_has_to_suit_the_step_that_uses_it(files: Files) -> None:
    said = files.selectors(("name: number", "name: 'nr_{{ n }}_{{ item.amont }}'"))
    assert [m.split(": ")[1] for m in said] == ["the target 'invoice.number' cannot be found here"] * 2
    assert all(m.startswith("flows/buy.yaml:14") for m in said)
    assert "'item' has no 'amont'" in said[0]
    assert "Use it within 'for_each: line' only." in said[1]


@pytest.mark.parametrize("content", ["shop\n", "- app: shop\n", "5\n"])
def test_a_file_that_is_no_mapping(files: Files, content: str) -> None:
    files.write("selectors/shop.yaml", content)
    (said,) = files.wrong()
    assert said.startswith("selectors/shop.yaml:1: the file is a mapping, not ")
    assert "its keys are app, driver" in said
