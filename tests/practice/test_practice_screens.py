"""The screens in a real Chromium: frames, popup, confirm and alerts."""

import re

import pytest
from playwright.sync_api import expect

from bilagsbot.practice.server import PracticeServer

from .conftest import ScreenUser

NBSP = "\u00a0"


def fill_invoice(screen: ScreenUser, **changes: str) -> None:
    screen.open("Ny leverandørfaktura", "konto")
    fields = {"leverandornr_hurtig": "20002", "fakturanr": "F-1", "fakturadato": "050325", "belop": "12500"}
    screen.fill(**(fields | {"konto": "6800"} | changes))


def post_invoice(screen: ScreenUser, **changes: str) -> None:
    fill_invoice(screen, **changes)
    screen.press("Bokfør")


def test_an_invoice_by_way_of_the_popup(screen: ScreenUser, server: PracticeServer) -> None:
    fill_invoice(screen, leverandornr_hurtig="", tekst="Planker\nog lekter")
    screen.main.locator("[name=mvakode]").select_option(label="1 25 %")
    with screen.page.expect_popup() as opened:
        screen.press("Søk…")
    popup = opened.value
    popup.locator("[name=sok]").fill("sønn")
    popup.get_by_role("button", name="Finn").click()
    with popup.expect_event("close"):
        popup.get_by_role("row", name="Ødegård & Sønn Elektro AS").get_by_text("Velg").click()
    expect(screen.main.locator("[name=leverandor]")).to_have_value("Ødegård & Sønn Elektro AS")
    screen.press("Oppdater")
    expect(screen.main.locator("[name=mva]")).to_have_value(f"2{NBSP}500,00")
    expect(screen.main.locator("[name=tekst]")).to_have_value("Planker\nog lekter")
    upload = {"name": "faktura æ.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 \r\n"}
    screen.main.locator("[name=vedlegg]").set_input_files(upload)  # type: ignore[arg-type]
    screen.press("Bokfør")
    expect(screen.main.locator("#status.statuslinje")).to_have_text("Bilag 10001 er bokført")
    assert screen.dialogs == ["Bokføre bilaget?"]
    (voucher,) = server.vouchers()
    assert (voucher["supplier_no"], voucher["amount_ore"]) == ("20010", 1250000)
    assert (voucher["description"], voucher["attachment"]) == ("Planker\nog lekter", "faktura æ.pdf")


def test_a_journal_of_three_lines(screen: ScreenUser, server: PracticeServer) -> None:
    screen.open("Nytt bilag", "bilagsdato")
    screen.fill(bilagsdato="310325", beskrivelse="Kurs", referanse="K-1")
    screen.fill(konto_1="6860", debet_1="800", konto_2="7140", debet_2="200,50")
    screen.press("Oppdater")
    screen.main.locator("[name=konto_3]").wait_for()
    screen.fill(konto_3="1920", kredit_3="1 000,50", linjetekst_3="Betalt")
    screen.press("Oppdater")
    expect(screen.main.locator("[name=sumkredit]")).to_have_value(f"1{NBSP}000,50")
    screen.press("Bokfør")
    expect(screen.main.locator("#status")).to_have_text("Bilag 10001 er bokført")
    assert [line["account"] for line in server.vouchers()[0]["lines"]] == ["6860", "7140", "1920"]


def test_confirm_by_status_then_the_list_shows_it(screen: ScreenUser) -> None:
    post_invoice(screen)
    expect(screen.main.locator("#status")).to_have_text("Bilag 10001 er bokført")
    screen.open("Bilagsliste", "f_fakturanr")
    screen.fill(f_fakturanr="F-1")
    screen.press("Søk")
    expect(screen.main.locator("table.liste tbody tr")).to_have_count(1)
    screen.main.get_by_role("link", name="10001").click()
    expect(screen.main.locator("h1")).to_have_text("Bilag 10001")


def test_confirm_by_field(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(confirm="field")
    post_invoice(screen)
    expect(screen.main.locator("[name=bilagsnr]")).to_have_value("10001")
    expect(screen.main.locator("[name=fakturanr]")).to_have_value("F-1")
    expect(screen.main.locator("#status")).to_have_count(0)


def test_confirm_by_title(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(confirm="title")
    post_invoice(screen)
    expect(screen.main.locator("[name=fakturanr]")).to_have_value("")
    frame = screen.page.frame("hoved")
    assert frame
    assert frame.title() == "Bilag 10001 bokført"


def test_confirm_by_nothing(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(confirm="none")
    post_invoice(screen)
    expect(screen.main.locator("[name=fakturanr]")).to_have_value("")
    assert "10001" not in screen.main.locator("html").inner_html()
    assert len(server.vouchers()) == 1


def test_a_session_that_ran_out_shows_the_login_in_the_frame(screen: ScreenUser, server: PracticeServer) -> None:
    fill_invoice(screen)
    server.set_knobs(expire_sessions=True)
    screen.press("Bokfør")
    expect(screen.main.locator(".feil")).to_have_text("Økten er utløpt")
    expect(screen.menu.get_by_text("Nytt bilag")).to_be_visible()
    assert server.vouchers() == []
    screen.fill(bruker="ola", passord="practice-only")
    screen.press("Logg inn")
    expect(screen.main.get_by_text("Velkommen, ola")).to_be_visible()
    assert len(screen.page.frames) == 3


def test_500_without_and_with_storing(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(http_500_on_post=1)
    post_invoice(screen)
    expect(screen.main.locator("h1")).to_have_text("500 Intern feil i serveren")
    assert server.vouchers() == []
    server.set_knobs(http_500_after_store=1)
    post_invoice(screen)
    expect(screen.main.locator("h1")).to_have_text("500 Intern feil i serveren")
    assert len(server.vouchers()) == 1


def test_a_lost_reply_is_stored_once(screen: ScreenUser, server: PracticeServer) -> None:
    fill_invoice(screen)
    server.set_knobs(lose_reply_after_store=1)
    with screen.page.expect_event("requestfailed") as failed:
        screen.press("Bokfør")
    assert failed.value.failure == "net::ERR_EMPTY_RESPONSE"
    # The menu still works, and what it loads afterwards proves that no second posting was on its way.
    screen.open("Bilagsliste", "f_fakturanr")
    expect(screen.main.locator("table.liste tbody tr")).to_have_count(1)
    assert len(server.vouchers()) == 1


def test_a_renamed_field_is_gone_under_its_usual_name(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(rename_field={"fakturanr": "invoice_number", "leverandor": "supplier"})
    screen.open("Ny leverandørfaktura", "invoice_number")
    expect(screen.main.locator("[name=fakturanr]")).to_have_count(0)
    screen.fill(leverandornr_hurtig="20001", invoice_number="F-7", fakturadato="050325", belop="1", konto="6800")
    screen.press("Bokfør")
    expect(screen.main.locator("#status")).to_be_visible()
    assert server.vouchers()[0]["invoice_no"] == "F-7"


@pytest.mark.parametrize("style", ["alert", "page"])
def test_errors_in_both_styles(screen: ScreenUser, server: PracticeServer, style: str) -> None:
    server.set_knobs(error_style=style)
    post_invoice(screen, fakturanr="")
    if style == "alert":
        expect(screen.main.locator("[name=leverandor]")).to_have_value("Ødegård Trelast AS")
        assert screen.dialogs == ["Bokføre bilaget?", "Fakturanr mangler"]
    else:
        expect(screen.main.locator(".feil")).to_have_text("Feil! Fakturanr mangler")
        screen.main.get_by_text("Tilbake").click()
        expect(screen.main.locator("[name=konto]")).to_have_value("")  # an empty form, as with many old programs
    assert server.vouchers() == []


def test_an_alert_that_nobody_asked_for(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(unexpected_alert=1)
    screen.open("Nytt bilag", "bilagsdato")
    assert screen.dialogs == ["Husk månedsavslutning!"]


def test_a_disabled_button_cannot_be_pressed(screen: ScreenUser, server: PracticeServer) -> None:
    server.set_knobs(disable_post=True)
    fill_invoice(screen)
    expect(screen.main.get_by_role("button", name="Bokfør")).to_be_disabled()


def test_labels_stand_left_of_their_fields(screen: ScreenUser) -> None:
    screen.open("Ny leverandørfaktura", "konto")
    row = screen.main.locator("tr").filter(has=screen.page.locator("xpath=//td[normalize-space()='Fakturanr']"))
    expect(row.locator("td.ledetekst + td input")).to_have_attribute("name", "fakturanr")
    expect(row.locator("input")).to_have_attribute("id", re.compile(r"^ctl\d{4}$"))
