"""What the operator needs to know, in plain words, and the one thing to do."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from kiosk import store, words
from kiosk.album import TOO_LITTLE
from kiosk.pledge import Decision
from kiosk.store import devices, feed, tallies
from kiosk.store.devices import Session
from kiosk.store.pace import MANY_WAITING
from kiosk.web import current
from kiosk.web.current import say
from kiosk.web.roles import Role, roles
from kiosk.web.screens import ALIVE
from sync import outbox

status = Blueprint("status", __name__)

GOOD, WARN, STOP = "good", "warn", "stop"
A_PHOTO = 2_500_000  # bytes: card, photo, thumbnail, original and page of a 1080p shot
LITTLE = 2_000_000_000  # bytes left at which the operator is warned (R4)
LATE = 120.0  # seconds a finished photo may wait before the operator is told


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it stands, in a headline and a sentence.

    `share` is the filled part of a bar, 0 to 1; None draws no bar.
    """

    name: str
    verdict: str
    headline: str
    detail: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Paired:
    """One paired device, in words; `is_here` says that it was heard just now."""

    id: str
    role: str
    name: str
    detail: str
    is_here: bool
    is_own: bool


@status.get("/status")
def show() -> ResponseReturnValue:
    """Show how the booth is."""
    checks = look()
    return render_template(
        "status.html",
        checks=checks,
        overall=overall(checks),
        booth=current.booth().house.config.booth.name,
        now=words.clock(current.now()),
        practice=current.front().public_port is not None,
        devices=_devices(),
    )


@status.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say "ok"; tell the operator more."""
    if Role.OPERATOR not in roles() or "json" not in request.headers.get("Accept", ""):
        return "ok", {"Content-Type": "text/plain"}
    checks = look()
    told = [asdict(each) for each in checks]
    return {"overall": overall(checks).verdict, "checks": told}


def look() -> Sequence[Check]:
    """Look at everything once."""
    return [_camera(), _disk(), _uploads(), _queue(), _screens(), _promises()]


def overall(checks: Sequence[Check]) -> Check:
    """Return the verdict over all: the worst, and what to do about it."""
    for verdict in (STOP, WARN):
        for check in checks:
            if check.verdict == verdict:
                headline = say("One thing needs you")
                detail = f"{check.headline}. {check.detail}"
                return Check("overall", verdict, headline, detail)
    return Check(
        "overall", GOOD, say("All good"), say("Nothing to do. Have some water.")
    )


def _camera() -> Check:
    health = current.booth().house.lens.health
    if not health.is_live:
        detail = say(health.problem or "No picture has come yet.")
        return Check("camera", STOP, say("No picture"), detail)

    size = say(
        "{name}: {width} × {height}, {rate} pictures a second.",
        name=say("Test card") if health.is_test_card else health.name,
        width=health.width,
        height=health.height,
        rate=round(health.rate),
    )
    if health.is_test_card:
        return Check("camera", WARN, say("No camera: the test card is on"), size)
    return Check("camera", GOOD, say("Ready"), size)


def _disk() -> Check:
    album = current.booth().house.album
    room, share = album.room, 1 - album.room / album.size
    headline = say(
        "Room for {count} photos", count=_number(max(0, room - TOO_LITTLE) // A_PHOTO)
    )
    detail = say("{room} GB are free.", room=_number(room // 1_000_000_000))
    if room < TOO_LITTLE:
        full = say("The disk is full: no photos are taken until there is space.")
        return Check("disk", STOP, headline, full, share)
    little = room < max(LITTLE, album.size // 10)
    return Check("disk", WARN if little else GOOD, headline, detail, share)


def _uploads() -> Check:
    with current.booth().house.database.reading() as db:
        backlog = outbox.waiting(db)
    last = _last_sent(backlog.last_settled)
    if not backlog.count:
        return Check("uploads", GOOD, say("All sent"), last)

    late = current.now() - (backlog.oldest or current.now()) > LATE
    headline = say("{count} files to send", count=_number(backlog.count))
    patience = say("Nothing is lost, they go by themselves when the network returns.")
    detail = f"{say(backlog.problem)} {patience}" if backlog.problem else last
    return Check("uploads", WARN if late or backlog.problem else GOOD, headline, detail)


def _last_sent(at: float | None) -> str:
    if at is None:
        return say("Nothing has been sent yet.")
    return say("The last one went at {time}.", time=words.clock(at))


def _queue() -> Check:
    with current.booth().house.database.reading() as db:
        counts, oldest = tallies.now(db), store.oldest_waiting(db)
    waiting = counts[Decision.WAITING]
    headline = say("{count} photos wait", count=_number(waiting))
    detail = say("Above 15, ask a second volunteer to help.")
    if oldest:
        minutes = int((datetime.now(UTC) - oldest).total_seconds() // 60)
        headline = say(
            "{count} photos wait, the oldest for {minutes} min",
            count=_number(waiting),
            minutes=max(0, minutes),
        )
    if counts["requests"]:
        asked = say("{count} guests asked for removal.", count=counts["requests"])
        return Check("queue", WARN, headline, asked)
    return Check("queue", WARN if waiting > MANY_WAITING else GOOD, headline, detail)


def _screens() -> Check:
    screens = current.front().screens
    headline = say(
        "{walls} on the wall, {tablets} moderating",
        walls=screens.count("wall"),
        tablets=screens.count("moderation"),
    )
    if not screens.count("wall"):
        return Check("screens", WARN, headline, say("No wall is listening."))
    return Check("screens", GOOD, headline, say("All heard from just now."))


def _promises() -> Check:
    with current.booth().house.database.reading() as db:
        kept, counts = feed.now(db).kept, tallies.now(db)
    detail = say(
        "{approved} approved, {private} private, {removed} removed.",
        approved=counts[Decision.APPROVED],
        private=counts[Decision.PRIVATE],
        removed=counts[Decision.REMOVED],
    )
    headline = say("{count} promises tonight", count=_number(kept))
    return Check("promises", GOOD, headline, detail)


def _devices() -> Sequence[Paired]:
    with current.booth().house.database.reading() as db:
        paired = devices.paired(db)
    return [_paired(each) for each in paired]


def _paired(device: Session) -> Paired:
    silence = current.front().screens.silence(device.id)
    own, is_here = current.session(), silence is not None and silence < ALIVE
    if device.is_asleep:
        heard = say("Asleep")
    elif is_here:
        heard = say("Heard from just now")
    elif silence is None:
        heard = say("Not heard from since the booth started")
    else:
        heard = say("Last heard at {time}", time=words.clock(current.now() - silence))
    since = say("paired at {time}", time=words.clock(device.made_at))
    return Paired(
        id=device.id,
        role=device.role,
        name=current.called(device),
        detail=f"{heard} · {since}",
        is_here=is_here,
        is_own=own is not None and own.id == device.id,
    )


def _number(value: int) -> str:
    return current.number(value)
