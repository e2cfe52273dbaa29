"""Cards: what stands on one, and how it is drawn again while its pledge waits."""

import logging
import pickle
import subprocess
import sys
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import msgspec
import simplejpeg
from msgspec import Struct

from camera.driver import Frame
from kiosk import stamp, words
from kiosk.album import PLEDGE
from kiosk.booth.house import House
from kiosk.booth.visit import CodeUnreadable, Plan, Sketch
from kiosk.config import ROOT
from kiosk.layout import Layout
from kiosk.pledge import Pledge
from kiosk.words import WordsRefused, _

log = logging.getLogger(__name__)

PATIENCE = 60.0  # seconds that another process may look at a card
FIND = _("Find your photo")  # beside the code, where a card has room for it
ENGINE = "2"  # how a layout is drawn; another makes every waiting card be drawn again
OF_THE_LAST = ("card.webp", "page.html")  # what shows the card before this one
HALF_DRAWN = ""
ORIGINAL, PHOTO = "original.jpg", "photo.jpg"
REDRAWN, RECROPPED = "redrawn", "recropped"
"""Feed entries: a card says the same of the same photo; or shows another part of it."""


class _Written(Struct, frozen=True):
    """What pledge.json says of the card beside it."""

    drawn_from: str = HALF_DRAWN  # a fingerprint; older folders have none


class PhotoGone(Exception):
    """The photo a card was made of is gone; the card stays as it is."""


def lettering(
    house: House, written: Plan | Sketch | Pledge, code: str, token: str
) -> stamp.Lettering:
    """Say what stands on a card: the guest's words, the event, code and link."""
    event = house.event
    return stamp.Lettering(
        words=written.words,
        event_line=event.line,
        code=code,
        url=house.link(token),
        partners=(event.campaign.name[written.language], *event.partners),
        logos=event.logo_files,
        find=words.translate(written.language, FIND),
    )


def warm(house: House) -> None:
    """Pay for what the first guest's card would otherwise wait for."""
    language = house.event.languages[0]
    first = Sketch(language=language, words="", colour="", drawing="")
    stamp.warm(lettering(house, first, "AA 2222", "0" * 20), house.event.layout)


def look_over(house: House) -> None:
    """Warn of what on tonight's cards could not be read, as `card --check` does.

    Another process looks: a booth that waits for guests holds no memory for it.
    """
    language = house.event.languages[0]
    first = Sketch(language=language, words="Ấ", colour="", drawing="")
    written = lettering(house, first, "AA 2222", "0" * 20)
    try:
        looked = subprocess.run(
            [sys.executable, "-m", "kiosk.stamp"],
            cwd=ROOT,
            input=pickle.dumps((written, house.event.layout)),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        log.warning("Nobody looked at the card: %s.", type(error).__name__)
        return
    for fault in looked.stdout.decode().splitlines():
        log.warning("The card: %s.", fault)


def pictures(
    overlay: stamp.Overlay, planned: Plan, frame: Frame | None
) -> stamp.Pictures:
    """Draw a card, on a frame or, without one, on its colours.

    Raises:
        UnreadableCode: the code cannot be read back.
    """
    if frame is None:
        return stamp.without_face(overlay, planned.colour, planned.drawing)
    return stamp.stamp(frame, overlay)


def files(drawn: stamp.Pictures) -> dict[str, bytes]:
    """Name the pictures that a folder holds."""
    named = {
        "card.jpg": drawn.card,
        PHOTO: drawn.photo,
        "thumb.jpg": drawn.thumb,
        ORIGINAL: drawn.original,
    }
    return {name: data for name, data in named.items() if data is not None}


def writing(pledge: Pledge, drawn_from: str) -> bytes:
    """Write a pledge as its folder tells it, and what the card there was drawn from."""
    told = msgspec.to_builtins(pledge) | {"drawn_from": drawn_from}
    return msgspec.json.encode(told)


def fingerprint(lettering: stamp.Lettering, layout: Layout) -> str:
    """Return what is the same for two cards that look the same."""
    logos = [_digest(logo) for logo in lettering.logos]
    design = {"logos": logos, "layout": layout.fingerprint, "engine": ENGINE}
    look = asdict(lettering) | design
    return sha256(msgspec.json.encode(look)).hexdigest()


def freshen(house: House, pledge: Pledge) -> str:
    """Draw a card again that is half drawn, or would look otherwise today.

    Return what is new, REDRAWN or RECROPPED, or nothing; a card that cannot be drawn
    again stays as it is.

    Raises:
        AlbumFull: there is no room.
        NotSaved: the disk refused.
    """
    if _is_fresh(house, pledge):
        return ""
    try:
        return redraw(house, pledge, pledge)
    except (PhotoGone, CodeUnreadable, WordsRefused) as error:
        # Its guest may have the code already: no other is made.
        log.warning("%s keeps its card: %s.", pledge.id, type(error).__name__)
        return ""


def redraw(house: House, before: Pledge, after: Pledge) -> str:
    """Draw the card of a pledge again, from what its folder holds.

    pledge.json says first that the card is half drawn, and last what it was drawn from.
    Return RECROPPED when the card shows another part of the photo than before.

    Raises:
        PhotoGone: the photo is not there any more.
        CodeUnreadable: the code cannot be read back.
        WordsRefused: no font draws the words any more.
        AlbumFull: there is no room.
        NotSaved: the disk refused.
    """
    written = lettering(house, after, after.code, after.token)
    drawn = files(_drawn(house, after, written))
    album, place = house.album, after.place
    news = _news(album.path(place, PHOTO), drawn.get(PHOTO))
    album.add(place, PLEDGE, writing(before, HALF_DRAWN))
    album.replace(place, drawn, without=OF_THE_LAST)
    album.add(place, PLEDGE, writing(after, fingerprint(written, house.event.layout)))
    return news


def _news(old: Path, new: bytes | None) -> str:
    """Compare the photos' sizes: a frame's part of one size is always the same part."""
    if new is None:
        return REDRAWN
    try:
        is_same = _size(old.read_bytes()) == _size(new)
    except (OSError, ValueError):
        is_same = False
    return REDRAWN if is_same else RECROPPED


def _size(jpeg: bytes) -> tuple[int, int]:
    height, width, *_ = simplejpeg.decode_jpeg_header(jpeg)
    return int(width), int(height)


def _is_fresh(house: House, pledge: Pledge) -> bool:
    written = lettering(house, pledge, pledge.code, pledge.token)
    today = fingerprint(written, house.event.layout)
    try:
        told = house.album.path(pledge.place, PLEDGE).read_bytes()
        return msgspec.json.decode(told, type=_Written).drawn_from == today
    except (OSError, msgspec.MsgspecError):
        return False


def _drawn(house: House, pledge: Pledge, written: stamp.Lettering) -> stamp.Pictures:
    try:
        overlay = stamp.prepare(written, house.event.layout)
        if pledge.has_face:
            return stamp.stamp_again(_photo(house, pledge), overlay)
        return stamp.without_face(overlay, pledge.colour, pledge.drawing)
    except stamp.Undrawable as error:
        raise words.Undrawable(error.characters) from error
    except stamp.UnreadableCode as error:
        raise CodeUnreadable("The card's code could not be read back.") from error


def _photo(house: House, pledge: Pledge) -> Frame:
    """Return the original, or what the card shows of it: an undo may come later."""
    for name in (ORIGINAL, PHOTO):
        try:
            photo = house.album.path(pledge.place, name).read_bytes()
            frame: Frame = simplejpeg.decode_jpeg(photo, "BGR")
        except (OSError, ValueError):
            continue
        return frame
    raise PhotoGone("The photo is not here any more.")


@lru_cache(maxsize=8)
def _digest(logo: Path) -> str:
    # Once a night, as a logo is drawn once a night.
    try:
        return sha256(logo.read_bytes()).hexdigest()
    except OSError:
        return ""
