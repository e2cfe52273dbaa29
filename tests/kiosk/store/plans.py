"""How the database would find what a question asks for."""

from collections.abc import Callable

from sqlalchemy import Connection, event

from kiosk.database import Database


def plans(database: Database, ask: Callable[[Connection], object]) -> list[str]:
    """Return SQLite's plan for each question, line by line."""
    asked: list[tuple[str, tuple[object, ...]]] = []

    def remember(
        _db: object, _cursor: object, sql: str, values: tuple[object, ...], *_: object
    ) -> None:
        asked.append((sql, values))

    event.listen(database.engine, "before_cursor_execute", remember)
    with database.reading() as db:
        ask(db)
    event.remove(database.engine, "before_cursor_execute", remember)
    with database.reading() as db:
        return [
            row.detail
            for sql, values in asked
            for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]


def looks_at_all(database: Database, ask: Callable[[Connection], object]) -> list[str]:
    """Return the steps that would look at every pledge, or sort what they found."""
    steps = plans(database, ask)
    assert steps
    return [each for each in steps if each.startswith(("SCAN", "USE TEMP B-TREE"))]
