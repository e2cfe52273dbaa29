"""A card being lettered: what is new on it is all that is encoded anew."""

import numpy as np
from numpy.typing import NDArray

from kiosk.stamp import ink
from kiosk.stamp.ground import Ground
from kiosk.stamp.picture import CARD_QUALITY
from kiosk.stamp.raster import Raster, within
from kiosk.stamp.splice import Surround, redrawn, surround


class Sheet:
    """A copy of an evening's ground, to letter in one ink."""

    def __init__(self, ground: Ground, colour: str) -> None:
        """Copy the ground; what is under its hole is never looked at."""
        self.card: Raster = np.empty_like(ground.picture)
        for part in ground.parts():
            within(self.card, part)[:] = within(ground.picture, part)
        self._ground, self._colour = ground, colour
        self._edges: list[int] = []

    def put(self, drawn: NDArray[np.uint8], left: int, top: int) -> None:
        """Lay ink over the card there."""
        self._edges += top, top + len(drawn)
        ink.put(self.card, drawn, left, top, self._colour, on=self._ground.flat)

    def paste(self, picture: Raster, left: int, top: int) -> None:
        """Put a picture there, in place of the ground."""
        height, width = picture.shape[:2]
        self._edges += top, top + height
        within(self.card, (left, top, width, height))[:] = picture

    def surround(self) -> Surround:
        """Encode all but the photo; rows that nothing was laid on are the ground's."""
        height, width = self.card.shape[:2]
        rows = max(0, min(self._edges)), min(height, max(self._edges))
        hole = self._ground.hole
        runs = redrawn(self._ground.runs, self.card, hole, CARD_QUALITY, rows)
        return surround(runs, (width, height), hole, CARD_QUALITY)
