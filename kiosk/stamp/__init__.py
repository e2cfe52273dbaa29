"""Stamp a guest's words and code on a photo; knows nothing of pledges."""

import cv2

from kiosk.layout import COLOURS, DRAWINGS
from kiosk.stamp.card import Pictures, stamp, stamp_again
from kiosk.stamp.check import faults
from kiosk.stamp.code import UnreadableCode, qr_svg
from kiosk.stamp.faceless import sketch, without_face
from kiosk.stamp.fit import Undrawable, undrawable
from kiosk.stamp.overlay import Overlay, prepare
from kiosk.stamp.panel import Lettering, fits
from kiosk.stamp.photo import PhotoRefused, read_photo
from kiosk.stamp.picture import card_webp
from kiosk.stamp.warm import warm

cv2.setNumThreads(1)  # one card is too little to share out; others' come beside it

__all__ = [
    "COLOURS",
    "DRAWINGS",
    "Lettering",
    "Overlay",
    "PhotoRefused",
    "Pictures",
    "Undrawable",
    "UnreadableCode",
    "card_webp",
    "faults",
    "fits",
    "prepare",
    "qr_svg",
    "read_photo",
    "sketch",
    "stamp",
    "stamp_again",
    "undrawable",
    "warm",
    "without_face",
]
