"""Whole files of each format: every action, in order, and what is told of the rest.

codegen's file was written by Playwright's own recorder, on a page with frames, a popup, a dialog and a download; a few
lines of what that page did not bring up were added in the same shape. The others have the shape of what Chrome and
Selenium IDE save.
"""

from pathlib import Path

import pytest

from tests.flow.importing.office import FILES, Office

EXPECTED = Path(__file__).parent / "expected"
SAID = {
    "faktura": [
        "31 commands (codegen): 26 mapped, 3 passed over (openPage without an address 1, press Tab 1, "
        "closePage at the end 1), 2 not mapped.",
        "  faktura.jsonl:17: dialog (codegen tells neither what it said nor how it was answered)",
        "  faktura.jsonl:25: assertSnapshot",
        "  faktura.jsonl:29: frame: iframe 1 (frames are found by name: write the name there)",
        "  faktura.jsonl:30: double click",
        "33 actions in recordings/faktura. Next: bilagsbot draft faktura",
    ],
    "bilag": [
        "25 commands (chrome): 16 mapped, 5 passed over (setViewport 1, keyDown Tab 1, keyUp Tab 1, keyDown Control 1, "
        "keyUp Control 1), 4 not mapped.",
        "  bilag.json:48: frame: index=0 (frames are found by name: write the name there)",
        "  bilag.json:100: double click",
        "  bilag.json:105: target: http://127.0.0.1:8765/sok (Chrome tells a new window and a foreign frame alike)",
        "  bilag.json:124: waitForElement ==3",
        "  bilag.json:134: waitForExpression window.ready",
        "  bilag.json:138: customStep logg",
        "21 actions in recordings/bilag. Next: bilagsbot draft bilag",
    ],
    "bokfør": [
        "47 commands (side): 33 mapped, 3 passed over (setWindowSize 1, mouseOver 1, switched off with // 1), "
        "11 not mapped.",
        "  bilag.side:41: frame: index=1 (frames are found by name: write the name there)",
        "  bilag.side:44: select | name=periode | index=2 (only its place in the list is told, or a pattern)",
        "  bilag.side:79: assertElementNotPresent | css=.feil",
        "  bilag.side:81: store | *** | nyttPassord",
        "  bilag.side:83: executeScript | document.forms[0].passord.value = '***'",
        "  bilag.side:84: if | ${a} === 1",
        "  bilag.side:86: end",
        "  bilag.side:87: doubleClick | id=x (a flow has no double click)",
        "  bilag.side:88: storeText | css=#no | nummer",
        "  bilag.side:89: run | logg ut (import that test too, and include its flow)",
        "  bilag.side:90: myOwnCommand | a | b",
        "38 actions in recordings/bokfør. Next: bilagsbot draft bokfør",
    ],
}
SECRETS = ("hemmelig123", "sommer&2026", "sommer%262026", "sommer2026", "vinter2027", "'x9'", '"1234"')


@pytest.mark.parametrize(
    ("file", "words", "name"),
    [("faktura.jsonl", (), "faktura"), ("bilag.json", (), "bilag"), ("bilag.side", ("--test", "bokfør"), "bokfør")],
)
def test_a_whole_file(file: str, words: tuple[str, ...], name: str, office: Office) -> None:
    said = office(FILES / file, *words)

    assert said.splitlines() == SAID[name]
    written = (office.folder / "recordings" / name / "recording.jsonl").read_text("utf-8")
    assert written == (EXPECTED / f"{name.replace('ø', 'o')}.jsonl").read_text("utf-8")
    assert not any(secret in said + written for secret in SECRETS)
    assert len(office.recording(name).actions) == len(written.splitlines()) - 1
