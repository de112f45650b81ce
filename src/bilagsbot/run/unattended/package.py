"""The package: a bot's files and its workbook as they were when a run began, for whichever machine keys them."""

import hashlib
import io
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bilagsbot.model.errors import BadInput, Mistake, writable
from bilagsbot.run.bot import Job, load_job

MOST = 100 * 2**20  # bytes; a package travels through the ledger's database
_INBOX = "workbook"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same files are the same package


@dataclass(frozen=True)
class Package:
    """A zip archive, and its SHA-256 in hex."""

    sha: str
    content: bytes


def pack(job: Job, workbook: Path) -> Package:
    """What a session needs of a workspace. Raises BadInput where it is too large, Unwritable where it is not read."""
    buffer = io.BytesIO()
    with writable("The package of the bot's files"), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(_files(job, workbook)):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), path.read_bytes(), zipfile.ZIP_DEFLATED)
    content = buffer.getvalue()
    if len(content) > MOST:
        what = f"the workbook and the bot's files are {len(content) / 2**20:.0f} MB, which is too much to hand over."
        raise BadInput([Mistake(str(workbook), what, f"Keep them under {MOST / 2**20:.0f} MB, or split the workbook.")])
    return Package(hashlib.sha256(content).hexdigest(), content)


def _files(job: Job, workbook: Path) -> Iterator[tuple[str, Path]]:
    yield f"bots/{job.bot.name}.yaml", job.workspace / "bots" / f"{job.bot.name}.yaml"
    yield f"{_INBOX}/{workbook.name}", workbook
    app = job.flow.app
    for pattern in ("flows/**/*.yaml", "flows/**/*.py", f"selectors/{app}.yaml", f"selectors/{app}/**/*"):
        for path in job.workspace.glob(pattern):
            if path.is_file():
                yield path.relative_to(job.workspace).as_posix(), path


def unpack(package: Package, folder: Path) -> Path:
    """The folder that holds the package's files; made when it is first asked for."""
    target = folder / package.sha[:16]
    with writable("The package of the bot's files"), zipfile.ZipFile(io.BytesIO(package.content)) as archive:
        if not _is_whole(target, archive):
            folder.mkdir(parents=True, exist_ok=True)
            own = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=folder))
            archive.extractall(own)  # ours, by its SHA-256; zipfile lets no name lead out of the folder
            with suppress(OSError):
                shutil.rmtree(target)  # what a power loss has left of it
            try:
                own.rename(target)
            except OSError:  # another session was first
                shutil.rmtree(own)
    with suppress(OSError):
        os.utime(target)  # it is in use
    return target


def _is_whole(folder: Path, archive: zipfile.ZipFile) -> bool:
    try:
        return all((folder / info.filename).stat().st_size == info.file_size for info in archive.infolist())
    except OSError:
        return False


def prune(folder: Path, seconds: float) -> None:
    """Remove what was unpacked, and not asked for since, so long ago."""
    for kept in folder.glob("*"):
        with suppress(OSError):
            if time.time() - kept.stat().st_mtime > seconds:
                shutil.rmtree(kept)


def load_packed(folder: Path, bot: str, workbook: str, workspace: Path) -> tuple[Job, Path]:
    """The job as it was packed, at home in this machine's workspace; and its workbook. Raises BadInput."""
    job = load_job(folder, bot)
    return replace(job, workspace=workspace, files=folder), folder / _INBOX / workbook
