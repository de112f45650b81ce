"""The ledger's states, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from bilagsbot.model.errors import LeaseLost, LedgerUnavailable
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger, Taken
from bilagsbot.run.schema import events, items
from bilagsbot.run.store import Store
from tests.systems.postgres import Postgres

BOOK = Book("bot", "Acme", "practice", "supplier-invoice", "login", "v1")
SOURCE = Source("a.xlsx", "Sheet")


def item(number: str, amount: str = "10.00", row: int = 2) -> Item:
    return Item({"no": number}, {"no": number, "amount": Decimal(amount)}, (), (row,), Decimal(amount))


@pytest.fixture
def ledger(store: Store) -> Ledger:
    return Ledger(store)


@pytest.fixture
def lease(store: Store, tmp_path: Path) -> Iterator[Lease]:
    held = Lease(store, "login", tmp_path)
    held.acquire()
    yield held
    held.release()


def register(ledger: Ledger, *items: Item, book: Book = BOOK) -> list[Entry]:
    return ledger.register(book, SOURCE, "run-1", list(items))


def state(ledger: Ledger, entry: Entry) -> Entry:
    return ledger.entries(id_=entry.id)[0]


def post(ledger: Ledger, lease: Lease, it: Item, number: str = "10001") -> Entry:
    (entry,) = register(ledger, it)
    ledger.claim(entry, it, lease, "run-1")
    ledger.intent(entry, lease, "f" * 64)
    ledger.posted(entry, lease, {"voucher_no": number}, "screen", [])
    return state(ledger, entry)


def test_an_item_goes_from_ready_to_posted(ledger: Ledger, lease: Lease) -> None:
    posted = post(ledger, lease, item("1"))

    assert (posted.state, posted.receipt, posted.how) == (State.POSTED, {"voucher_no": "10001"}, "screen")
    assert (posted.sum, posted.rows, posted.attempts) == (Decimal("10.00"), (2,), 1)
    assert posted.intent_at is not None
    assert abs(posted.changed_at - posted.intent_at) < 30


def test_a_posted_item_is_known_for_ever_however_its_key_is_typed(ledger: Ledger, lease: Lease) -> None:
    posted = post(ledger, lease, item("Ø-1 b"))

    (again,) = register(ledger, item(" ø-1  B"))

    assert (again.id, again.state) == (posted.id, State.POSTED)
    (other_client,) = register(
        ledger, item("Ø-1 b"), book=Book("bot", "Other", "practice", "supplier-invoice", "login", "v1")
    )
    assert other_client.state is State.READY


def test_a_posted_item_keeps_its_content(ledger: Ledger, lease: Lease) -> None:
    posted = post(ledger, lease, item("1"))

    (again,) = register(ledger, item("1", "11.00"))

    assert again.fingerprint == posted.fingerprint != item("1", "11.00").fingerprint
    assert again.sum == Decimal("10.00")


def test_a_rejected_item_is_ready_again_only_when_its_row_was_corrected(ledger: Ledger, lease: Lease) -> None:
    (entry,) = register(ledger, item("1"))
    ledger.claim(entry, item("1"), lease, "run-1")
    ledger.ended(entry, lease, State.REJECTED, "Konto 9999 finnes ikke")

    assert register(ledger, item("1"))[0].state is State.REJECTED
    assert register(ledger, item("1", "12.00"))[0].state is State.READY


def test_a_large_workbook_is_registered_in_its_order_whatever_is_known(ledger: Ledger, lease: Lease) -> None:
    posted = post(ledger, lease, item("700"))
    numbers = [str(n) for n in range(1_300)]

    first = register(ledger, *(item(n, row=int(n) + 2) for n in reversed(numbers)))
    again = register(ledger, *(item(n, "11.00" if int(n) % 2 else "10.00", row=int(n) + 3) for n in numbers))

    assert [entry.key["no"] for entry in first] == numbers[::-1]
    assert [entry.id for entry in again] == [entry.id for entry in first[::-1]]
    assert again[700].id == posted.id
    assert [entry.state for entry in again].count(State.POSTED) == 1
    # What was not submitted has the newest row and content; what is posted keeps its own.
    assert [entry.rows for entry in again if entry.id != posted.id] == [(n + 3,) for n in range(1_300) if n != 700]
    assert (again[3].sum, again[4].sum, again[700].rows) == (Decimal("11.00"), Decimal("10.00"), (2,))
    with ledger.store.reading() as connection:
        whys = [row.why for row in connection.execute(events.select())]
    assert whys.count("content changed in a.xlsx") == 650
    assert sum(why.startswith("a.xlsx rows ") for why in whys) == 1_300


def test_a_workbook_is_registered_whole_or_not_at_all(ledger: Ledger) -> None:
    register(ledger, item("1"))
    with ledger.store.transaction() as connection:
        connection.exec_driver_sql("alter table event rename to event_away")

    with pytest.raises((LedgerUnavailable, sa.exc.ProgrammingError)):
        register(ledger, item("1", "11.00"), *(item(str(n)) for n in range(2, 1_300)))

    assert [(entry.key, entry.sum) for entry in ledger.entries()] == [({"no": "1"}, Decimal("10.00"))]


def test_nothing_is_registered_for_a_login_that_another_has_taken(ledger: Ledger, lease: Lease) -> None:
    with ledger.store.transaction() as connection:
        connection.exec_driver_sql("update lease set epoch = epoch + 1, owner = 'another'")

    with pytest.raises(LeaseLost):
        ledger.register(BOOK, SOURCE, "run-1", [item("1")], lease)

    assert ledger.entries() == []


def test_a_look_neither_waits_for_a_writer_nor_stops_one(ledger: Ledger, store: Store) -> None:
    (entry,) = register(ledger, item("1"))

    with store.reading() as looking:
        assert looking.execute(items.select()).first() is not None
        with store.transaction() as connection:
            connection.execute(items.update().values(message="changed"))
            assert state(ledger, entry).message == ""
            assert store.time() > 0

    assert [now.message for now in ledger.now([entry.id])] == ["changed"]


def test_what_an_ended_process_left_is_ready_or_unknown(
    ledger: Ledger, lease: Lease, store: Store, tmp_path: Path
) -> None:
    keyed, submitted = register(ledger, item("1"), item("2"))
    for entry, it in ((keyed, item("1")), (submitted, item("2"))):
        ledger.claim(entry, it, lease, "run-1")
    ledger.intent(submitted, lease, "f" * 64)
    lease.release()

    later = Lease(store, "login", tmp_path)
    later.acquire()
    assert ledger.recover(BOOK, later) == 1
    later.release()

    assert state(ledger, keyed).state is State.READY
    assert state(ledger, submitted).state is State.UNKNOWN


def test_a_later_owner_fences_off_an_earlier_ones_writes(ledger: Ledger, store: Store, tmp_path: Path) -> None:
    earlier = Lease(store, "login", tmp_path / "machine-1", length=1.5)
    earlier.acquire()
    (entry,) = register(ledger, item("1"))
    ledger.claim(entry, item("1"), earlier, "run-1")
    earlier._ended.set()  # frozen: it renews nothing any more, and does not know
    earlier._deadline = float("inf")
    later = Lease(store, "login", tmp_path / "machine-2")
    later.acquire(wait=10)

    with pytest.raises(LeaseLost):
        ledger.intent(entry, earlier, "f" * 64)

    ledger.recover(BOOK, later)
    assert later.epoch > earlier.epoch
    assert state(ledger, entry).state is State.READY
    later.release()


def test_only_an_unknown_item_can_be_settled(ledger: Ledger, lease: Lease) -> None:
    (entry,) = register(ledger, item("1"))
    assert not ledger.settle(entry.id, State.POSTED, {"voucher_no": "1"}, "kari", "saw it")
    ledger.claim(entry, item("1"), lease, "run-1")
    ledger.intent(entry, lease, "f" * 64)
    assert not ledger.settle(entry.id, State.READY, {}, "kari", "being keyed just now")
    ledger.ended(entry, lease, State.UNKNOWN, "no answer")

    assert ledger.settle(entry.id, State.POSTED, {"voucher_no": "10001"}, "kari", "saw it")

    settled = state(ledger, entry)
    assert (settled.state, settled.how, settled.receipt) == (State.POSTED, "settled", {"voucher_no": "10001"})
    assert settled.message == "settled by kari: saw it"


def test_every_step_is_in_the_events(ledger: Ledger, lease: Lease, store: Store) -> None:
    posted = post(ledger, lease, item("1"))

    with store.transaction() as connection:
        rows = connection.execute(events.select().where(events.c.item == posted.id).order_by(events.c.id)).all()
    assert [row.state for row in rows] == ["ready", "running", "submitting", "posted"]
    assert all(row.by for row in rows)


def test_the_schema_is_migrated_once_and_opens_again(url: str) -> None:
    first = Store(url)
    register(Ledger(first), item("1"))
    first.close()

    again = Store(url)
    assert [entry.key for entry in Ledger(again).entries()] == [{"no": "1"}]
    again.close()


def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from bilagsbot.run.schema import metadata

    with store.transaction() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_sqlite_survives_a_power_loss_by_its_settings(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'ledger.sqlite'}")
    with store.transaction() as connection:
        assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("pragma synchronous").scalar() == 2  # FULL
    store.close()


def test_postgresql_keeps_what_it_confirmed_whatever_its_default(postgres: Postgres) -> None:
    postgres.sql("postgres", "drop database if exists careless with (force)")
    postgres.sql("postgres", "create database careless")
    postgres.sql("postgres", "alter database careless set synchronous_commit = off")
    store = Store(postgres.url("careless"))
    for number in ("1", "2", "3"):
        register(Ledger(store), item(number))
        postgres.crash()  # what was confirmed in this instant is there again after it
        postgres.start()
        store.close()
        store = Store(postgres.url("careless"))
        assert number in [entry.key["no"] for entry in Ledger(store).entries()]
    store.close()


def test_a_ledger_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnavailable, match="The ledger cannot be used"):
        Store(f"sqlite:///{tmp_path / 'no such folder' / 'ledger.sqlite'}")


def test_an_item_goes_from_one_login_to_another(store: Store, ledger: Ledger, lease: Lease, tmp_path: Path) -> None:
    it = item("1")
    (entry,) = register(ledger, it)
    for _ in range(3):  # many a lease of the first login
        lease.release()
        lease = Lease(store, "login", tmp_path)
        lease.acquire()
    ledger.claim(entry, it, lease, "run-1")
    ledger.ended(entry, lease, State.FAILED, "the screen froze")
    lease.release()

    other = Lease(store, "another", tmp_path)
    other.acquire()
    ledger.claim(entry, it, other, "run-2")
    ledger.intent(entry, other, "f" * 64)
    ledger.posted(entry, other, {"voucher_no": "10001"}, "screen", [])
    other.release()
    assert state(ledger, entry).state is State.POSTED


def test_an_item_is_in_one_session_s_hands_only(store: Store, ledger: Ledger, lease: Lease, tmp_path: Path) -> None:
    it = item("1")
    (entry,) = register(ledger, it)
    other = Lease(store, "another", tmp_path)
    other.acquire()
    ledger.claim(entry, it, lease, "run-1")

    with pytest.raises(Taken):
        ledger.claim(entry, it, other, "run-1")
    register(ledger, it)  # as the other session does when it starts
    with pytest.raises(LeaseLost):
        ledger.ended(entry, other, State.READY, "not ours to say")
    with pytest.raises(LeaseLost):
        ledger.posted(entry, other, {"voucher_no": "9"}, "lookup", [])
    ledger.intent(entry, lease, "f" * 64)
    assert state(ledger, entry).state is State.SUBMITTING
    other.release()


def test_an_unknown_item_is_asked_about_by_one_session(
    store: Store, ledger: Ledger, lease: Lease, tmp_path: Path
) -> None:
    it = item("1")
    (entry,) = register(ledger, it)
    ledger.claim(entry, it, lease, "run-1")
    ledger.intent(entry, lease, "f" * 64)
    ledger.ended(entry, lease, State.UNKNOWN, "no answer")
    other = Lease(store, "another", tmp_path)
    other.acquire()

    with pytest.raises(Taken):
        ledger.take_up(state(ledger, entry), other, "run-2")
    lease.release()
    ledger.take_up(state(ledger, entry), other, "run-2")
    ledger.ended(entry, other, State.READY, "the program does not hold it")
    assert (state(ledger, entry).state, state(ledger, entry).run) == (State.READY, "run-2")
    other.release()
