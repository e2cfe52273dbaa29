"""The database: one file, one writer at a time, durable when it says so."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLite

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

metadata = MetaData()
"""The tables of `kiosk.store`; the outbox brings its own."""

DATABASE = "kiosk.db"  # the file, in the data folder
SCHEMA = "0014"
"""The newest migration in `kiosk/migrations/versions`."""

MIGRATIONS = Path(__file__).parent / "migrations"
BROKEN = (
    "The database cannot be read. "
    "Run 'python -m kiosk rebuild': the photos are in the album."
)
BUSY = 5000  # milliseconds a writer waits for another


class DatabaseBroken(Exception):
    """The database file cannot be read; `python -m kiosk rebuild` makes it anew."""


class Database:
    """The engine, and the two ways to use it."""

    def __init__(self, url: str) -> None:
        """Open the database at an SQLAlchemy URL and bring its schema up to date.

        Raises:
            DatabaseBroken: the file is not a database, or is damaged.
        """
        self.engine = create_engine(
            url,
            pool_size=5,
            max_overflow=60,
            hide_parameters=True,  # an error must not tell words and links to a log
        )
        if self.engine.dialect.name == "sqlite":
            _tune(self.engine)
        try:
            self._check()
            self._migrate()
        except OperationalError:
            raise  # busy, full or not to be reached: nothing is broken
        except DatabaseError as error:
            raise DatabaseBroken(BROKEN) from error

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Write: all of it or nothing, on disk when it ends."""
        options = self.engine.connect().execution_options(kiosk_writes=True)
        with options as db, db.begin():
            yield db

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read: one picture of the database, whatever others write meanwhile."""
        with self.engine.connect() as db, db.begin():
            yield db

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def _check(self) -> None:
        if self.engine.dialect.name != "sqlite":
            return

        with self.reading() as db:
            found = db.execute(text("PRAGMA quick_check(1)")).scalar()
        if found != "ok":
            raise DatabaseBroken(BROKEN)

    def _migrate(self) -> None:
        if self._version() == SCHEMA:
            return

        # Alembic costs 11 MB and a quarter of a second: only when there is work.
        from alembic import command
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.transaction() as db:
            config.attributes["connection"] = db
            command.upgrade(config, "head")

    def _version(self) -> str | None:
        with self.reading() as db:
            if not inspect(db).has_table("alembic_version"):
                return None
            found = db.execute(text("SELECT version_num FROM alembic_version"))
            return found.scalar()


def sqlite_url(file: Path) -> str:
    """Return the SQLAlchemy URL of a database file."""
    return f"sqlite:///{file}"


def _tune(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def opened(connection: SQLite, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("kiosk_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
