"""The campaign's picture: one large image whose tiles are the photos that hang."""

from math import ceil, sqrt
from pathlib import Path

import cv2
import numpy as np
import pyvips
import simplejpeg
from numpy.typing import NDArray

WIDTH, HEIGHT = 2736, 1044  # pixels: half as much again as its place on a 1080p wall
QUALITY = 82
TINT = 0.45  # the share of a tile's colour that is the picture's own
DIM = 0.42  # how bright a cell is that waits for its photo
NIGHT = (38, 10, 21)  # blue-green-red, between the tiles and behind the picture
SEAM = 1  # pixels between two tiles

Pixels = NDArray[np.uint8]
"""A picture: height x width x 3, blue-green-red, 0-255."""


class Mural:
    """One picture in cells, and whose photo is in which of them."""

    def __init__(self, picture: Path, cells: int) -> None:
        """Divide the picture of a file into at least so many cells, none taken."""
        self.rows = ceil(sqrt(cells * HEIGHT / WIDTH))
        self.columns = ceil(cells / self.rows)
        self._wanted = _picture(picture, self.columns, self.rows)
        self._colours = _lab(self._wanted).reshape(-1, 3)
        self._free = np.ones(len(self._colours), bool)
        self._cells: dict[str, int] = {}
        self._side = min(WIDTH // self.columns, HEIGHT // self.rows)
        self._canvas = self._empty()

    @property
    def room(self) -> int:
        """How many cells wait for a photo."""
        return len(self._free) - len(self._cells)

    def cell(self, key: str) -> int | None:
        """Return where that photo is, counted from the top left row by row."""
        return self._cells.get(key)

    def hang(self, key: str, photo: Pixels) -> None:
        """Put a photo where its colour suits best; what hangs already stays.

        Raises:
            ValueError: there is no room.
        """
        if key in self._cells:
            return
        if not self.room:
            raise ValueError("Every cell is taken.")

        side = (self._side - SEAM,) * 2
        small = cv2.resize(_square(photo), side, interpolation=cv2.INTER_AREA)
        tile = np.asarray(small, np.uint8)
        near = _lab(cv2.resize(tile, (1, 1), interpolation=cv2.INTER_AREA)[0])
        away = ((self._colours - near) ** 2).sum(axis=1)
        away[~self._free] = np.inf
        place = int(away.argmin())
        self._cells[key] = place
        self._free[place] = False
        self._paint(place, _tinted(tile, self._colour(place)))

    def take_down(self, key: str) -> None:
        """Leave the cell of that photo to another."""
        place = self._cells.pop(key, None)
        if place is not None:
            self._free[place] = True
            self._paint(place, _dimmed(self._colour(place)))

    def jpeg(self) -> bytes:
        """Encode the picture as it is now."""
        encoded: bytes = simplejpeg.encode_jpeg(self._canvas, QUALITY, "BGR", "420")
        return encoded

    def _colour(self, place: int) -> Pixels:
        row, column = divmod(place, self.columns)
        return np.asarray(self._wanted[row, column], np.uint8)

    def _paint(self, place: int, tile: Pixels) -> None:
        """Paint a cell: a picture of its size, or one colour."""
        row, column = divmod(place, self.columns)
        top, left = row * self._side, column * self._side
        inner = self._side - SEAM
        self._canvas[top : top + inner, left : left + inner] = tile

    def _empty(self) -> Pixels:
        side = self._side
        canvas = np.full((self.rows * side, self.columns * side, 3), NIGHT, np.uint8)
        dimmed = _dimmed(self._wanted)
        cells = canvas.reshape(self.rows, side, self.columns, side, 3)
        cells[:, : side - SEAM, :, : side - SEAM] = dimmed[:, None, :, None]
        return canvas


def _picture(file: Path, columns: int, rows: int) -> Pixels:
    drawn = pyvips.Image.thumbnail(str(file), columns, height=rows, size="force")
    if drawn.hasalpha():
        drawn = drawn.flatten(background=NIGHT[::-1])
    return np.ascontiguousarray(drawn.numpy()[..., [2, 1, 0]])


def _square(photo: Pixels) -> Pixels:
    """Cut a square from the upper third, where faces are."""
    height, width = photo.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 4, (width - side) // 2
    return photo[top : top + side, left : left + side]


def _lab(colours: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return colours as L, a and b, whose distances are what an eye sees."""
    flat = np.asarray(colours, np.float32).reshape(1, -1, 3) / 255
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_BGR2Lab)[0], np.float32)


def _tinted(tile: Pixels, colour: Pixels) -> Pixels:
    wash = np.broadcast_to(colour, tile.shape).astype(np.uint8)
    return np.asarray(cv2.addWeighted(tile, 1 - TINT, wash, TINT, 0), np.uint8)


def _dimmed(colours: Pixels) -> Pixels:
    night = np.array(NIGHT)
    mixed = colours * DIM + night * (1 - DIM)
    return np.asarray(mixed, np.uint8)
