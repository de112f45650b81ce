"""The ledger's database: SQLite in .bilagsbot/ by default, PostgreSQL by a URL; its transactions and its clock."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from bilagsbot.model.errors import BadInput, LedgerUnavailable, Mistake
from bilagsbot.run.schema import HEAD

PATIENCE = 15  # seconds that SQLite waits for another process's lock, where the URL names no `timeout`
NO_ADDRESS = Mistake(
    "BILAGSBOT_LEDGER", "this is no address of a ledger that this machine can open.",
    "Write postgresql://user:password@host/bilagsbot, with bilagsbot[postgresql] installed, or sqlite:////path/file.",
)  # fmt: skip


class Store:
    """A connection pool to the ledger, migrated to the newest schema when it opens.

    Raises LedgerUnavailable where the database cannot be reached or written, BadInput where `url` is no address.
    """

    def __init__(self, url: str) -> None:
        try:
            self.engine = sa.create_engine(_address(url), pool_pre_ping=not url.startswith("sqlite"))
        except (sa.exc.ArgumentError, ImportError) as error:
            raise BadInput([NO_ADDRESS]) from error
        self._reader = self.engine.execution_options(reads_only=True)
        self.sqlite = self.engine.dialect.name == "sqlite"
        if self.sqlite:
            sa.event.listen(self.engine, "connect", _durable)
            sa.event.listen(self.engine, "begin", _begin)
        else:
            sa.event.listen(self.engine, "connect", _synchronous)
        # Leases and settle times of several machines are measured on one clock: the database's.
        self.now = sa.literal_column(
            "((julianday('now') - 2440587.5) * 86400.0)"
            if self.sqlite
            else "extract(epoch from clock_timestamp())::float8",
            sa.Float,
        )
        with self.reading() as connection:
            current = self._version(connection)
        if current != HEAD:
            self._migrate()

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """A short transaction, durable when the block ends. Raises LedgerUnavailable."""
        with translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads, also while another process writes. Raises LedgerUnavailable."""
        with translated(), self._reader.begin() as connection:
            yield connection

    def time(self) -> float:
        """The database's clock, in Unix seconds."""
        with self.reading() as connection:
            return float(connection.execute(sa.select(self.now)).scalar_one())

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _version(self, connection: sa.Connection) -> str | None:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("select version_num from alembic_version")).scalar()

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self.transaction() as connection:
            if not self.sqlite:  # two machines may open a new database at once
                connection.execute(sa.text("select pg_advisory_xact_lock(8231701)"))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise LedgerUnavailable("The ledger was made by a newer bilagsbot. Upgrade this one.") from error


@contextmanager
def translated() -> Iterator[None]:
    """Raise LedgerUnavailable where the block finds the database out of reach, full or locked."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.InternalError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        said = getattr(error, "orig", None) or error
        raise LedgerUnavailable(f"The ledger cannot be used: {' '.join(str(said).split())}.") from error


def _address(url: str) -> sa.URL:
    address = sa.make_url(re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", url))
    if address.get_backend_name() == "sqlite" and "timeout" not in address.query:
        return address.update_query_dict({"timeout": str(PATIENCE)})
    return address


def _durable(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # we begin our own transactions
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode = WAL", "synchronous = FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _synchronous(connection: object, _record: object) -> None:
    """Whatever the server's default: a crash of its must not lose an intent whose click was sent."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("SET synchronous_commit = on")
    cursor.close()
    connection.commit()  # type: ignore[attr-defined]


def _begin(connection: sa.Connection) -> None:
    # What writes takes the lock up front, so that no transaction fails halfway.
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get("reads_only") else "BEGIN IMMEDIATE")
