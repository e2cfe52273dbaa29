"""Where things stand on a card, and whether they have a place there."""

from collections.abc import Iterator
from itertools import combinations

from msgspec.structs import replace

from kiosk.layout import Box, Layout, Plan

LEAST = 16  # pixels, of an area's sides
PHOTO = 200  # pixels, of the photo's: with less no face is told from another
STEP = 64  # pixels that the words' room grows by
BLOCK = 16  # pixels a side of a JPEG's block at 4:2:0: what is encoded on its own


def areas(layout: Layout) -> Iterator[tuple[str, Box]]:
    """Yield each part of a card that has a place of its own, by its key."""
    plan = layout.plan
    yield "photo", plan.photo
    yield "words", plan.words.box
    yield "plate", plan.plate.box
    yield "code", plan.code.box
    yield "logos", plan.logos.box
    if plan.event.box:
        yield "event", plan.event.box
    if plan.find:
        yield "find", plan.find.box


def misplaced(layout: Layout) -> list[str]:
    """Say of each area that is not wholly on the card, or reaches over another.

    That is also looked at when the words have grown as far as they may.
    """
    wrong, most = _misplaced(layout), layout.plan.words.grow
    for by in range(STEP, most + 1, STEP):
        if not wrong:
            then = _misplaced(grown(layout, by))
            wrong = [f"grow = {most}: grown by {by}, {line}" for line in then]
    return wrong


def _misplaced(layout: Layout) -> list[str]:
    size, found = layout.plan.size, dict(areas(layout))
    outside = [
        f"{key} = {list(box)} reaches outside the card of {list(size)}"
        for key, box in found.items()
        if not _is_within(box, size)
    ]
    if min(layout.plan.photo[2:]) < PHOTO:
        outside.append(f"photo = {list(layout.plan.photo)} is smaller than {PHOTO}")
    found["photo"] = blocks_around(layout.plan.photo, size)
    pairs = combinations(found.items(), 2)
    over = [
        f"{one} and {other} overlap" for (one, a), (other, b) in pairs if _meet(a, b)
    ]
    return outside + over


def blocks_around(box: Box, size: tuple[int, int]) -> Box:
    """Return the whole blocks that a box touches, as far as the card goes."""
    left, top = (edge // BLOCK * BLOCK for edge in box[:2])
    right = min(size[0], -(-(box[0] + box[2]) // BLOCK) * BLOCK)
    bottom = min(size[1], -(-(box[1] + box[3]) // BLOCK) * BLOCK)
    return left, top, right - left, bottom - top


def beside(hole: Box, size: tuple[int, int]) -> Iterator[Box]:
    """Yield what surrounds a hole in a card: above, left, right and below."""
    (left, top, wide, high), (width, height) = hole, size
    yield 0, 0, width, top
    yield 0, top, left, high
    yield left + wide, top, width - left - wide, high
    yield 0, top + high, width, height - top - high


def grown(layout: Layout, by: int) -> Layout:
    """Return a layout whose words have this many pixels more, taken from the photo.

    What stands in one column with the words, beside the photo, moves with its edge.
    """
    plan = layout.plan
    (left, top, width, height), (x, y, wide, high) = plan.words.box, plan.photo
    if not by:
        return layout
    if top >= y + high:
        room, photo = (left, top - by, width, height + by), (x, y, wide, high - by)
    elif top + height <= y:
        room, photo = (left, top, width, height + by), (x, y + by, wide, high - by)
    elif left >= x + wide:
        room, photo = (left - by, top, width + by, height), (x, y, wide - by, high)
        plan = _beside(plan, x + wide, -by)
    else:
        room, photo = (left, top, width + by, height), (x + by, y, wide - by, high)
    words = replace(plan.words, box=room, grow=plan.words.grow - by)
    return replace(layout, plan=replace(plan, words=words, photo=photo))


def _beside(plan: Plan, edge: int, by: int) -> Plan:
    """Move what is behind the photo's right edge, and widen its strip."""

    def moved(box: Box) -> Box:
        return (box[0] + by, *box[1:]) if box[0] >= edge else box

    left, top, width, height = plan.logos.box
    strip = (left + by, top, width - by, height) if left >= edge else plan.logos.box
    event, find = plan.event, plan.find
    return replace(
        plan,
        plate=replace(plan.plate, left=moved(plan.plate.box)[0]),
        code=replace(plan.code, box=moved(plan.code.box)),
        find=find and replace(find, box=moved(find.box)),
        event=replace(event, box=event.box and moved(event.box)),
        logos=replace(plan.logos, box=strip),
    )


def _is_within(box: Box, size: tuple[int, int]) -> bool:
    left, top, width, height = box
    is_there = min(width, height) >= LEAST and left >= 0 and top >= 0
    return is_there and left + width <= size[0] and top + height <= size[1]


def _meet(one: Box, other: Box) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]
