"""What is typed into a secret field is written nowhere, and told nowhere."""

import json

import pytest

from bilagsbot.flow.importing.secretwords import address, is_secret
from tests.flow.importing.office import Office


@pytest.mark.parametrize(
    "words",
    ["password", "[type='password']", "nyttPassord", "pwd", "PIN", "pin-kode", "userPin", "engangskode", "apiToken"],
)
def test_words_of_secret_fields(words: str) -> None:
    assert is_secret(words)


@pytest.mark.parametrize("words", ["shipping", "opinion", "spinn", "bruker", "Bilagsnr", "pinne"])
def test_words_of_other_fields(words: str) -> None:
    assert not is_secret(words)


def test_addresses_lose_what_they_hold() -> None:
    assert address("http://ola:x1@h/a?user=b&passord=hem&x=1#token=abc") == (
        "http://h/a?user=b&passord=***&x=1#token=***"
    )


def test_only_a_dropped_selector_or_target_says_that_it_is_secret(office: Office) -> None:
    field = {
        "selectors": [["login-form", "xpath//input[@type='password']"], ["#x"]],
        "type": "change",
        "target": "main",
    }
    keys = {
        "command": "sendKeys",
        "target": "css=.x",
        "targets": [["name=passord", "name"]],
        "value": "hem1${KEY_ENTER}",
    }

    chrome = office.of("a.json", {"steps": [{**field, "value": "hem1"}]})
    (office.folder / "a.side").write_text(json.dumps({"tests": [{"name": "t", "commands": [keys]}]}))
    office(office.folder / "a.side", "--name", "side")

    assert [(one["action"], one.get("value"), one.get("secret")) for one in chrome] == [("fill", None, True)]
    assert [(one.action, one.value, one.secret) for one in office.recording("side").actions] == [
        ("fill", "", True), ("press", "Enter", False),
    ]  # fmt: skip


def test_a_secret_that_is_repeated_elsewhere(office: Office) -> None:
    def change(name: str, value: str) -> dict[str, object]:
        return {"type": "change", "target": "main", "value": value, "selectors": [f"[name={name}]", f"#x{value}"]}

    done = office.of(
        "a.json",
        {"steps": [change("gjenta", "sommer 26"), change("passord", "sommer 26"), change("alder", "26"),
                   {"type": "navigate", "url": "http://h/?q=sommer+26"}, {"type": "customStep", "name": "sommer 26!"}]},
    )  # fmt: skip

    assert "sommer" not in str(done)
    assert [(one.get("value"), one.get("secret", False)) for one in done] == [
        (None, True), (None, True), ("26", False), (None, False), ("customStep ***!", False),
    ]  # fmt: skip
    assert done[3]["url"] == "http://h/?q=***"
    assert office.recording("it").head.url == "http://h/?q=***"
    assert "sommer" not in (office.folder / "recordings/it/recording.jsonl").read_text("utf-8")
