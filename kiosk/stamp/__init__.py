"""Stamp a guest's words and code on a photo; knows nothing of pledges."""

from kiosk.stamp.card import Pictures, stamp
from kiosk.stamp.code import UnreadableCode, qr_svg
from kiosk.stamp.faceless import COLOURS, DRAWINGS, without_face
from kiosk.stamp.fit import undrawable
from kiosk.stamp.overlay import Lettering, Overlay, prepare
from kiosk.stamp.picture import card_webp
from kiosk.stamp.warm import warm

__all__ = [
    "COLOURS",
    "DRAWINGS",
    "Lettering",
    "Overlay",
    "Pictures",
    "UnreadableCode",
    "card_webp",
    "prepare",
    "qr_svg",
    "stamp",
    "undrawable",
    "warm",
    "without_face",
]
