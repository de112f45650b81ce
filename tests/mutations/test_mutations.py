"""Whatever becomes of a page, no selector leads to another element than the one meant: it is found, or nothing is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bilagsbot.drivers.web.browser import find_browser
from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.model.target import Fingerprint, Selectors
from tests.mutations.changes import KINDS
from tests.mutations.drafted import drafted
from tests.mutations.mutating import RENAMED, Outcome, counted, mutate_all
from tests.mutations.screens import Screens, practice
from tests.mutations.starter import SECOND_LINE, posting, selectors

pytestmark = pytest.mark.xdist_group("mutations")  # the table is made once, in half a minute on a busy machine

# The names, labels and classes stay, and so does all that is found by them.
HARMLESS = (
    "rows in another order", "columns in another order", "two fields in one row", "buttons moved", "everything wrapped",
    "labels in a <label>", "a field with a similar label", "a field with the same label", "a hidden copy of the page",
    "a column more", "a column of boxes", "a heading over the headings", "a sum under the rows",
)  # fmt: skip


@pytest.fixture(scope="module")
def screens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screens]:
    if find_browser() is None:
        pytest.skip("no browser on this machine")
    browser = Chromium(headed=False, redact=str)
    with practice(tmp_path_factory.mktemp("practice")) as program:
        yield Screens(browser.context().new_page(), program)
    browser.close()


@pytest.fixture(scope="module")
def outcomes(screens: Screens) -> list[Outcome]:
    return mutate_all(selectors(), posting(), screens, SECOND_LINE)


@pytest.mark.parametrize("kind", KINDS)
def test_no_selector_finds_another_element(kind: str, outcomes: list[Outcome]) -> None:
    tried = [one for one in outcomes if one.kind == kind]
    assert tried
    assert [one for one in tried if one.verdict == "wrong"] == []


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_changes_nothing_of_it_does_not_stop_a_selector(kind: str, outcomes: list[Outcome]) -> None:
    assert [one for one in outcomes if one.kind == kind and not one.healing and one.verdict != "right"] == []


@pytest.mark.soak
def test_no_drafted_selector_finds_another_element(screens: Screens, tmp_path: Path) -> None:
    made = drafted(tmp_path / "office")
    outcomes = mutate_all(made, ("leverandorfaktura.bokfor",), screens, str)
    count = counted(outcomes)
    assert {one.target for one in outcomes} == set(made.targets)
    assert [one for one in outcomes if one.verdict == "wrong"] == []
    assert count["right"] > count["stopped"]


def test_a_field_with_a_new_name_is_found_by_its_label(outcomes: list[Outcome]) -> None:
    healed = {one.target for one in outcomes if one.kind == RENAMED and one.verdict == "right"}
    assert {name for name, target in selectors().targets.items() if len(target.find) > 1} <= healed


def test_every_selector_is_tried(outcomes: list[Outcome]) -> None:
    elements = {name for name, target in selectors().targets.items() if not target.find[0].document}
    assert {one.target for one in outcomes} == elements


@pytest.mark.parametrize(
    "kind", ["fields that trade names", "a name taken over by a box", "a name taken over by a field"]
)
def test_without_fingerprints_other_elements_are_taken_for_it(kind: str, screens: Screens) -> None:
    bare = {name: target.model_copy(update={"is_": Fingerprint()}) for name, target in selectors().targets.items()}
    trusting = selectors().model_copy(update={"targets": bare})
    tried = mutate_all(trusting, posting(), screens, SECOND_LINE, [kind], ["invoice"])
    assert counted(tried)["wrong"] >= 10


@pytest.mark.parametrize(("label", "verdicts"), [("Beløp", {"stopped"}), ("", {"wrong"})])
def test_a_place_never_wins_over_a_fingerprint(label: str, verdicts: set[str], screens: Screens) -> None:
    sixth = {"find": [{"css": "tr:nth-child(6) input"}], "is": {"label": label}}
    by_place = Selectors.model_validate({"app": "practice", "frame": "hoved", "targets": {"amount": sixth}})
    tried = mutate_all(by_place, (), screens, str, ["rows in another order"], ["invoice"])
    assert {one.verdict for one in tried} == verdicts


def test_what_posts_is_never_found_by_a_lower_way(screens: Screens) -> None:
    find = [{"name": "bokfor"}, {"role": "button", "named": "Bokfør"}]
    post = Selectors.model_validate({"app": "practice", "frame": "hoved", "targets": {"post": {"find": find}}})
    verdicts = [
        {one.verdict for one in mutate_all(post, names, screens, str, [RENAMED], ["invoice", "journal"])}
        for names in ((), ("post",))
    ]
    assert verdicts == [{"right"}, {"stopped"}]
