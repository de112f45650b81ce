"""A draft's three files, from recordings made by hand and from one that a person made."""

from pathlib import Path

import pytest
import yaml

from bilagsbot.flow.drafting.draft import GUESSED, NO_LOOKUP, NO_SUBMIT, Existing, draft
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.sample import SampleRows
from bilagsbot.model.recording import Action, Element
from bilagsbot.model.target import Anchor, Selectors
from tests.flow.drafting.making import button, field, recording, sample

DIALOG = Action(n=1, action="dialog", dialog="confirm", value="Bokføre bilag 7?", accept=True)


@pytest.fixture
def rows(tmp_path: Path) -> SampleRows:
    return sample(tmp_path, ["Fakturanr", "Beløp"], ["F-1", 100.5], ["F-2", 7])


def flow_of(rows: SampleRows | None, *actions: Action) -> tuple[str, dict[str, object]]:
    """The flow's text, and what it says."""
    text = draft(recording(*actions), "faktura", "faktura", rows, None, None).flow
    return text, yaml.safe_load(text)


def test_noise_is_left_out_and_a_dialog_stands_before_what_brings_it_up(rows: SampleRows) -> None:
    focus = field("Fakturanr", "").model_copy(update={"action": "click"})
    text, flow = flow_of(
        rows, focus, field("Fakturanr", "F-"), field("Beløp", "100,50"), field("Fakturanr", "F-1"),
        button("Bokfør", submits=True, loads=((),)), DIALOG,
    )  # fmt: skip
    assert flow["steps"] == [
        {"fill": {
            "faktura.fakturanr": "{{ item.fakturanr }}", "faktura.belop": "{{ item.belop | amount('plain_nb') }}",
        }},
        {"dialog": {"answer": "accept", "says": "Bokføre bilag"}},
        {"submit": "faktura.bokfor"},
    ]  # fmt: skip
    assert f"# check: {NO_LOOKUP}" in text


def test_a_password_is_the_logins_and_what_comes_before_it_the_user(rows: SampleRows) -> None:
    secret = field("Passord", "", secret=True)
    secret = secret.model_copy(update={"element": Element(tag="input", type="password", name="pw", label="Passord")})
    _, flow = flow_of(
        rows, Action(n=1, action="open", url="http://127.0.0.1/"), field("Bruker", "kari"), secret,
        button("Logg inn", loads=((),)), button("Meny"), button("Ny faktura", loads=((),)), field("Fakturanr", "F-1"),
        button("Bokfør", submits=True),
    )  # fmt: skip
    assert flow["start"] == [
        {"open": "{{ target.url }}"},
        {"fill": {"login.user": "{{ login.username }}", "login.password": "{{ login.password }}"}},
        {"click": "login.submit"},
        {"click": "faktura.meny"},  # it opens a menu that stays open
    ]
    assert flow["steps"][0] == {"click": "faktura.ny_faktura"}  # type: ignore[index]


def test_without_a_mark_the_last_click_that_loads_is_taken_and_asked_about(rows: SampleRows) -> None:
    said = (field("Fakturanr", "F-1"), button("Oppdater", loads=((),)), button("Bokfør", loads=((),)))
    text, flow = flow_of(rows, *said)
    assert flow["steps"][-1] == {"submit": "faktura.bokfor"}  # type: ignore[index]
    assert GUESSED in text
    assert NO_SUBMIT in flow_of(rows, field("Fakturanr", "F-1"))[0]


def test_the_number_in_a_message_is_the_receipt(rows: SampleRows) -> None:
    told = Action(n=1, action="confirm", value="Faktura F-1 er ført som bilag 10.001", element=Element(tag="p", id="s"))
    text, flow = flow_of(rows, field("Fakturanr", "F-1"), button("Bokfør", submits=True), told)
    assert flow["steps"][-1] == {  # type: ignore[index]
        "capture": {"bilag": "page.s", "matching": r"Faktura F-\d+ er ført som bilag ([\d.-]+)"}
    }
    assert flow["receipt"] == {"bilag": {"type": "text", "label": "bilag"}}
    assert "which amount" not in text


def test_what_an_import_could_not_map_stands_where_it_was(rows: SampleRows) -> None:
    script = Action(n=1, action="unmapped", value="executeScript window.ready", source="bilag.side:14")
    text, _ = flow_of(rows, field("Fakturanr", "F-1"), script, button("Bokfør", submits=True))
    assert "  # check: not taken over from bilag.side:14: executeScript window.ready\n  - submit:" in text


def test_without_a_workbook_the_draft_asks_for_the_columns() -> None:
    text, flow = flow_of(None, field("Fakturanr", "F-1"), button("Bokfør", submits=True))
    assert "reference: text  # check: which columns are keyed?" in text
    assert flow["steps"][0] == {"fill": {"faktura.fakturanr": "F-1"}}  # type: ignore[index]


def test_a_draft_is_loaded_as_any_flow(rows: SampleRows, tmp_path: Path) -> None:
    told = Action(n=1, action="confirm", value="Bilag 7", element=Element(tag="p", id="status"))
    made = draft(
        recording(field("Fakturanr", "F-1"), field("Beløp", "100,50"), button("Bokfør", submits=True), told),
        "faktura", "faktura", rows, None, None,
    )  # fmt: skip
    for file, text in (("flows/faktura.yaml", made.flow), ("selectors/faktura.yaml", made.selectors or "")):
        (tmp_path / file).parent.mkdir()
        (tmp_path / file).write_text(text, encoding="utf-8")
    flow, selectors = load_flow(tmp_path, "faktura")
    assert flow.key == ("fakturanr",)
    assert selectors.targets["faktura.belop"].as_ == "amount"


def test_new_targets_come_after_those_that_are_there_and_nothing_else_changes(rows: SampleRows) -> None:
    text = "# vårt program\napp: faktura\ntargets:\n  menu.new: {find: {text: Ny}}   # lenken øverst\n\n# slutt\n"
    existing = Existing(text, Selectors.model_validate(yaml.safe_load(text)))
    made = draft(
        recording(field("Fakturanr", "F-1"), button("Bokfør", submits=True)), "f", "faktura", rows, None, existing
    )
    assert made.selectors
    head, _, tail = made.selectors.partition("  # lenken øverst\n")
    assert head == text.partition("  # lenken øverst\n")[0]
    assert tail.endswith("\n\n# slutt\n")
    assert set(yaml.safe_load(made.selectors)["targets"]) == {"menu.new", "faktura.fakturanr", "faktura.bokfor"}


def test_a_few_letters_and_an_entry_are_one_choice(tmp_path: Path) -> None:
    rows = sample(tmp_path, ["Fakturanr", "Leverandør"], ["F-1", "Ødegård AS"], ["F-2", None])
    entry = Action(n=1, action="click", element=Element(tag="li", role="option", text="Ødegård AS", named="Ødegård AS"))
    _, flow = flow_of(rows, field("Leverandør", "øde"), entry, field("Fakturanr", "F-1"), button("Før", submits=True))
    assert flow["steps"][0] == {  # type: ignore[index]
        "choose": {"faktura.leverandor": "{{ item.leverandor }}"}, "when": "item.leverandor",
    }  # fmt: skip


def test_an_import_gets_names_and_columns_by_the_words_it_is_found_by(rows: SampleRows) -> None:
    number = (Anchor(label="Fakturanr"), Anchor(css="#ctl7"))
    made = draft(
        recording(
            Action(n=1, action="click", ways=number), Action(n=1, action="fill", ways=number, value="F-1"),
            Action(n=1, action="fill", ways=(Anchor(role="textbox", named="Beløp"),), value="100,50"),
            Action(n=1, action="click", ways=(Anchor(role="button", named="Bokfør"),), submits=True),
        ),
        "faktura", "faktura", rows, None, None,
    )  # fmt: skip
    assert yaml.safe_load(made.flow)["steps"] == [
        {"fill": {"page.fakturanr": "{{ item.fakturanr }}", "page.belop": "{{ item.belop | amount('plain_nb') }}"}},
        {"submit": "page.bokfor"},
    ]
    assert yaml.safe_load(made.selectors or "")["targets"]["page.fakturanr"] == {
        "find": [{"label": "Fakturanr"}, {"css": "#ctl7"}]
    }
