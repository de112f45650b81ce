"""What a run has nothing to do for: posted or rejected earlier, in other hands, or for a person to settle."""

from datetime import datetime

from bilagsbot.flow.flow import Flow
from bilagsbot.model.item import Item
from bilagsbot.model.receipt import State
from bilagsbot.run.entry import Entry
from bilagsbot.run.receipts import Receipts

OTHER_CONTENT = (
    "its content is not what was being keyed when the outcome was lost (see {}); run that workbook, or settle item {}"
)


class Standing:
    """Gives receipts to items that are settled before a run comes to them."""

    def __init__(self, flow: Flow, receipts: Receipts, retry_rejected: bool = False) -> None:
        self._flow, self._receipts, self._retry_rejected = flow, receipts, retry_rejected

    def is_settled(self, item: Item, entry: Entry) -> bool:
        """Whether a run has nothing to do for an item as it stands; it gets its receipt then."""
        if entry.state is State.POSTED:
            self._posted_earlier(item, entry)
        elif entry.state is State.REJECTED and not self._retry_rejected:
            self._receipts.add(entry, item)
        elif entry.state in (State.RUNNING, State.SUBMITTING):
            self._receipts.add(entry, item, State.UNKNOWN, f"another process works on it with {entry.login}")
        elif entry.state is State.UNKNOWN and not self._flow.lookup:
            message = f"{entry.message}; look in the program, then: bilagsbot settle {entry.id}"
            self._receipts.add(entry, item, message=message)
        elif entry.state is State.UNKNOWN and entry.fingerprint != item.fingerprint:
            self._receipts.add(entry, item, message=OTHER_CONTENT.format(entry.source, entry.id))
        else:
            return False
        return True

    def _posted_earlier(self, item: Item, entry: Entry) -> None:
        when = datetime.fromtimestamp(entry.changed_at).strftime("%d.%m.%Y %H:%M")
        had = ", ".join(f"{name} {value}" for name, value in entry.receipt.items())
        if entry.fingerprint == item.fingerprint:
            self._receipts.add(entry, item, State.SKIPPED, f"already posted {when}: {had}")
        else:
            what = f"posted {when} with other content from {entry.source}: {had}. "
            self._receipts.add(entry, item, State.REJECTED, what + "Correct the row, or give it a key of its own.")
