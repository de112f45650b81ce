"""What real programs have on their pages, by a person's own mouse and keyboard: one action each, and nothing lost."""

import re
import sys
from pathlib import Path

import pytest

from bilagsbot.flow.drafting.folding import fold
from bilagsbot.flow.recordings import read_recording
from bilagsbot.model.recording import Action
from tests.drivers.site import Site
from tests.recording.person import Person, at_a_screen
from tests.workspaces import Bilagsbot

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs X11")

PAGE = """<h1>Bilag</h1>
<label>Dato <input id="date" onchange="this.value = this.value.replace(/(..)(..)(..)/, '$1.$2.20$3')"></label>
<label>Leverandør <input id="who" autocomplete="off" oninput="suggest(this.value)"></label><ul id="list"></ul>
<label><input type="checkbox" id="paid"> Betalt</label>
<label>Vedlegg <input type="file" id="file"></label>
<label>Type <select id="kind"><option value="f">Faktura</option><option value="k">Kreditnota</option></select></label>
<button type="button" id="ask" onclick="this.textContent = prompt('Hvilken periode?', '01')">Periode</button>
<iframe name="linjer" src="/linjer" height="80"></iframe>
<script>
function suggest(text) {
  list.innerHTML = '';
  for (const name of ['Ødegård Trelast AS', 'Ødegård Rør AS'])
    if (text && name.toLowerCase().startsWith(text.toLowerCase())) {
      const entry = document.createElement('li');
      entry.textContent = name;
      entry.onmousedown = event => { event.preventDefault(); who.value = name; list.innerHTML = ''; };
      list.append(entry);
    }
}
</script>"""
OTHER = '<h1>Annen</h1><a id="get" href="/kvittering.txt" download="kvittering.txt">Last ned</a>'
LINES = "<table><tr><td>Beløp</td><td><input name='belop'></td></tr></table>"


@pytest.fixture(scope="module")
def acted(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Action], Path]:
    """All of it in one recording: its actions, and its folder."""
    folder = tmp_path_factory.mktemp("office")
    for name in ("bots", "recordings"):
        (folder / name).mkdir()
    office = Bilagsbot(folder, "none", "", "no-secret")
    site = Site()
    for path, body in (("/", PAGE), ("/linjer", LINES), ("/kvittering.txt", "Bilag 7"), ("/annen", OTHER)):
        site.page(body, path)
    with at_a_screen() as person:
        recorder = office.start("record", "alt", "--url", site.url(), "--attach", person.address)
        _work(person, site.url("/annen"))
        out, err = person.done(recorder, person.page)
        assert recorder.returncode == 0, out + err
    site.stop()
    where = folder / "recordings" / "alt"
    return [deed.action for deed in fold(read_recording(where).actions)], where


def _work(person: Person, other: str) -> None:
    page = person.page
    person.until(lambda: page.evaluate("() => !!window.__bilagsbot?.state.words"), "the recorder")
    person.fill(page.locator("#date"), "240226")
    person.fill(page.locator("#who"), "øde")
    person.click(page.locator("li").first)
    person.click(page.locator("#paid"))
    person.choose(page.locator("#kind"), "K")
    person.click(page.locator("#ask"))
    person.answer("Return", "02")
    person.fill(person.frame("linjer").locator("[name=belop]"), "125,00")
    person.go(other)
    page.get_by_role("heading", name="Annen").wait_for()
    person.click(page.locator("#get"))
    last = lambda: page.evaluate("() => window.__bilagsbot.state.last")  # noqa: E731
    person.until(lambda: last().startswith("download"), "the download")


def _one(acted: tuple[list[Action], Path], kind: str, label: str = "") -> Action:
    found = [a for a in acted[0] if a.action == kind and (not label or (a.element and label in (
        a.element.label, a.element.cell, a.element.text)))]  # fmt: skip
    assert len(found) == 1, [(a.action, a.value) for a in acted[0]]
    return found[0]


def test_a_value_that_the_page_writes_anew(acted: tuple[list[Action], Path]) -> None:
    date = _one(acted, "fill", "Dato")
    assert (date.value, date.shown) == ("240226", "24.02.2026")


def test_a_list_of_suggestions(acted: tuple[list[Action], Path]) -> None:
    deeds = fold(read_recording(acted[1]).actions)
    typed = next(deed for deed in deeds if deed.verb == "fill" and deed.element.label == "Leverandør")
    assert typed.action.value == "øde"
    assert typed.suggested
    assert typed.suggested.element
    assert typed.suggested.element.text == "Ødegård Trelast AS"
    assert (typed.chosen.action, typed.chosen.value) == ("choose", "Ødegård Trelast AS")


def test_a_box_and_a_list(acted: tuple[list[Action], Path]) -> None:
    assert _one(acted, "check", "Betalt").value == "true"
    chosen = _one(acted, "choose", "Type")
    assert (chosen.value, chosen.option) == ("Kreditnota", "k")


def test_a_prompt_with_what_was_answered(acted: tuple[list[Action], Path]) -> None:
    asked = next(a for a in read_recording(acted[1]).actions if a.action == "dialog")
    assert (asked.dialog, asked.value, asked.accept) == ("prompt", "Hvilken periode?", True)
    assert asked.option.endswith("02")


def test_a_frame_a_download_and_the_address_bar(acted: tuple[list[Action], Path]) -> None:
    assert _one(acted, "fill", "Beløp").frame == ("linjer",)
    assert any(a.action == "download" and a.value == "kvittering.txt" for a in read_recording(acted[1]).actions)
    went = [a.url for a in acted[0] if a.action == "open"]
    assert len(went) == 2
    assert went[1].endswith("/annen")


def test_its_pages_show_offline_what_was_on_the_screen(acted: tuple[list[Action], Path]) -> None:
    amount = _one(acted, "fill", "Beløp")
    html = (acted[1] / amount.page).read_text("utf-8")
    assert "<script" not in html
    assert "oninput" not in html
    assert 'value="24.02.2026"' in html
    inner = re.search(r'src="([0-9a-f]{16}\.html)"', html)
    assert inner
    assert 'data-bilagsbot="here"' in (acted[1] / "pages" / inner[1]).read_text("utf-8")
