"""The page's own way of finding an element agrees with Playwright's."""

import json

from bilagsbot.drivers.web.launching import Chromium
from bilagsbot.drivers.web.locate import Ask, element, look, look_at_all, sight
from bilagsbot.drivers.web.pagescripts import LOOK_AT
from bilagsbot.model.target import Target

from .site import Site

PAGE = """
<form><table>
<tr><td> Beløp </td><td><input name="belop" value="1"></td></tr>
<tr><td>Konto</td><td>
<input type="hidden" name="konto" value="h"><select name="konto"><option>6300 Leie</select></td></tr>
<tr><td>Skjult</td><td><input name="skjult" style="visibility: hidden"></td></tr>
<tr style="display: none"><td>Borte</td><td><input name="borte"></td></tr>
<tr><td>Tynn</td><td><input name="tynn" style="width: 0; padding: 0; border: 0"></td></tr>
</table>
<label for="a">Fornavn</label><input id="a" placeholder="Ola" title="Ditt navn">
<label>Etternavn <input id="b"></label><label>Etternavn<input id="c" hidden></label>
<span id="d1">Rolle</span><input aria-labelledby="d1 d2"><input aria-label="Rolle i firmaet">
<label>To<input name="to"></label><label>To<input name="to"></label>
<label>Land<select><option>Norge</select></label><label>Merknad<textarea>x</textarea></label>
<label>Send<button>OK</button></label><div aria-label="Boks">boks</div>
<div style="display: contents"><input name="innhold"></div>
<details><summary>Mer</summary><input name="mer"></details>
<p>Adresse</p><input name='sitat"tegn'>
</form>
"""
WAYS = [
    *({"name": n} for n in ("belop", "konto", "skjult", "borte", "tynn", "to", "innhold", "mer", 'sitat"tegn', "nei")),
    *({"cell": c} for c in ("Beløp", "Konto", "Skjult", "Borte", "Nei")),
    *(
        {"label": text}
        for text in (
            "Fornavn", "fornavn", "Etternavn", "Rolle", "Rolle i firmaet", "To", "Land", "Merknad", "Send", "Boks",
        )
    ),
    {"placeholder": "Ola"}, {"placeholder": "ola"}, {"title": "Ditt navn"}, {"document": "title"}, {"document": "url"},
    {"css": "#a"}, {"css": "tr:has(> td select)"}, {"css": "input >> nth=0"}, {"css": "td:text-is('Konto')"},
    {"css": "input"}, {"css": "in(put"},
    {"css": "p:is(:has-text('Adresse'))"}, {"xpath": "//p/following::input[1]"}, {"xpath": "//label[.='Fornavn']/@for"},
    {"xpath": "//p["}, {"role": "textbox", "named": "Fornavn"}, {"text": "Adresse"},
]  # fmt: skip


ONLY_PLAYWRIGHT = [
    "input >> nth=0",
    "td:text-is('Konto')",
    "in(put",
    "p:is(:has-text('Adresse'))",
    "//p[",
    "textbox",
    "Adresse",
]


def test_every_way_finds_the_same(site: Site) -> None:
    browser = Chromium(headed=False, redact=str)
    try:
        page = browser.context().new_page()
        page.goto(site.page(PAGE))
        asks = [Ask(Target.model_validate({"name": str(way), "find": way})) for way in WAYS]
        natively = look_at_all(page.main_frame, asks)
        for ask, seen in zip(asks, natively, strict=True):
            if seen is not None:
                theirs = element(page.main_frame, ask).evaluate_all(LOOK_AT, json.dumps(ask.words()))
                assert seen == sight(ask.target, json.loads(theirs)), str(ask.way)
        others = [getattr(ask.way, ask.way.way) for ask, seen in zip(asks, natively, strict=True) if seen is None]
        assert others == ONLY_PLAYWRIGHT
    finally:
        browser.close()


def test_in_a_shadow_root_only_playwright_can_tell(site: Site) -> None:
    browser = Chromium(headed=False, redact=str)
    try:
        page = browser.context().new_page()
        page.goto(site.page("<div></div><script>document.querySelector('div').attachShadow({mode: 'open'})</script>"))
        ask = Ask(Target.model_validate({"find": {"name": "belop"}}))
        assert look_at_all(page.main_frame, [ask]) == [None]
        page.evaluate("document.querySelector('div').shadowRoot.innerHTML = '<input name=belop value=7>'")
        assert look(page.main_frame, ask).shown == "7"
    finally:
        browser.close()
