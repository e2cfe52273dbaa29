"""What the bucket should hold of a pledge, and what it is to let go of."""

from collections.abc import Sequence

from sqlalchemy import Connection

from kiosk import store
from kiosk.pledge import Pledge
from kiosk.store import feed
from sync import outbox
from sync.outbox import Wish

HTML = "text/html; charset=utf-8"
SOON_FILE = "soon.html"


def soon() -> Wish:
    """Ask for the page of every link that opens nothing yet."""
    return Wish(
        target=outbox.BUCKET,
        key="soon",
        file=SOON_FILE,
        content_type=HTML,
        present=True,
        revision=1,
    )


def withdraw(db: Connection, before: Pledge) -> Pledge:
    """Write down that a pledge is withdrawn, in its row, the news and the wishes."""
    after = before.withdrawn()
    store.save(db, before, after)
    feed.add(db, "withdrawn", after)
    outbox.wish(db, between(before, after))
    return after


def between(before: Pledge, after: Pledge) -> Sequence[Wish]:
    """Say what the bucket should hold now: all of a reachable pledge, else nothing.

    Pictures come before the page that shows them.
    """
    if not (before.is_reachable or after.is_reachable):
        return []

    here = after.is_reachable
    return [
        Wish(
            target=outbox.BUCKET,
            key=key,
            file=f"{after.place}/{file}" if here else "",
            content_type=content_type,
            present=here,
            revision=after.revision,
        )
        for key, file, content_type in _kept_in_bucket(after.token)
    ]


def keys(pledge: Pledge) -> list[str]:
    """Name everything the bucket may ever hold of a pledge."""
    return [key for key, _, _ in _kept_in_bucket(pledge.token)]


def _kept_in_bucket(token: str) -> Sequence[tuple[str, str, str]]:
    return (
        (f"card/{token}.webp", "card.webp", "image/webp"),
        (f"card/{token}.jpg", "card.jpg", "image/jpeg"),
        (f"p/{token}", "page.html", HTML),
    )
