"""Forty pledges on a contact sheet, for each template and format.

`PLEDGEBOOTH_SHOTS` names the folder where the sheets are left to be looked at.
"""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk.layout import Layout
from kiosk.stamp import COLOURS, DRAWINGS, prepare, stamp, without_face
from kiosk.stamp.picture import jpeg, resized
from kiosk.stamp.raster import Raster
from tests.kiosk.stamp.pictures import LAYOUTS, URL, WORDS, codes, frame, lettering

LONGER = 480  # pixels, a card on the sheet
ACROSS = 8
EVERY = 5  # the fifth card of each row has no face


def card(number: int, layout: Layout) -> Raster:
    """Draw one sample, with a face or without."""
    asked = lettering(WORDS[number], f"{URL[:-2]}{number:02d}")
    overlay = prepare(asked, layout)
    if number % EVERY:
        made = stamp(frame(), overlay)
    else:
        colour, drawing = (
            number // EVERY % len(COLOURS),
            number // EVERY % len(DRAWINGS),
        )
        made = without_face(overlay, COLOURS[colour], DRAWINGS[drawing])
    return np.asarray(cv2.imdecode(np.frombuffer(made.card, np.uint8), 1), np.uint8)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_forty_pledges_of_all_kinds_have_a_card_that_reads(layout: Layout) -> None:
    cards = [card(number, layout) for number in range(len(WORDS))]

    assert len(cards) == 40
    for number, each in enumerate(cards):
        assert codes(each) == [f"{URL[:-2]}{number:02d}"]
    if folder := os.environ.get("PLEDGEBOOTH_SHOTS"):
        name = f"cards-{layout.folder.name}-{layout.format}.jpg"
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, name).write_bytes(sheet(cards))


def sheet(cards: list[Raster]) -> bytes:
    """Put cards beside and below each other."""
    scale = LONGER / max(cards[0].shape)
    size = [round(side * scale) for side in cards[0].shape[1::-1]]
    small = [resized(each, *size) for each in cards]
    rows = [np.hstack(small[at : at + ACROSS]) for at in range(0, len(small), ACROSS)]
    return jpeg(np.vstack(rows), 85)
