"""Delivery: when a run has ended, its receipts go to where its workbook came from."""

import glob
import hashlib
import io
import shutil
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bilagsbot.model.errors import writable
from bilagsbot.model.receipt import State
from bilagsbot.run import launch
from bilagsbot.run.evidence import DRIFT, Evidence
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.receipts import Receipts
from bilagsbot.run.runner import book_of
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.standing import Standing
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.parcels import Parcels
from bilagsbot.run.unattended.run import ENDED, Run, RunState
from bilagsbot.run.unattended.runs import Runs
from bilagsbot.run.unattended.session import open_package
from bilagsbot.run.unattended.telling import tell_end

DONE, ERRORS = "done", "errors"
_LEFT = {  # by sessions that died once too often
    State.SUBMITTING: (State.UNKNOWN, "its session died; the next run asks the program about it first"),
    State.RUNNING: (State.READY, "its session died before submit"),
}


def deliver(workspace: Path, store: Store, run: Run, redact: Redactor) -> None:
    """Write a run's receipts, put them and a watched workbook in place, and tell who wants to know.

    Once more does no harm, as after a crash in the middle. Raises Unwritable and BadInput.
    """
    if run.state not in ENDED:
        return  # it was gone on with meanwhile
    job, batch = open_package(workspace, store, run)
    with writable("The run's folder"):
        evidence = Evidence(workspace / launch.STATE, run.id)
        for name, content in Parcels(store).files(run.id):
            _take_over(evidence.folder, name, content)
    receipts = Receipts(job, batch, run.id, evidence)
    standing = Standing(job.flow, receipts)
    for rows, mistakes in batch.refused():
        receipts.refuse(rows, mistakes)
    for item, entry in zip(batch.items, Ledger(store).find(book_of(job, run.logins[0]), batch.items), strict=True):
        if entry is None:
            receipts.untouched(item)
        elif entry.run == run.id and entry.state in _LEFT:
            receipts.add(entry, item, *_LEFT[entry.state])
        elif entry.run == run.id or not standing.is_settled(item, entry):
            receipts.add(entry, item)
    receipts.save()
    made = receipts.deliver(datetime.fromtimestamp(run.created_at, UTC), run.started_by)
    with writable("The receipts or the workbook"):
        _put(workspace, run, batch.table.file, made.workbook)
    Runs(store).delivered(run, Counter(receipt.status for receipt in receipts.all))
    tell_end(workspace, store, redact, job.bot, run, receipts.all)


def _take_over(folder: Path, name: str, content: bytes) -> None:
    """The evidence of another machine: pictures beside ours, its journals in a folder of their own."""
    own = folder / "machines" / Path(name).stem
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if member.endswith(".jsonl"):
                archive.extract(member, own)
            else:
                archive.extract(member, folder)
    if (own / DRIFT).exists():  # where `bilagsbot drift` looks
        with (folder / DRIFT).open("ab") as noted:
            noted.write((own / DRIFT).read_bytes())


def _put(workspace: Path, run: Run, packed: Path, receipt: Path) -> None:
    workbook, ours = workspace / run.workbook, digest(packed)
    if run.cause != "folder":
        _copy(receipt, workbook.with_name(receipt.name))
        return
    folder = workbook.parent / (DONE if run.state is RunState.DONE else ERRORS)
    before = [*(workbook.parent / ERRORS).glob(f"{glob.escape(workbook.stem)}*{workbook.suffix}")]
    again = not run.trigger.endswith(" 1")  # the receipt of the first time stays as it is
    place = put_away(workbook, folder, run.id, ours, before, again)
    _copy(receipt, place.with_name(receipt.name.replace(packed.stem, place.stem, 1)))
    if run.message:
        how = f"Når det er i orden: bilagsbot runs resume {run.id}"
        mistakes_file(place).write_text(f"{run.message}\n{how}\n", encoding="utf-8")


def put_away(workbook: Path, folder: Path, name: str, ours: str, others: list[Path], again: bool = False) -> Path:
    """Move a dropped workbook of this digest to a folder, from where it is now; gives its place.

    Where another workbook of its name lies there, or it was there before (`again`), it gets `name` added. Raises
    OSError where a file is in use.
    """
    folder.mkdir(exist_ok=True)
    place = folder / workbook.name
    if again or digest(place) not in ("", ours):
        place = place.with_stem(f"{place.stem} {name}")
    for now in (workbook, *others):
        if now != place and digest(now) == ours:
            now.replace(place)
            if now.parent != place.parent:
                mistakes_file(now).unlink(missing_ok=True)
            break
    return place


def mistakes_file(workbook: Path) -> Path:
    """The text beside a workbook that says what is wrong."""
    return workbook.with_suffix(".feil.txt")


def digest(workbook: Path) -> str:
    """What tells a dropped workbook from another of the same name; nothing where there is none. Raises OSError."""
    try:
        return hashlib.sha256(workbook.read_bytes()).hexdigest()[:16]
    except FileNotFoundError:
        return ""


def _copy(source: Path, target: Path) -> None:
    """Wholly or not at all."""
    own = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, own)
    own.replace(target)
