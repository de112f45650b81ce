"""Files that are no recordings, and words that do not fit: every mistake with its line and what to do."""

from pathlib import Path

import pytest

from tests.flow.importing.office import FILES, Office

HOW = "Write one with 'playwright codegen --target jsonl -o FILE'"
AGAIN = "Correct or remove it, or export anew."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", ["it:1: the file is empty.", HOW]),
        (b" \n", ["it:1: the file is empty."]),
        (b"from playwright.sync_api import sync_playwright\n", ["it:1: this is no JSON", HOW]),
        (b'{"steps": [\n{,', ["it:2: this is no JSON"]),
        (b"a\n\xff", ["it:2: it is not UTF-8. Save it as UTF-8."]),
        (b"[" * 100_000, ["it:1: it nests too deeply."]),
        (b'{"steps": [' + b"9" * 5000 + b"]}", ["it:1: a number in it is too long."]),
        (b'{"a": 1}', ["it:1: this is no recording of a program that is known here.", HOW]),
        (b'{"a": 1}\n{"b": 2}', ["it:1: these are not Playwright codegen's lines.", HOW]),
        (b'{"steps": []}', ["it:1: nothing in it is done to a program."]),
        (b'{"steps": [{"type": "scroll"}]}', ["it:1: nothing in it is done to a program."]),
        (b'{"tests": []}', ["it:1: it holds no test."]),
        (
            b'{"steps": [7,\n{"type": 3},\n{"type": "click", "frame": ["a"]},\n'
            b'{"type": "navigate", "url": "\\ud800"}]}',
            [f"it:1: here an object is expected, {{…}}. {AGAIN}", "it:2: type: Input should be a valid string.",
             "it:3: frame.0: ", "it:4: a text in it holds half a character.", "4 mistakes."],
        ),
        (
            b'{"browserName": "chromium"}\n{"name": "click"\n{"pageGuid": "a"}\n[2]\n',
            [f"it:2: this is no JSON: Expecting ',' delimiter. {AGAIN}", "it:3: name: Field required.",
             "it:4: here an object is expected", "3 mistakes."],
        ),
        (
            b'{"tests": [{"name": "a", "commands": [\n{"command": "open"},\n{"target": "x"},\n{"command": 1}]}]}',
            ["it:3: command: Field required.", "it:4: command: Input should be a valid string.", "2 mistakes."],
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_recording(content: bytes, told: list[str], office: Office) -> None:
    (office.folder / "it").write_bytes(content)

    said = office("it", code=2)

    assert [one for one in told if one not in said] == []
    assert not (office.folder / "recordings").exists()


def test_no_file_and_no_ordinary_file(office: Office) -> None:
    assert "nope.json: there is no such file." in office("nope.json", code=2)
    assert "bots: it cannot be read" in office("bots", code=2)


def test_a_project_of_several_tests_lists_them_all(office: Office) -> None:
    said = office(FILES / "bilag.side", code=2)

    assert "bilag.side:7: this is one of several tests, 'bokfør'. Import this one with --test 'bokfør'." in said
    assert "bilag.side:93: this is one of several tests, 'logg ut'. Import this one with --test 'logg ut'." in said
    assert "has no test 'bokfor'. Did you mean 'bokfør'?" in office(FILES / "bilag.side", "--test", "bokfor", code=2)


def test_tests_of_one_name_need_names_of_their_own(office: Office) -> None:
    (office.folder / "it").write_text('{"tests": [{"name": "a"},\n{"name": "a"}]}')

    assert "it:2: this is one of several tests, 'a'. Give it a name of its own." in office("it", code=2)


def test_words_that_do_not_fit_are_told_together(office: Office) -> None:
    said = office(FILES / "bilag.json", "--format", "side", "--test", "x", "--name", "../a", code=2)

    assert "this is JSON of Chrome's Recorder, not a Selenium IDE project. Leave out --format, or write" in said
    assert "--test: JSON of Chrome's Recorder holds one recording only. Leave it out." in said
    assert "recordings/../a: this is no name." in said


def test_a_name_that_is_taken(office: Office) -> None:
    office(FILES / "bilag.json", "--format", "chrome")
    before = (office.folder / "recordings/bilag/recording.jsonl").read_bytes()

    said = office(FILES / "bilag.json", code=2)

    assert "recordings/bilag: there is one already. Take another name, or remove it." in said
    assert (office.folder / "recordings/bilag/recording.jsonl").read_bytes() == before
    office(FILES / "bilag.json", "--name", "kunde/bilag-2")
    assert office.recording("kunde/bilag-2").head.imported == "chrome"


def test_a_file_without_a_name_to_make_one_of(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "«».json"
    file.write_bytes((FILES / "bilag.json").read_bytes())

    assert "no name can be made of the file's. Write --name NAME." in office(file, code=2)


def test_names_are_made_of_the_files(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "Recording 2.1.2027 at 10:15.json"
    file.write_bytes((FILES / "bilag.json").read_bytes())

    assert "Next: bilagsbot draft recording-2.1.2027-at-10-15" in office(file)


def test_no_secret_is_told_in_a_mistake(office: Office) -> None:
    line = '{"name": "fill", "text": "hemmelig1", "selector": "[type=password]", "pageGuid": 7}'
    (office.folder / "it").write_text('{"browserName": "chromium"}\n' + line)

    assert "hemmelig1" not in office("it", code=2)
