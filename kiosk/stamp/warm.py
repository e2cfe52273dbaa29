"""Pay for the first text, code and picture before the first guest."""

import numpy as np

from kiosk.layout import Layout
from kiosk.stamp.card import stamp
from kiosk.stamp.overlay import prepare
from kiosk.stamp.panel import Lettering


def warm(layout: Layout) -> None:
    """Stamp one blank frame and drop it, so that fonts and libraries are loaded."""
    lettering = Lettering(
        words="Ấ 👋", event_line="Ấ", code="AA 2222", url="http://127.0.0.1/p/0"
    )
    stamp(np.zeros((1080, 1920, 3), np.uint8), prepare(lettering, layout))
