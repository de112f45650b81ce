"""Each flow's steps as anybody would script them in Playwright, without any of the checks."""

from collections.abc import Callable, Mapping
from datetime import date

from playwright.sync_api import Page

Fields = Mapping[str, str]  # dates as 2016-12-31, what is not given as "", the lines' labels one below the other


def answer(page: Page, of: Fields) -> None:
    page.locator("#answer-input").fill(of["text"])
    page.locator("#subbtn").click()


def boxes(page: Page, of: Fields) -> None:
    for label in of["labels"].splitlines():
        page.get_by_label(label, exact=True).check()
    page.locator("#subbtn").click()


def calendar(page: Page, of: Fields) -> None:
    _pick_day(page, date.fromisoformat(of["date"]))
    page.locator("#subbtn").click()


def color(page: Page, of: Fields) -> None:
    page.locator("#col").fill(of["color"])
    page.locator("#col").blur()  # else its palette lies over the button
    page.locator("#subbtn").click()


def copy(page: Page, of: Fields) -> None:
    page.locator("#answer-input").fill(of["text"] + " ")
    page.locator("#subbtn").click()


def day(page: Page, of: Fields) -> None:
    page.locator("#tt").fill(of["date"])
    page.locator("#subbtn").click()


def flight(page: Page, of: Fields) -> None:
    page.locator("#flight-from").fill(of["from"])
    page.locator("#flight-to").fill(of["to"])
    _pick_day(page, date.fromisoformat(of["date"]))
    page.locator("#search").click()
    least = of["least"]
    page.locator(f"xpath=//div[@class='flight'][not(.//@{least} > //@{least})]//button").click()


def focus(page: Page, of: Fields) -> None:
    page.locator("#area input").nth(int(of["place"]) - 1).click()


def forward(page: Page, of: Fields) -> None:
    page.locator("#main").get_by_text(of["sender"], exact=True).first.click()
    page.locator(".email-forward").click()
    page.locator(".forward-sender").fill(of["recipient"])
    page.locator("#send-forward").click()


def list_(page: Page, of: Fields) -> None:
    page.locator("#options").select_option(of["option"])
    page.locator("#area > button").click()


def list_and_button(page: Page, of: Fields) -> None:
    page.locator(".selectric").click()
    page.locator(".selectric-items li").get_by_text(of["height"], exact=True).click()
    page.get_by_role("button", name=of["button"], exact=True).click()


def login(page: Page, of: Fields) -> None:
    page.locator("#username").fill(of["user"])
    page.locator("#password").fill(of["password"])
    page.locator("#subbtn").click()


def login_popup(page: Page, of: Fields) -> None:
    for field in ("#username", "#password"):
        page.locator(field).click()
        if page.locator("#popup-cancel").is_visible():
            page.locator("#popup-cancel").click()
    login(page, of)


def movie(page: Page, of: Fields) -> None:
    for words, value in (("Genre", of["genre"]), ("Director", of["director"]), ("Year|Released Date", of["year"])):
        near = " or ".join(f"contains(., '{word}')" for word in words.split("|"))
        page.locator(f"xpath=//*[count(.//input)=1 and ({near})]//input").fill(value)
    page.locator("#area button, #area .final, #area .ui-submit").click()


def option(page: Page, of: Fields) -> None:
    page.get_by_label(of["option"], exact=True).check()
    page.locator("#subbtn").click()


def password(page: Page, of: Fields) -> None:
    page.locator("#password").fill(of["password"])
    page.locator("#verify").fill(of["password"])
    page.locator("#subbtn").click()


def radio_and_text(page: Page, of: Fields) -> None:
    page.locator(f"input[type=radio][value='{of['radio']}']").check()
    page.locator(f"#input-{of['box']}").fill(of["number"])
    page.locator("#subbtn").click()


def reply(page: Page, of: Fields) -> None:
    page.locator("#main").get_by_text(of["sender"], exact=True).first.click()
    page.locator(".email-reply").click()
    page.locator("#reply-text").fill(of["text"])
    page.locator("#send-reply").click()


def search(page: Page, of: Fields) -> None:
    page.locator("#search-text").fill(of["text"])
    page.locator("#search").click()
    if of["page"] != "1":
        page.locator("#pagination").get_by_text(of["page"], exact=True).click()
    page.locator("#page-content a").nth(int(of["place"]) - 1).click()


def spinner(page: Page, of: Fields) -> None:
    page.locator("#spinner").fill(of["number"])
    page.locator("#subbtn").click()


def suggestions(page: Page, of: Fields) -> None:
    page.locator("#tags").fill(of["starts"])
    ends = of["ends"]
    item = f'[starts-with(., "{of["starts"]}") and substring(., string-length(.) - {len(ends)} + 1) = "{ends}"]'
    page.locator(f'xpath=(//ul[contains(@class,"ui-autocomplete")]//*[self::li]{item})[1]').click()
    page.locator("#subbtn").click()


def table(page: Page, of: Fields) -> None:
    for name, value in (("first_name", "first"), ("second_name", "second")):
        page.locator(f"xpath=//label[.='{of[name]}:']/following-sibling::input").fill(of[value])
    page.locator("#subbtn").click()


def text(page: Page, of: Fields) -> None:
    page.locator("#tt").fill(of["text"])
    page.locator("#subbtn").click()


def _pick_day(page: Page, wanted: date) -> None:
    page.locator("#datepicker").click()
    for _ in range(12 - wanted.month):  # it opens on December
        page.locator(".ui-datepicker-prev").click()
    page.locator(".ui-datepicker-calendar").get_by_text(str(wanted.day), exact=True).click()


SCRIPTS: Mapping[str, Callable[[Page, Fields], None]] = {
    "answer": answer, "boxes": boxes, "calendar": calendar, "color": color, "copy": copy, "date": day,
    "flight": flight, "focus": focus, "forward": forward, "list": list_, "list-and-button": list_and_button,
    "login": login, "login-popup": login_popup, "movie": movie, "option": option, "password": password,
    "radio-and-text": radio_and_text, "reply": reply, "search": search, "spinner": spinner,
    "suggestions": suggestions, "table": table, "text": text,
}  # fmt: skip
