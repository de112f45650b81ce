"""GnuCash 4.13, installed if need be, its settings, and a book of it in a workspace."""

import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

SETTINGS = """[org/gnucash/GnuCash/dialogs/new-user]
first-startup=false
[org/gnucash/GnuCash/dialogs/tip-of-the-day]
show-at-startup=false
[org/gnucash/GnuCash/general]
show-splash-screen=false
date-format=3
file-compression=false
currency-choice-locale=false
currency-choice-other=true
currency-other='NOK'
autosave-show-explanation=false
autosave-interval-minutes=0.0
save-window-geometry=false
prefs-version=4013
"""
NAMES = ("gnc", "act", "book", "cd", "cmdty", "slot", "split", "trn", "ts")
ACCOUNTS = (
    ("Eiendeler", "ASSET"), ("Eiendeler:Bank", "BANK"), ("Kostnader", "EXPENSE"),
    ("Kostnader:Kontor & rekvisita", "EXPENSE"), ("Kostnader:Møter", "EXPENSE"), ("Kostnader:Strøm", "EXPENSE"),
    ("Kostnader:Strømnett", "EXPENSE"),
)  # fmt: skip


def settle_in(home: Path) -> None:
    """What a person answers and ticks when GnuCash is first started."""
    settings = home / ".config" / "glib-2.0" / "settings" / "keyfile"
    settings.parent.mkdir(parents=True)
    settings.write_text(SETTINGS, encoding="utf-8")


def make_book(path: Path) -> None:
    """A chart of accounts and no transactions."""
    spaces = {name: f"http://www.gnucash.org/XML/{name}" for name in NAMES}

    def add(above: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        space, local = name.split(":")
        element = etree.SubElement(above, f"{{{spaces[space]}}}{local}", attributes)
        element.text = text or None
        return element

    root = etree.Element("gnc-v2", nsmap=spaces)
    book = add(root, "gnc:book", version="2.0.0")
    add(book, "book:id", uuid.uuid4().hex, type="guid")
    ids = {"": uuid.uuid4().hex}
    for whole, kind in (("", "ROOT"), *ACCOUNTS):
        above, _, name = whole.rpartition(":")
        account = add(book, "gnc:account", version="2.0.0")
        add(account, "act:name", name or "Root Account")
        add(account, "act:id", ids.setdefault(whole, uuid.uuid4().hex), type="guid")
        add(account, "act:type", kind)
        if whole:
            commodity = add(account, "act:commodity")
            add(commodity, "cmdty:space", "CURRENCY")
            add(commodity, "cmdty:id", "NOK")
            add(account, "act:commodity-scu", "100")
            add(account, "act:parent", ids[above], type="guid")
    etree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


@dataclass(frozen=True)
class Line:
    """One split: the account's whole path, and øre, a credit negative."""

    account: str
    ore: int
    memo: str


@dataclass(frozen=True)
class Voucher:
    """One transaction as the saved file has it."""

    number: str
    date: dt.date
    description: str
    lines: tuple[Line, ...]


def vouchers(book: Path) -> list[Voucher]:
    """Every transaction of a book, by number; also those that are there twice."""
    root = etree.parse(book).getroot()
    accounts = _accounts(root)
    found = [
        Voucher(
            _text(one, "num"), dt.date.fromisoformat(_text(one, "date-posted/date")[:10]), _text(one, "description"),
            tuple(
                Line(accounts[_text(split, "account")], _ore(split), _text(split, "memo"))
                for split in _all(one, "splits/split")
            ),
        )
        for one in _all(root, "book/transaction")
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.number)


def _accounts(root: etree._Element) -> dict[str, str]:
    """The whole path of each account, by its id; a book has the accounts above first."""
    paths: dict[str, str] = {}
    for one in _all(root, "book/account"):
        above = paths.get(_text(one, "parent"), "")
        name = "" if _text(one, "type") == "ROOT" else _text(one, "name")
        paths[_text(one, "id")] = f"{above}:{name}" if above else name
    return paths


def _ore(split: etree._Element) -> int:
    value, of = map(int, _text(split, "value").split("/"))
    assert of == 100
    return value


def _all(above: etree._Element, path: str) -> list[etree._Element]:
    return above.findall("/".join(f"{{*}}{name}" for name in path.split("/")))


def _text(above: etree._Element, path: str) -> str:
    found = _all(above, path)
    return found[0].text or "" if found else ""


def ids(book: Path) -> set[str]:
    """GnuCash's own id of each transaction."""
    return {_text(one, "id") for one in _all(etree.parse(book).getroot(), "book/transaction")}
