"""Pay for the first text, code and picture before the first guest."""

from dataclasses import replace

import numpy as np

from kiosk.layout import Layout
from kiosk.stamp.card import stamp
from kiosk.stamp.overlay import prepare
from kiosk.stamp.panel import Lettering

WORDS = "Ấ 👋"  # letters of ours, and an emoji


def warm(lettering: Lettering, layout: Layout) -> None:
    """Stamp one blank frame and drop it, so that fonts and libraries are loaded.

    What all cards of the lettering's event share is kept.
    """
    blank = np.zeros((1080, 1920, 3), np.uint8)
    stamp(blank, prepare(replace(lettering, words=WORDS), layout))
