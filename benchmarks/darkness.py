"""Photographs made dark and noisy by a stated camera, and what may happen to them.

The camera. White paper in 1 lux gives a pixel 25 electrons: a webcam's 2 µm pixel
behind f/2 for 1/30 s gets about 30 photons of green light there, a few more of white,
and keeps half. The electrons arrive by chance (Poisson) and reading adds 3 more or
less (Gauss); exposure puts that white at 0.6 of what the file can hold; a gamma of 2.2
makes 8 bits of it. What a maker's own processing adds is not modelled: each pixel has
its three colours measured, no noise is removed and no JPEG made.

A shaken camera moves by 2 pixels (standard deviation) between frames, as one on a stand
in a crowd that jumps; most stands are steadier.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.photographs import photograph
from camera.driver import Frame

Mask: TypeAlias = NDArray[np.bool_]

Colour: TypeAlias = tuple[float, float, float]
"""How much of a white lamp's blue, green and red there is."""

SIZE = (1920, 1080)
MARGIN = 48  # pixels around, so that a moved picture has no empty edge
COUNT = 6  # frames, as long as the feed keeps
ELECTRONS = 25  # at white, for each lux
READ = 3.0  # electrons
EXPOSED = 0.6  # white, of the most a file can hold
GAMMA = 2.2
DRAWS = 1 << 14  # chances kept for each level: drawing each pixel anew takes a minute
SHAKE = 2.0  # pixels
HEAD = (560, 760)  # pixels: one guest, two steps from the booth
EDGE = 12  # pixels on either side of a moving edge
WHITE: Colour = (1.0, 1.0, 1.0)
RED: Colour = (0.25, 0.2, 1.0)
BLUE: Colour = (1.0, 0.3, 0.2)
VIOLET: Colour = (0.9, 0.2, 0.6)


class Sensor:
    """What a camera makes of a picture, in so little light."""

    def __init__(self, lux: float, seed: int = 1) -> None:
        """Draw the chances of each level."""
        self._chance = np.random.default_rng(seed)
        full = ELECTRONS * lux / EXPOSED
        level = (np.arange(256) / 255) ** GAMMA * full
        electrons = self._chance.poisson(level[:, None], (256, DRAWS)).astype(float)
        electrons += self._chance.normal(0, READ, electrons.shape)
        encoded = np.clip(electrons / full, 0, 1) ** (1 / GAMMA)
        self._seen = np.rint(255 * encoded).astype(np.uint8).ravel()

    def frame(self, clean: Frame) -> Frame:
        """Take one frame of what a camera without noise would see."""
        draw = self._chance.integers(0, DRAWS, clean.shape, np.uint16)
        return cast(Frame, self._seen[clean.astype(np.int32) * DRAWS + draw])


class Smoothing(Sensor):
    """A camera that wipes its noise away itself, and some of the picture with it."""

    def frame(self, clean: Frame) -> Frame:
        """Take the middle one of each pixel's neighbours."""
        return _as_frame(cv2.medianBlur(super().frame(clean), 5))


@dataclass(frozen=True, slots=True)
class Scene:
    """Some frames running, without noise; where something moves, its edges in each."""

    name: str
    frames: Sequence[Frame]
    edges: Sequence[Mask] = ()


def still(name: str) -> Scene:
    """Show a photograph in which nothing moves, by a shaken camera."""
    picture, chance = lit(photograph(name, *_wide())), np.random.default_rng(3)
    return Scene(name, [_taken(picture, way) for way in _ways(chance)])


def moving_head(name: str, behind: Frame, step: float) -> Scene:
    """Move a portrait's head by so many pixels a frame, before something else."""
    chance = np.random.default_rng(4)
    head, behind = lit(photograph(name, *HEAD)), lit(behind)
    frames, edges = [], []
    for number, way in enumerate(_ways(chance)):
        picture, shape = _with_head(behind, head, step * (number - COUNT / 2))
        frames.append(_taken(picture, way))
        edges.append(_edge(_taken(shape, way)))
    return Scene(f"{name}, {step:g} pixels a frame", frames, edges)


def changing_light(name: str, colours: Sequence[Colour]) -> Scene:
    """Light a photograph by another lamp in each frame."""
    picture, chance = photograph(name, *_wide()), np.random.default_rng(5)
    frames = [
        _taken(lit(picture, colours[number % len(colours)]), way)
        for number, way in enumerate(_ways(chance))
    ]
    return Scene(f"{name}, changing light", frames)


def blurred_at_times(name: str) -> Scene:
    """Lose the focus in every frame but two."""
    scene = still(name)
    frames = [
        frame if number in {1, 4} else _as_frame(cv2.GaussianBlur(frame, (0, 0), 4))
        for number, frame in enumerate(scene.frames)
    ]
    return Scene(f"{name}, blurred at times", frames)


def in_one_light(name: str, colour: Colour) -> Scene:
    """Light a photograph by one coloured lamp."""
    return Scene(f"{name}, coloured light", changing_light(name, [colour]).frames)


def smooth() -> Frame:
    """Give a background on which there is nothing to hold on to."""
    return _as_frame(cv2.GaussianBlur(photograph("bg2.jpg", *_wide()), (0, 0), 40))


def backdrop(name: str) -> Frame:
    """Give a photograph for a background."""
    return photograph(name, *_wide())


def lit(picture: Frame, colour: Colour = WHITE) -> Frame:
    """Expose a photograph in light of this colour."""
    level = (np.arange(256) / 255) ** GAMMA
    curves = 255 * np.outer(level, np.array(colour) * EXPOSED) ** (1 / GAMMA)
    return _as_frame(cv2.LUT(picture, np.rint(curves).astype(np.uint8)[None]))


def _with_head(behind: Frame, head: Frame, way: float) -> tuple[Frame, Frame]:
    """Lay an oval cut-out on a picture; return its shape alone besides."""
    height, width = behind.shape[:2]
    across, tall = HEAD
    place = np.array(
        [[1, 0, (width - across) / 2 + way], [0, 1, (height - tall) / 2 + way / 4]]
    )
    oval = np.zeros((tall, across), np.float32)
    middle = (across // 2, tall // 2)
    cv2.ellipse(oval, middle, (middle[0] - 8, middle[1] - 8), 0, 0, 360, 1, -1)
    soft = cv2.GaussianBlur(oval, (0, 0), 1.5)
    shape = cv2.warpAffine(soft, place, (width, height))[:, :, None]
    moved = cv2.warpAffine(head, place, (width, height), flags=cv2.INTER_CUBIC)
    mixed = behind * (1 - shape) + moved * shape
    return _as_frame(np.rint(mixed)), _as_frame(255 * shape[:, :, 0])


def _edge(shape: Frame) -> Mask:
    around = np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8)
    inside = (shape > 127).astype(np.uint8)
    edge: Mask = cv2.morphologyEx(inside, cv2.MORPH_GRADIENT, around) > 0
    return edge


def _ways(chance: np.random.Generator) -> Sequence[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in chance.normal(0, SHAKE, (COUNT, 2))]


def _taken(picture: Frame, way: tuple[float, float]) -> Frame:
    """Look from a little farther left and up, and leave the margin out."""
    matrix = np.array([[1, 0, way[0]], [0, 1, way[1]]])
    size = picture.shape[1::-1]
    seen = cv2.warpAffine(picture, matrix, size, flags=cv2.INTER_CUBIC)
    return _as_frame(seen[MARGIN:-MARGIN, MARGIN:-MARGIN])


def _wide() -> tuple[int, int]:
    return SIZE[0] + 2 * MARGIN, SIZE[1] + 2 * MARGIN


def _as_frame(picture: NDArray[Any]) -> Frame:
    return np.ascontiguousarray(np.clip(picture, 0, 255).astype(np.uint8))
