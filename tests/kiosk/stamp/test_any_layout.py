"""Whatever a designer lays out, its card is as if it had been encoded whole."""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kiosk.layout import EventLine, Layout, Line, Logos, Plan, Plate, Words
from kiosk.places import misplaced
from kiosk.stamp import prepare
from kiosk.stamp.draft import draft_raster
from kiosk.stamp.picture import CARD_QUALITY
from kiosk.stamp.raster import Box, Raster, within
from kiosk.stamp.splice import encoded, filled
from tests.kiosk.stamp.pictures import TALL, frame, lettering, pixels

SAID = ("Mình hứa", "ẪỆ " * 20, "👨‍👩‍👧‍👦" * 60, "אני מבטיח", "x" * 120)


def laid_out(chance: Random) -> Layout:
    """Strew areas over a card until each has a place of its own, also grown."""
    while True:
        plan = strewn(chance, chance.randint(700, 1700), chance.randint(700, 1700))
        layout = replace(TALL, plan=plan, fingerprint=str(chance.random()))
        if not misplaced(layout):
            return layout


def strewn(chance: Random, wide: int, high: int) -> Plan:
    """Put a photo at an edge or within, and the rest by chance."""

    def box(least_wide: int, least_high: int) -> Box:
        width = chance.randint(least_wide, wide // 2)
        height = chance.randint(least_high, high // 2)
        left, top = chance.randint(0, wide - width), chance.randint(0, high - height)
        return left, top, width, height

    left, top, width, height = box(200, 200)
    line = chance.randint(0, high // 2) // 16 * 16
    photos: list[Box] = [
        (0, 0, wide, height),
        (0, line, wide, height // 16 * 16),
        (0, high - height, wide, height),
        (0, 0, width, high),
        (wide - width, 0, width, high),
        (left, top, width, height),
    ]
    plate = chance.randint(0, wide - 251), chance.randint(0, high - 251)
    return Plan(
        size=(wide, high),
        photo=chance.choice(photos),
        words=Words(box=box(200, 150), grow=chance.choice([0, 64, 320])),
        event=EventLine(size=30, box=chance.choice([None, box(200, 30)])),
        plate=Plate(left=plate[0], top=plate[1], side=251),
        code=Line(box=box(100, 40), size=40),
        logos=Logos(box=box(120, 40), size=24, margin=chance.randint(0, 50)),
        find=chance.choice([None, Line(box=box(100, 30), size=24)]),
    )


@settings(max_examples=24)
@given(chance=st.randoms(use_true_random=True))
def test_no_pixel_is_other_than_if_the_whole_had_been_encoded(chance: Random) -> None:
    made = prepare(lettering(chance.choice(SAID)), laid_out(chance))
    hole = made.ground.around(photograph(*made.photo_size))

    card = filled(made.around, encoded(hole, CARD_QUALITY, made.around.interval))

    whole = made.drawn.copy()
    within(whole, made.ground.hole)[:] = hole
    assert np.array_equal(pixels(card), pixels(encoded(whole, CARD_QUALITY, 0)))
    assert draft_raster(hole, made).shape[:2] == tuple(n // 2 for n in whole.shape[:2])


def photograph(width: int, height: int) -> Raster:
    """Return a picture of this size."""
    return frame(width, max(width, height))[:height, :width].copy()
