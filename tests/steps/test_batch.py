"""A fill of several fields in one go, where the selectors file allows it."""

import pytest

from bilagsbot.model.errors import StepFailed
from bilagsbot.steps.base import Scope
from bilagsbot.steps.fill import Fill

from .conftest import FakeScope

FIELDS = {"a": {"find": {"name": "a"}}, "b": {"find": {"name": "b"}, "as": "amount"}}
TYPED = "onkeydown=\"document.title = 'keys'\" oninput=\"document.title += event.isTrusted ? ' typed' : ' set'\""
TWO = f"<input name=a {TYPED}><input name=b {TYPED}>"


def batched(on_page: FakeScope, body: str, allowed: bool = True) -> Scope:
    scope = on_page(body, **FIELDS, title={"find": {"document": "title"}})
    scope.selectors = scope.selectors.model_copy(update={"batch": allowed})
    return scope


def shown(scope: Scope) -> list[str]:
    return [scope.driver.read(scope.target(name)) for name in ("a", "b", "title")]


@pytest.mark.parametrize(("allowed", "how"), [(True, "set"), (False, "typed")])
def test_only_where_it_is_allowed(
    on_page: FakeScope, notes: list[tuple[str, str, str]], allowed: bool, how: str
) -> None:
    scope = batched(on_page, TWO, allowed)
    Fill(fields={"a": "F-1", "b": "1250"}).perform(scope)
    assert shown(scope) == ["F-1", "1250", f"Bilag {how} {how}"]
    assert notes == [("fill", "a", "F-1"), ("fill", "b", "1250")]
    scope.compare_all()


def test_one_field_alone_is_typed(on_page: FakeScope) -> None:
    scope = batched(on_page, TWO)
    Fill(fields={"a": "F-1"}).perform(scope)
    assert shown(scope)[2] == "Bilag typed"


def test_a_login_is_typed(on_page: FakeScope) -> None:
    scope = batched(on_page, TWO)
    Fill(fields={"a": "{{ login.username }}", "b": "{{ login.password }}"}).perform(scope)
    assert shown(scope)[2] == "Bilag typed typed"


def test_what_the_page_takes_from_keys_alone_is_typed_after_all(on_page: FakeScope) -> None:
    deaf = 'oninput="if (!event.isTrusted) this.value = `gammel`"'
    scope = batched(on_page, f"<input name=a {deaf}><input name=b>")
    Fill(fields={"a": "F-1", "b": "1250"}).perform(scope)
    assert shown(scope)[:2] == ["F-1", "1250"]
    scope.compare_all()


def test_what_shows_another_value_either_way_stops_the_item(on_page: FakeScope) -> None:
    scope = batched(on_page, "<input name=a><input name=b onchange='this.value = 7'>")
    with pytest.raises(StepFailed, match="b shows '7' instead of '1250'"):
        Fill(fields={"a": "F-1", "b": "1250"}).perform(scope)


def test_what_is_changed_later_is_found_before_submit(on_page: FakeScope) -> None:
    scope = batched(on_page, "<input name=a onchange='setTimeout(() => this.value = `sent`, 50)'><input name=b>")
    Fill(fields={"a": "F-1", "b": "1250"}).perform(scope)
    while scope.driver.read(scope.target("a")) != "sent":
        pass
    with pytest.raises(StepFailed, match="a shows 'sent' instead of 'F-1'"):
        scope.compare_all()
