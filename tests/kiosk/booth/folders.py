"""What a pledge's folder holds, beside what its row says."""

import msgspec
import numpy as np
import simplejpeg

from kiosk import stamp, store, words
from kiosk.booth import Booth
from kiosk.booth.darkroom import LOOK
from kiosk.booth.house import House
from kiosk.pledge import Pledge
from kiosk.store import feed
from tests.night import PAGES


def now(house: House, pledge: Pledge) -> Pledge:
    with house.database.reading() as db:
        return store.get(db, pledge.id)


def news(house: House) -> list[tuple[str, int]]:
    with house.database.reading() as db:
        return [(each.kind, each.revision) for each in feed.after(db, 0, 100)]


def told(house: House, pledge: Pledge) -> Pledge:
    """Return what a rebuild would read."""
    file = house.album.path(pledge.place, "pledge.json")
    return msgspec.json.decode(file.read_bytes(), type=Pledge)


def looked_over(booth: Booth) -> None:
    """Let the darkroom look at every waiting card, as it does at the start."""
    booth.darkroom.look_over()
    while booth.darkroom.look_at_one() < LOOK:
        pass


def is_published(house: House, pledge: Pledge) -> bool:
    """Say whether everything a link opens is of the same drawing."""
    files = [
        house.album.path(pledge.place, name).read_bytes()
        for name in ("card.jpg", "card.webp", "page.html")
    ]
    page = PAGES.photo(pledge, "mail")
    return files == [files[0], stamp.card_webp(files[0]), page]


def as_of_old(house: House, pledge: Pledge) -> None:
    """Leave the folder as a version left it that never drew a card again."""
    file = house.album.path(pledge.place, "pledge.json")
    known = msgspec.json.decode(file.read_bytes())
    del known["drawn_from"], known["said"]
    file.write_bytes(msgspec.json.encode(known))


def laid_out(house: House, pledge: Pledge) -> stamp.Overlay:
    """Lay out what a pledge's card should be, from its row alone."""
    event = house.event
    return stamp.prepare(
        stamp.Lettering(
            words=pledge.words,
            event_line=event.line,
            code=pledge.code,
            url=house.link(pledge.token),
            partners=(event.campaign.name[pledge.language], *event.partners),
            logos=event.logo_files,
            find=words.translate(pledge.language, "Find your photo"),
        ),
        event.layout,
    )


def a_stamp(house: House, pledge: Pledge, overlay: stamp.Overlay) -> stamp.Pictures:
    """Draw what a pledge's card should be."""
    if not pledge.has_face:
        return stamp.without_face(overlay, pledge.colour, pledge.drawing)
    original = house.album.path(pledge.place, "original.jpg").read_bytes()
    return stamp.stamp(simplejpeg.decode_jpeg(original, "BGR"), overlay)


def is_whole(house: House, pledge: Pledge) -> bool:
    """Say whether row, card, small picture and pledge.json are of the same words."""
    row = now(house, pledge)
    overlay = laid_out(house, row)
    drawn = a_stamp(house, row, overlay)
    card, thumb = (
        house.album.path(pledge.place, name).read_bytes()
        for name in ("card.jpg", "thumb.jpg")
    )
    same = all(each in card for each in overlay.around.parts)
    same = same and alike(card, drawn.card)
    if not row.has_face:
        same = (card, thumb) == (drawn.card, drawn.thumb)
    return same and told(house, row).words == row.words


def alike(one: bytes, other: bytes) -> bool:
    """Say whether two cards differ by no more than a JPEG does."""
    both = [simplejpeg.decode_jpeg(each, "GRAY").astype(int) for each in (one, other)]
    return bool(np.abs(both[0] - both[1]).mean() < 1)
