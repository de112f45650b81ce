"""Files that are no YAML, or no YAML of ours: the line, what is wrong, what to write instead."""

import os
import random

import pytest

from bilagsbot.flow.yamlfile import read

from .conftest import FLOW, LOGIN, SELECTORS, Files

BOMB = "app: shop\na: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(8)
)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("app: shop\n\titem: x\n", (":2: a tab indents this line.", "Indent with spaces.")),
        ("item:\n\ta: text\n", (":2: a tab indents this line.",)),
        ("app: shop\nloop: &loop [*loop]\n", (":2: the alias holds itself.", "Write the value out.")),
        ("app: shop\nloop: &loop\n  inner: *loop\n", ("the alias holds itself.",)),
        (BOMB, ("with its aliases written out", "20000 values")),
        ("app: *nowhere\n", (":1: this is no YAML", "undefined alias", "Write the value out")),
        ("app: [shop\nitem: x\n", ("this is no YAML", "need quotes")),
        ("app: shop\nitem: {{ x }}\n", (":2: a key has to be a plain word.", "need quotes")),
        ("app: shop: 5\n", (":1: this is no YAML: mapping values are not allowed here.", "':'")),
        ("app: %x\n", (":1: this is no YAML",)),
        ("app: 'shop\n", ("this is no YAML",)),
        ("app: shop\n---\napp: shop\n", (":2: a second document begins here.", "one document a file")),
        ("app: shop\x00\n", (":1: the character U+0000 has no place in YAML.", "Remove it.")),
        ("a: b\nc: \x07\n", (":2: the character U+0007",)),
        ("", (":1: the file is empty.",)),
        ("# only words\n\n", (":1: the file is empty.",)),
        ("[" * 5000, (":1: the file nests too deeply.",)),
        ("flow\n", (":1: a flow is a mapping with app, item, key, receipt and steps.", "'app: …'")),
        ("- click: x\n", (":1: a flow is a mapping", "this is a list of steps, which flows can include.")),
        ("42", (":1: a flow is a mapping",)),
    ],
)
def test_what_is_no_flow(files: Files, content: str, parts: tuple[str, ...]) -> None:
    files.write("flows/buy.yaml", content)
    said = files.wrong()
    assert len(said) == 1, said
    assert said[0].startswith("flows/buy.yaml:")
    assert all(part in said[0] for part in parts), said[0]


def test_wrong_utf8_names_the_line(files: Files) -> None:
    files.write("flows/buy.yaml", "app: shop\n# Leverandør\n".encode("latin-1"))
    assert files.wrong() == ["flows/buy.yaml:2: the file is not UTF-8. Save it as UTF-8."]


def test_windows_line_ends_and_a_byte_order_mark_are_fine(files: Files) -> None:
    files.write("flows/buy.yaml", b"\xef\xbb\xbf" + FLOW.replace("\n", "\r\n").encode())
    assert files.wrong() == []


def test_a_folder_in_place_of_a_file(files: Files) -> None:
    (files.folder / "flows/login.yaml").unlink()
    (files.folder / "flows/login.yaml").mkdir()
    (said,) = files.wrong()
    assert said.startswith("flows/login.yaml: the file cannot be read:")


def test_a_doubled_key_is_reported_with_all_else(files: Files) -> None:
    said = files.flow(("app: shop", "app: shop\nap: x\napp: shop"))
    assert said == [
        "flows/buy.yaml:2: unknown key 'ap'. Did you mean 'app'?",
        "flows/buy.yaml:3: the key 'app' stands here twice, first in line 1. Remove one of them.",
    ]


def test_foreign_tags_are_reported(files: Files) -> None:
    files.write("flows/buy.yaml", FLOW + "posts: !!python/object:os.system x\n")
    assert files.wrong() == [
        "flows/buy.yaml:17: the tag '!!python/object:os.system' is not used here. "
        "Write a plain value; a text that begins with '!' needs quotes."
    ]


def test_norwegian_words_and_numbers_stay_what_was_written(files: Files) -> None:
    files.write(
        "x.yaml",
        "country: no\non: off\nyes: y\ndate: 2026-01-02\nkonto: 0123\ntime: 12:30\nhex: 0x1F\nmany: 1_000\n"
        "big: 12345678901234567890\ntrue: true\nnothing: null\nthree: 3\nhalf: 0.5\nexp: 1e5\n",
    )
    assert read(files.folder / "x.yaml", "x.yaml").value == {
        "country": "no", "on": "off", "yes": "y", "date": "2026-01-02", "konto": "0123", "time": "12:30",
        "hex": "0x1F", "many": "1_000", "big": "12345678901234567890", "true": True, "nothing": None, "three": 3,
        "half": 0.5, "exp": "1e5",
    }  # fmt: skip


def test_on_is_a_key_like_any_other(files: Files) -> None:
    assert files.flow(("- click: menu.new", "- click: {on: menu.new}")) == []


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_broken_a_sentence_comes_and_no_traceback(files: Files, seed: int) -> None:
    """Lines dropped, doubled, cut and swapped at random; characters put in at random."""
    chance = random.Random(seed)
    for name, text in (("flows/buy.yaml", FLOW), ("flows/login.yaml", LOGIN), ("selectors/shop.yaml", SELECTORS)):
        files.write(name, _broken(text, chance))
    assert all(line.startswith(("flows/", "selectors/")) for line in files.wrong())


def _broken(text: str, chance: random.Random) -> str:
    lines = text.splitlines()
    for _ in range(chance.randint(0, 3)):
        i = chance.randrange(len(lines))
        line = lines[i]
        cut = chance.randint(0, len(line))
        noise = chance.choice(
            ["[", "]", "{", "}", ":", "- ", "\t", "'", '"', "&a ", "*a", "!!x ", "5", "{{", "|", "\x85"]
        )
        lines[i] = chance.choice([line[:cut], line[:cut] + noise + line[cut:], noise, "", line + "\n" + line])
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["flows/buy.yaml", "flows/login.yaml", "selectors/shop.yaml"])
class TestWhatIsNoFileOfOurs:
    def test_a_file_too_long_to_be_read(self, files: Files, name: str) -> None:
        files.write(name, "# " + "x" * 300_000)
        assert files.wrong() == [f"{name}: the file has more than 250 kB. Split it, or correct it."]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
    def test_a_pipe_which_would_be_waited_for(self, files: Files, name: str) -> None:
        (files.folder / name).unlink()
        os.mkfifo(files.folder / name)
        assert files.wrong() == [f"{name}: this is no ordinary file. Write the file itself here."]

    @pytest.mark.parametrize("to", ["nowhere", "itself", ""])
    def test_a_link_that_leads_nowhere_in_a_circle_or_to_a_folder(self, files: Files, name: str, to: str) -> None:
        file = files.folder / name
        file.unlink()
        file.symlink_to(file if to == "itself" else files.folder / to)
        (said,) = files.wrong()
        assert said.startswith(f"{name}: ")
        assert "Did you mean" not in said


def test_a_step_deep_in_others_is_found_at_once(files: Files) -> None:
    """Its place was looked for in every way that its path can be cut: 2 to the power of 40."""
    steps = "".join(f"{'  ' * i}  - popup: menu.new\n{'  ' * i}    steps:\n" for i in range(20))
    said = files.flow(("steps:\n", f"steps:\n{steps}{'  ' * 21}- click: menu.nwe\n"))
    assert said == ["flows/buy.yaml:53: no target 'menu.nwe' in selectors/shop.yaml. Did you mean 'menu.new'?"]
