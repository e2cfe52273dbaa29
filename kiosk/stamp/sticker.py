"""Emoji as stickers, on paper a little larger: else a yellow hand on gold is lost."""

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.stamp.raster import Colour

PAPER: Colour = (0xE8, 0xF7, 0xFF)
NEAR = 24  # of 255: what still counts as the letters' colour
REACH = 0.05  # em: how far the paper reaches out


def with_paper(
    drawn: NDArray[np.uint8], colour: Colour, size: int
) -> NDArray[np.uint8]:
    """Return text's ink with paper under its emoji, for letters of this colour."""
    edge = max(1, round(size * REACH))
    room = cv2.copyMakeBorder(drawn, *(edge,) * 4, cv2.BORDER_CONSTANT)
    bgr, alpha = room[..., :3], np.ascontiguousarray(room[..., 3])
    low, high = (np.clip(np.array(colour) + far, 0, 255) for far in (-NEAR, NEAR))
    letters = cv2.inRange(bgr, low, high)
    emoji = np.asarray(cv2.copyTo(alpha, cv2.bitwise_not(letters)))
    emoji = cv2.morphologyEx(emoji, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * edge + 1,) * 2)
    paper = cv2.GaussianBlur(cv2.dilate(emoji, disc), (3, 3), 0)
    seen = np.asarray(cv2.multiply(paper, 255 - alpha, scale=1 / 255), np.uint8)
    at = seen > 0  # only where paper shows beside what is drawn
    over, under = (each[at].astype(np.float32)[:, None] for each in (alpha, seen))
    mixed = (bgr[at] * over + np.array(PAPER, np.float32) * under) / (over + under)
    room[at] = np.hstack([mixed, over + under]).round().astype(np.uint8)
    return np.asarray(room, np.uint8)
