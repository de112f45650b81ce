"""What is known of posted items and what waits for approval, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bilagsbot.model.errors import BadInput
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run import known
from bilagsbot.run.approvals import Approvals, posted_with
from bilagsbot.run.approve import Approve
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.schema import approvals, items
from bilagsbot.run.store import Store

BOOK = Book("bot", "Acme", "practice", "supplier-invoice", "login", "v1")
CHANGED = {"supplier": ("account", "iban")}


def invoice(number: str, account: object, supplier: object = "Ås AS", iban: object = None) -> Item:
    fields = {"no": number, "supplier": supplier, "account": account, "iban": iban}
    return Item({"no": number}, fields, (), (2,), Decimal("10.00"))


def values(item: Item) -> list[known.Value]:
    return list(known.values(item, CHANGED, str.title))


@pytest.fixture
def lease(store: Store, tmp_path: Path) -> Iterator[Lease]:
    held = Lease(store, "login", tmp_path)
    held.acquire()
    yield held
    held.release()


def post(store: Store, lease: Lease, it: Item, taught: Item, run: str = "run-1") -> Entry:
    """Post an item that carries what `taught` teaches."""
    ledger = Ledger(store)
    (entry,) = ledger.register(BOOK, Source("a.xlsx", "Sheet"), run, [it])
    with store.transaction() as connection:
        teaches = known.teaching(taught, values(taught))
        connection.execute(items.update().where(items.c.id == entry.id).values(teaches=teaches))
    ledger.claim(entry, it, lease, run)
    ledger.intent(entry, lease, "f" * 64)
    ledger.posted(entry, lease, {"voucher_no": "1"}, "screen", [])
    return entry


def read(store: Store, it: Item, client: str = "Acme") -> list[str]:
    with store.reading() as connection:
        return list(known.read(connection, client, "practice", values(it)).values())


def test_what_was_last_posted_is_known_however_it_is_typed(store: Store, lease: Lease) -> None:
    first, other = invoice("1", "1234.56.78903"), invoice("2", "NO93 8601 1117 947")
    assert read(store, first) == []

    post(store, lease, first, first)

    again = invoice("9", " 1234 5678903", "ås  as")
    assert read(store, again) == [values(again)[0].value]
    assert read(store, first, "Other") == []
    assert read(store, invoice("9", "1", "Øl AS")) == []
    post(store, lease, other, other)
    assert read(store, again) == [values(other)[0].value] != [values(again)[0].value]


def test_what_an_item_does_not_hold_is_nothing_to_compare() -> None:
    assert [v.said for v in values(invoice("1", "5", iban="6"))] == ["Account of Ås AS", "Iban of Ås AS"]
    assert [v.said for v in values(invoice("1", None, iban=". "))] == []
    assert values(invoice("1", "5", None))[0].said == "Account"


def test_an_item_of_other_content_teaches_nothing(store: Store, lease: Lease) -> None:
    post(store, lease, invoice("1", "5"), invoice("1", "6"))

    assert read(store, invoice("1", "5")) == []


def wait(store: Store, number: str, awaits: dict[str, str], run: str = "run-1") -> str:
    """An item that Ola's run brought to wait."""
    (entry,) = Ledger(store).register(BOOK, Source("a.xlsx", "Sheet"), run, [invoice(number, "5")])
    with store.transaction() as connection:
        new = {"state": State.WAITING, "starter": "ola", "awaits": awaits}
        connection.execute(items.update().where(items.c.id == entry.id).values(**new))
    return entry.id


def test_what_waits_for_two_approvals_is_ready_after_both(store: Store) -> None:
    both = {"new_flow": "the flow is new", "above": "10,00 is above 5,00"}
    one, two = wait(store, "1", both), wait(store, "2", {"new_flow": "the flow is new"}, "run-2")
    rules = Approve(above=Decimal(5), new_flow=True)
    given = Approvals(store)
    assert {w.id: w.rules for w in given.waiting()} == {one: ("above", "new_flow"), two: ("new_flow",)}

    assert given.approve([one], "kari", "", {"bot": rules}.get) == []
    ready = given.approve_flow("bot", "v1", rules, "kari", "")

    assert sorted(ready) == sorted([one, two])
    assert {entry.state for entry in Ledger(store).entries()} == {State.READY}
    assert given.runs([one, two]) == ["run-1", "run-2"]
    assert given.waiting() == []


def test_a_refused_item_keeps_no_approval(store: Store) -> None:
    id_ = wait(store, "1", {"new_flow": "the flow is new", "above": "10,00 is above 5,00"})
    Approvals(store).approve([id_], "kari", "", {}.get)

    Approvals(store).refuse([id_], "ola", "entered twice", {}.get)

    with store.reading() as connection:
        assert connection.execute(approvals.select()).all() == []


def test_a_flow_that_found_what_a_person_keyed_has_not_posted(store: Store, lease: Lease) -> None:
    ledger, found = Ledger(store), invoice("1", "5")
    (entry,) = ledger.register(BOOK, Source("a.xlsx", "Sheet"), "run-1", [found])
    ledger.claim(entry, found, lease, "run-1")
    ledger.posted(entry, lease, {"voucher_no": "1"}, "lookup", [])
    with store.reading() as connection:
        assert not posted_with(connection, "bot", "v1")

    post(store, lease, invoice("2", "5"), invoice("2", "5"))

    with store.reading() as connection:
        assert posted_with(connection, "bot", "v1")
        assert not posted_with(connection, "bot", "v2")
        assert not posted_with(connection, "other", "v1")


def test_an_item_whose_content_just_changed_waits_for_nothing_yet(store: Store) -> None:
    # The run that found the change may die before it says why the item waits, and for whom.
    id_ = wait(store, "1", {"above": "10,00 is above 5,00"})
    Ledger(store).register(BOOK, Source("a.xlsx", "Sheet"), "run-2", [invoice("1", "6")])

    assert Approvals(store).waiting() == []
    with pytest.raises(BadInput, match="does not wait for approval"):
        Approvals(store).approve([id_], "kari", "", {}.get)
