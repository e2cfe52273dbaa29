"""Emoji stand out from any ground."""

import cv2
import numpy as np
import pytest

from kiosk.stamp.ink import TEXT, letters, put
from kiosk.stamp.raster import plain
from kiosk.stamp.sticker import with_paper

BAND, NIGHT = (0x1F, 0xC2, 0xFF), (0x26, 0x0A, 0x15)
PAPER = np.array((0xE8, 0xF7, 0xFF))


@pytest.mark.parametrize("colour", [(0x1F, 0xC2, 0xFF), (0, 0, 0xFF), (250, 250, 250)])
def test_an_emoji_has_paper_all_around(colour: tuple[int, int, int]) -> None:
    disc = np.zeros((90, 90, 4), np.uint8)
    cv2.circle(disc, (45, 45), 36, (*colour, 255), -1, cv2.LINE_AA)

    laid = with_paper(disc, (0x2E, 0x0C, 0x1A), 72)

    y, x = np.indices(laid.shape[:2])
    middle = 45 + (len(laid) - len(disc)) // 2
    far = np.hypot(x - middle, y - middle)
    ring = laid[(far > 37.6) & (far < 38.6)]
    assert np.abs(ring[:, :3].astype(int) - PAPER).max() < 8
    assert ring[:, 3].min() > 200
    assert (laid[far < 34][:, :3] == colour).all()
    assert laid[far > 43][:, 3].max() == 0


@pytest.mark.parametrize("ground", [BAND, NIGHT])
def test_a_yellow_hand_is_seen_on_a_yellow_band(ground: tuple[int, int, int]) -> None:
    drawn = letters("👋", TEXT, 72)
    card = plain(drawn.shape[1], drawn.shape[0], ground)

    put(card, drawn, 0, 0)

    near = np.abs(card.astype(int) - PAPER).max(axis=2) < 12
    assert near.sum() > 300


def test_letters_beside_an_emoji_have_none() -> None:
    drawn = letters("Mình hứa     👋", TEXT, 72, 0, "#1A0C2E")

    words = drawn[:, : drawn.shape[1] // 2]
    seen = words[words[..., 3] > 128][:, :3].astype(int)
    assert np.abs(seen - (0x2E, 0x0C, 0x1A)).max() < 24
