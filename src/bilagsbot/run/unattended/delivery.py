"""Delivery: when a run has ended, its receipts go to where its workbook came from."""

import hashlib
import io
import shutil
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bilagsbot.model.errors import writable
from bilagsbot.run import launch
from bilagsbot.run.entry import Source
from bilagsbot.run.evidence import DRIFT, Evidence
from bilagsbot.run.ledger import Ledger
from bilagsbot.run.receipts import Receipts
from bilagsbot.run.runner import book_of
from bilagsbot.run.secrets import Redactor
from bilagsbot.run.standing import Standing
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.runs import Run, Runs, RunState
from bilagsbot.run.unattended.session import open_package
from bilagsbot.run.unattended.telling import tell_end

DONE, ERRORS = "done", "errors"


def deliver(workspace: Path, store: Store, run: Run, redact: Redactor) -> None:
    """Write a run's receipts, put them and a watched workbook in place, and tell who wants to know.

    Once more does no harm, as after a crash in the middle. Raises Unwritable and BadInput.
    """
    job, batch = open_package(workspace, store, run)
    with writable("The run's folder"):
        evidence = Evidence(workspace / launch.STATE, run.id)
        for name, content in Runs(store).files(run.id):
            _take_over(evidence.folder, name, content)
    receipts = Receipts(job, batch, run.id, evidence)
    standing = Standing(job.flow, receipts)
    for rows, mistakes in batch.refused():
        receipts.refuse(rows, mistakes)
    source = Source(batch.table.file.name, batch.table.sheet)
    entries = Ledger(store).register(book_of(job, job.bot.target.login), source, run.id, batch.items)
    for item, entry in zip(batch.items, entries, strict=True):
        if entry.run == run.id or not standing.is_settled(item, entry):
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
    place = put_away(workbook, folder, run.id, ours, [workbook.parent / ERRORS / workbook.name])
    _copy(receipt, place.with_name(receipt.name.replace(packed.stem, place.stem, 1)))
    if run.message:
        how = f"Når det er i orden: bilagsbot runs resume {run.id}"
        mistakes_file(place).write_text(f"{run.message}\n{how}\n", encoding="utf-8")
    else:
        mistakes_file(workbook.parent / ERRORS / workbook.name).unlink(missing_ok=True)


def put_away(workbook: Path, folder: Path, name: str, ours: str, others: list[Path]) -> Path:
    """Move a dropped workbook of this digest to a folder, from where it is now; gives its place.

    Where another workbook of its name lies there, it gets `name` added.
    """
    folder.mkdir(exist_ok=True)
    place = folder / workbook.name
    if digest(place) not in ("", ours):
        place = place.with_stem(f"{place.stem} {name}")
    for now in (workbook, *others):
        if now != place and digest(now) == ours:
            now.replace(place)
            break
    return place


def mistakes_file(workbook: Path) -> Path:
    """The text beside a workbook that says what is wrong."""
    return workbook.with_suffix(".feil.txt")


def digest(workbook: Path) -> str:
    """What tells a dropped workbook from another of the same name; nothing where there is none."""
    try:
        return hashlib.sha256(workbook.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""


def _copy(source: Path, target: Path) -> None:
    """Wholly or not at all."""
    own = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, own)
    own.replace(target)
