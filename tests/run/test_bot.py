"""Mistakes in a bot's file: each at its line, with those of the flow and the selectors it names."""

from pathlib import Path

import pytest

from bilagsbot.cli.init import make_workspace
from bilagsbot.model.errors import BadInput
from bilagsbot.run.bot import load_job

INVOICES, JOURNAL = "practice-invoices", "practice-journal"
URL = '"http://127.0.0.1:8765/login"'


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace as `init` makes it."""
    make_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def wrong(workspace: Path, bot: str) -> list[str]:
    """What is wrong with the bot and all that it names."""
    with pytest.raises(BadInput) as bad:
        load_job(workspace, bot)
    assert len(set(bad.value.mistakes)) == len(bad.value.mistakes)
    return [str(m) for m in bad.value.mistakes]


def change(file: Path, *changes: tuple[str, str]) -> None:
    """Replace texts that stand in a file once."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("bot", [INVOICES, JOURNAL])
def test_the_bots_that_init_makes_are_right(workspace: Path, bot: str) -> None:
    job = load_job(workspace, bot)
    assert (job.bot.name, job.header("account"), job.flow.app) == (bot, "Konto", "practice")


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("flow: practice/supplier-invoice", "flow: practice/suplier-invoice",
         (":1: there is no flow 'practice/suplier-invoice'", "Did you mean 'practice/supplier-invoice'?")),
        ("flow: practice/supplier-invoice", "flow: 5", (":1: 'flow' is a text, not 5.", 'quotes: "5"')),
        ("flow: practice/supplier-invoice", "flow: [a]", (":1: 'flow' is a text, not a list.",)),
        ("flow: practice/supplier-invoice", "flow: ../../x", (":1: there is no flow '../../x'",)),
        ("flow: practice/supplier-invoice", 'flow: "a\\0b"', (":1: there is no flow",)),
        ("flow: practice/supplier-invoice", "flow: practice/login",
         ("flows/practice/login.yaml:1: a flow is a mapping", "which flows can include")),
        ("flow: practice/supplier-invoice\n", "", (":1: 'flow' is missing.", "Add 'flow: …'.")),
        ("flow: practice", "name: x\nflow: practice", (":1: unknown key 'name'.",)),
        ("client: Prøvebedriften AS", "client: '  '", (":2: 'client' is empty.",)),
        ("client: Prøvebedriften AS", "client: 2026", (":2: 'client' is a text, not 2026.", 'quotes: "2026"')),
        ("client: Prøvebedriften AS", "client: no\nclinet: x", (":3: unknown key 'clinet'.", "mean 'client'?")),
        ("settle: 5", "setle: 5", (":3: unknown key 'setle'.", "Did you mean 'settle'?")),
        ("settle: 5", "settle: long", (":3: 'settle' is a number, not 'long'.", "Write digits")),
        ("settle: 5", "settle: -1", (":3: 'settle' is too small: -1.", "Write 0 or more.")),
        ("settle: 5", "settle: 'inf'", (":3: 'settle' is too large", "3600 or less")),
        ("settle: 5", "sessions: 2", (":3: 'target': 2 'sessions' need as many 'logins'",)),
        ("login: practice,", "login: my own,", (":3: 'login': 'my own' is no name of a login.", "Use letters")),
        ("login: practice,", "logins: [a, b, a],", (":3: 'target': a login stands twice in 'logins'",)),
        ("login: practice,", "logins: [a, b], login: c,", (":3: 'target': give either 'login' or 'logins'",)),
        ("login: practice,", "logins: [],", (":3: 'login' is missing.",)),
        (", login: practice", "", (":3: 'login' is missing.", "Add 'login: …'.", "bilagsbot login")),
        ("xlsx: inbox/fakturaer.xlsx", "xls: inbox/fakturaer.xlsx", (":5: unknown key 'xls'.", "mean 'xlsx'?")),
        ("xlsx: inbox/fakturaer.xlsx", 'xlsx: "a\\0b"', (":5: 'xlsx': this is no file name.", "inbox/")),
        ("xlsx: inbox/fakturaer.xlsx", "xlsx:", (":5: 'xlsx' has no value.", "Write a text.")),
        ("sheet: Fakturaer", "sheet: 2026", (":6: 'sheet' is a text, not 2026.", 'quotes: "2026"')),
        ("sheet: Fakturaer", "header_row: 0", (":6: 'header_row' is too small: 0.", "Write 1 or more.")),
        ("sheet: Fakturaer", "header_row: 1.5", (":6: 'header_row' is a whole number, not 1.5.", "digits")),
        ("    kid: KID", "    kidd: KID", (":15: the flow has no field 'kidd'.", "Did you mean 'kid'?")),
        ("    kid: KID", "    kid:", (":15: 'kid' has no value.", "Write a text.")),
        ("    kid: KID", "    kid: ' '", (":15: 'kid' is empty.",)),
        ("    kid: KID", "    kid: KID\nattempts: 11", (":16: 'attempts' is too large: 11.", "10 or less")),
        ("    kid: KID", "    kid: KID\ngroup_by: [supplier]",
         (":16: rows are gathered into one item, but the flow keys no lines", "Remove group_by")),
    ],
)  # fmt: skip
def test_a_mistake_in_the_bot(workspace: Path, old: str, new: str, parts: tuple[str, ...]) -> None:
    change(workspace / "bots" / f"{INVOICES}.yaml", (old, new))
    said = wrong(workspace, INVOICES)
    assert len(said) == 1, said
    assert all(part in said[0] for part in parts), said[0]
    assert said[0].startswith(("bots/practice-invoices.yaml:", "flows/"))


@pytest.mark.parametrize(
    ("new", "parts"),
    [
        ("", (":1: the flow has lines, so it must be said which rows are one item.", "Write group_by: [reference].")),
        ("group_by: []", (":8: the flow has lines", "Write group_by: [reference].")),
        ("group_by: [referense]", (":8: the flow's 'item' has no field 'referense'", "Did you mean 'reference'?")),
        ("group_by: account", (":8: the flow's 'item' has no field 'account' to group by.",)),
        ("group_by:\n  - reference\n  - 5", (":10: entry 2 of 'group_by' is a text, not 5.",)),
    ],
)
def test_a_mistake_in_group_by(workspace: Path, new: str, parts: tuple[str, ...]) -> None:
    old = "group_by: [reference]                             # the rows of one voucher"
    change(workspace / "bots" / f"{JOURNAL}.yaml", (old, new))
    said = wrong(workspace, JOURNAL)
    assert len(said) == 1, said
    assert all(part in said[0] for part in parts), said[0]


def test_nothing_can_be_asked_first_without_a_lookup(workspace: Path) -> None:
    bot, flow = workspace / "bots/practice-invoices.yaml", workspace / "flows/practice/supplier-invoice.yaml"
    bot.write_text(f"{bot.read_text(encoding='utf-8')}ask_first: true\n", encoding="utf-8")
    assert load_job(workspace, INVOICES).bot.ask_first
    text = flow.read_text(encoding="utf-8")
    flow.write_text(text[: text.index("lookup:")], encoding="utf-8")
    (said,) = wrong(workspace, INVOICES)
    assert "bots/practice-invoices.yaml:" in said
    assert "the flow has no lookup to ask by. Give it one, or remove ask_first." in said


def test_group_by_may_be_one_word(workspace: Path) -> None:
    change(workspace / "bots" / f"{JOURNAL}.yaml", ("group_by: [reference]", "group_by: reference"))
    assert load_job(workspace, JOURNAL).bot.group_by == ("reference",)


def test_mistakes_of_the_bot_its_flow_and_its_selectors_come_at_once(workspace: Path) -> None:
    change(workspace / "bots" / f"{INVOICES}.yaml", ("settle: 5", "setle: 5"), ("    kid: KID", "    kidd: KID"))
    change(workspace / "flows/practice/supplier-invoice.yaml", ("- click: menu.invoice", "- clik: menu.invoice"))
    change(workspace / "selectors/practice.yaml", ("page.title: {find: {document: title}}", "page.title: {find: {}}"))
    said = wrong(workspace, INVOICES)
    assert [m.partition(": ")[0] for m in said] == [
        "bots/practice-invoices.yaml:3", "bots/practice-invoices.yaml:15", "flows/practice/supplier-invoice.yaml:18",
        "selectors/practice.yaml:16",
    ]  # fmt: skip


class TestTheBotsName:
    def test_nearest(self, workspace: Path) -> None:
        assert wrong(workspace, "practise-journal") == [
            "bots/practise-journal.yaml: there is no such bot. Did you mean 'practice-journal'?"
        ]

    def test_as_a_path(self, workspace: Path) -> None:
        assert "Did you mean 'practice-journal'?" in wrong(workspace, "bots/practice-journal.yaml")[0]

    def test_with_the_other_ending(self, workspace: Path) -> None:
        (workspace / "bots/mine.yml").write_text("flow: x\n", encoding="utf-8")
        assert wrong(workspace, "mine") == ["bots/mine.yaml: there is no such bot. Rename bots/mine.yml to mine.yaml."]

    @pytest.mark.parametrize("content", ["- flow: x\n", "text\n"])
    def test_a_file_that_is_no_mapping(self, workspace: Path, content: str) -> None:
        (workspace / "bots/mine.yaml").write_text(content, encoding="utf-8")
        (said,) = wrong(workspace, "mine")
        assert said.startswith("bots/mine.yaml:1: ")
        assert "its keys are flow, client, target, input" in said
