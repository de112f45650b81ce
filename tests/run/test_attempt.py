"""One item, once: what each way to fail comes to, on the driver that ships for this."""

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from bilagsbot.drivers.fake import FakeDriver
from bilagsbot.drivers.fakescreen import FakeField, FakeTable
from bilagsbot.flow.load import load_flow
from bilagsbot.flow.template import Templates
from bilagsbot.model.errors import LeaseLost, Stopped
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.attempt import Attempt, Stop
from bilagsbot.run.bot import Bot, Job
from bilagsbot.run.entry import Book, Entry, Source
from bilagsbot.run.evidence import Evidence
from bilagsbot.run.lease import Lease
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.schema import items
from bilagsbot.run.secrets import Login
from bilagsbot.run.session import Session
from bilagsbot.run.store import Store

FLOW = """
app: fake
item: {no: text, amount: amount}
key: [no]
receipt: {voucher: integer}
steps:
  - fill: {form.no: "{{ item.no }}", form.amount: "{{ item.amount | amount('plain') }}"}
  - submit: form.post
  - reject_if: page.error
  - capture: {voucher: page.voucher}
lookup:
  - find_row: {in: list.rows, where: {No: "{{ item.no }}"}, receipt: {voucher: Voucher}}
"""
SELECTORS = """
app: fake
alerts: reject
targets:
  form.no: {find: {name: no}}
  form.amount: {find: {name: amount}, as: amount}
  form.post: {find: {name: post}}
  page.error: {find: {css: .error}}
  page.voucher: {find: {css: .voucher}}
  list.rows: {find: {css: table}}
"""
ITEM = Item({"no": "A-1"}, {"no": "A-1", "amount": Decimal("12.50")}, (), (2,), Decimal("12.50"))


class Desk:
    """A ledger with one item, and a screen to key it on."""

    def __init__(self, folder: Path) -> None:
        for name, text in (("flows/f.yaml", FLOW), ("selectors/fake.yaml", SELECTORS)):
            (folder / name).parent.mkdir()
            (folder / name).write_text(text)
        flow, selectors = load_flow(folder, "f")
        bot = Bot.model_validate({
            "flow": "f", "client": "Acme", "target": {"url": "http://x", "login": "acme"}, "input": {"xlsx": "a.xlsx"},
        })  # fmt: skip
        self.job = Job(folder, bot, flow, selectors)
        self.store = Store(f"sqlite:///{folder / 'ledger.sqlite'}")
        self.ledger, self.lease = Ledger(self.store), Lease(self.store, "acme", folder)
        self.lease.acquire()
        self.stop, self.evidence = Stop(), Evidence(folder, "run")
        book = Book("bot", "Acme", "fake", "f", "acme", "")
        (self.first,) = self.ledger.register(book, Source("a.xlsx", ""), "run", [ITEM])
        hidden = FakeField(visible=False)
        fields = {name: FakeField() for name in ("form.no", "form.amount", "form.post")}
        self.screen = FakeDriver(
            fields | {"page.error": hidden, "page.voucher": hidden},
            tables={"list.rows": FakeTable(("No", "Voucher"), [])},
            alerts="reject",
        )

    @property
    def entry(self) -> Entry:
        return self.ledger.entries(id_=self.first.id)[0]

    @property
    def submits(self) -> int:
        return sum(action[0] == "submit" for action in self.screen.done)

    def attempt(self) -> Attempt:
        session = Session(self.job, Login("acme", "u", "p"), Templates(), lambda: self.screen, self.evidence.folder)
        return Attempt(
            self.job.flow, ITEM, self.entry, self.ledger, self.lease, session, self.evidence, self.stop, self._ask
        )

    def key(self) -> State:
        state = self.attempt().key("run")
        assert state == self.entry.state
        return state

    @staticmethod
    def _ask(message: str) -> None:
        raise Stopped(message)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.lease.release()
    made.store.close()


def shows(target: str, text: str) -> object:
    """A hook: from now on the screen shows this."""

    def hook(screen: FakeDriver) -> None:
        screen.fields[target] = FakeField(text)

    return hook


def test_the_intent_is_on_disk_when_the_click_is_sent(desk: Desk) -> None:
    seen: list[State] = []
    desk.screen.hooks["form.post"] = lambda screen: (
        seen.append(desk.entry.state) or shows("page.voucher", "10001")(screen)
    )

    assert desk.key() is State.POSTED

    assert seen == [State.SUBMITTING]
    assert (desk.entry.receipt, desk.entry.how) == ({"voucher": "10001"}, "screen")


def test_a_field_that_shows_something_else_is_never_submitted(desk: Desk) -> None:
    # The form rounds the amount when the other field is left; each field was right when it was filled.
    desk.screen.hooks["form.amount"] = lambda screen: screen.fields.update({"form.no": FakeField("B-2")})

    assert desk.key() is State.FAILED

    assert desk.submits == 0
    assert "form.no shows 'B-2' instead of 'A-1'" in desk.entry.message
    assert "flows/f.yaml:8" in desk.entry.message


def test_a_page_that_refuses_after_submit_rejects_with_its_words(desk: Desk) -> None:
    desk.screen.hooks["form.post"] = shows("page.error", "Konto 9999 finnes ikke")

    assert desk.key() is State.REJECTED
    assert desk.entry.message == "Konto 9999 finnes ikke"


def test_an_alert_before_submit_is_the_programs_refusal(desk: Desk) -> None:
    desk.screen.hooks["form.amount"] = lambda screen: screen.ask("alert", "Perioden er lukket") and None

    assert desk.key() is State.REJECTED
    assert desk.submits == 0


def test_an_alert_after_submit_may_be_the_confirmation_so_it_is_unknown(desk: Desk) -> None:
    desk.screen.hooks["form.post"] = lambda screen: screen.ask("alert", "Bilag 10001 er bokført") and None

    assert desk.key() is State.UNKNOWN
    assert "10001" in desk.entry.message


@pytest.mark.parametrize("number", ["", "uleselig"])
def test_without_a_receipt_of_its_type_it_is_unknown_not_posted(number: str, desk: Desk) -> None:
    desk.screen.hooks["form.post"] = shows("page.voucher", number)

    assert desk.key() is State.UNKNOWN
    assert desk.entry.receipt == {}


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], State.READY),
        ([{"No": "A-1", "Voucher": "10001"}], State.POSTED),
        ([{"No": "A-1", "Voucher": "10001"}, {"No": "A-1", "Voucher": "10002"}], State.UNKNOWN),
        ([{"No": "A-11", "Voucher": "10003"}], State.READY),
    ],
)
def test_the_lookup_of_an_unknown_item(rows: list[dict[str, str]], state: State, desk: Desk) -> None:
    desk.key()
    assert desk.entry.state is State.UNKNOWN
    desk.screen.tables["list.rows"] = FakeTable(("No", "Voucher"), rows)

    assert desk.attempt().resolve(0, "run-1") is state

    assert desk.entry.state is state
    assert desk.submits == 1


def test_a_lookup_waits_out_the_settle_time(desk: Desk) -> None:
    desk.key()
    begun = desk.entry.intent_at

    desk.attempt().resolve(1.2, "run-1")

    assert begun is not None
    assert desk.store.time() - begun >= 1.2


def set_back(desk: Desk, seconds: float, **more: object) -> None:
    """What the ledger says where its clock was set forward by so much after the intent."""
    with desk.store.transaction() as connection:
        connection.execute(items.update().values(intent_at=items.c.intent_at - seconds, **more))


def test_a_clock_that_is_set_forward_shortens_no_settle_time(desk: Desk) -> None:
    desk.key()
    keyed = time.monotonic()
    set_back(desk, 3600)

    desk.attempt().resolve(1.2, "run-1")

    assert time.monotonic() - keyed >= 1.1


def test_a_clock_that_is_set_back_lengthens_no_settle_time(desk: Desk) -> None:
    desk.key()
    set_back(desk, -3600, intent_mark="another-boot 1.0")
    asked = time.monotonic()

    desk.attempt().resolve(1.2, "run-1")

    assert 1.1 <= time.monotonic() - asked < 60


def test_what_another_machine_left_is_asked_about_a_settle_time_after_it_was_taken_over(desk: Desk) -> None:
    desk.key()
    set_back(desk, 3600, intent_mark="another-boot 1.0")
    desk.lease.inherited = True

    desk.attempt().resolve(1.2, "run-1")

    assert time.monotonic() - desk.lease.taken_at >= 1.2


def test_a_stop_before_submit_gives_the_item_back(desk: Desk) -> None:
    desk.screen.hooks["form.amount"] = lambda screen: setattr(desk.stop, "requested", True)

    with pytest.raises(Stopped):
        desk.attempt().key("run")

    assert (desk.entry.state, desk.submits) == (State.READY, 0)


def test_a_stop_after_submit_waits_for_the_receipt(desk: Desk) -> None:
    def posted(screen: FakeDriver) -> None:
        desk.stop.requested = True
        screen.fields["page.voucher"] = FakeField("10001")

    desk.screen.hooks["form.post"] = posted

    assert desk.key() is State.POSTED


def test_a_lost_lease_sends_no_click(desk: Desk) -> None:
    desk.screen.hooks["form.amount"] = lambda screen: setattr(desk.lease, "_deadline", 0.0)

    with pytest.raises(LeaseLost):
        desk.attempt().key("run")

    assert desk.submits == 0


def test_an_item_is_pictured_before_and_after(desk: Desk) -> None:
    desk.screen.hooks["form.post"] = shows("page.voucher", "10001")
    desk.key()

    taken = [desk.evidence.taken(desk.entry.id, moment) for moment in ("before", "after")]
    assert all((desk.evidence.folder / name).read_bytes()[:2] == b"\xff\xd8" for name in taken)
