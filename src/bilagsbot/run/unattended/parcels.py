"""What travels through the ledger's database: the packages that runs begin with, and the files that come back."""

from contextlib import suppress

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from bilagsbot.run.schema import packages, run_files, runs
from bilagsbot.run.store import Store
from bilagsbot.run.unattended.package import Package
from bilagsbot.run.unattended.run import ENDED, Run


class Parcels:
    """The packages and files of one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, package: Package) -> None:
        """Put a package in; again does no harm."""
        with suppress(IntegrityError), self.store.transaction() as connection:  # another run may bring the same
            now = self.store.now
            if not connection.execute(packages.update().where(packages.c.sha == package.sha).values(at=now)).rowcount:
                connection.execute(packages.insert().values(sha=package.sha, content=package.content, at=now))

    def package(self, run: Run) -> Package:
        """The files that a run began with."""
        with self.store.reading() as connection:
            content = connection.execute(
                sa.select(packages.c.content).where(packages.c.sha == run.package)
            ).scalar_one()
        return Package(run.package, bytes(content))

    def keep_file(self, run: str, name: str, content: bytes) -> None:
        """Hand a file over to the machine that delivers; a later one of that name takes its place."""
        with self.store.transaction() as connection:
            connection.execute(run_files.delete().where(run_files.c.run == run, run_files.c.name == name))
            connection.execute(run_files.insert().values(run=run, name=name, content=content))

    def files(self, run: str) -> list[tuple[str, bytes]]:
        """The files that other machines handed over."""
        with self.store.reading() as connection:
            rows = connection.execute(sa.select(run_files.c.name, run_files.c.content).where(run_files.c.run == run))
            return [(name, bytes(content)) for name, content in rows]

    def prune(self, seconds: float) -> None:
        """Forget the packages and files of runs that ended so long ago; the runs and their items stay."""
        old = sa.and_(runs.c.state.in_(ENDED), runs.c.delivered, runs.c.changed_at < self.store.now - seconds)
        with self.store.transaction() as connection:
            connection.execute(run_files.delete().where(run_files.c.run.in_(sa.select(runs.c.id).where(old))))
            connection.execute(packages.delete().where(
                packages.c.sha.not_in(sa.select(runs.c.package).where(~old)), packages.c.at < self.store.now - seconds
            ))  # fmt: skip
            connection.execute(runs.update().where(old, runs.c.package != "").values(package=""))
