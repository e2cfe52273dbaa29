"""How much noise is in two frames: what differs in time, and among neighbours."""

from typing import TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from camera.driver import Frame

Curve: TypeAlias = NDArray[np.float32]
"""The noise, as a standard deviation of 0-255, at each of the 256 levels."""

Samples: TypeAlias = NDArray[np.float32]

APART = 4  # pixels between neighbours: noise hardly reaches so far, light does
BLOCK = 32  # pixels along a row
FLAT = 0.1  # of the blocks: in these nothing moves, and little is drawn
MEAN = 1.25 * 1.22  # a standard deviation, for the mean size of noise in the flat ones
BLACK, WHITE = 8, 247  # beyond these the sensor's noise is cut off
BIN = 16  # levels taken together
ENOUGH = 24  # blocks


def amount(one: Frame, other: Frame) -> float:
    """Measure the noise of two frames running, as a standard deviation of 0-255.

    Only where they are flat and still, so neither a guest who moves nor a shaken
    camera passes for noise.
    """
    level, size = _blocks(one[4::24], other[4::24], APART)
    lit = size[(level > BLACK) & (level < WHITE)]
    return MEAN * float(np.quantile(lit, FLAT)) if lit.size else 0.0


def curve(one: Frame, other: Frame, *, step: int, apart: int = APART) -> Curve:
    """Measure the noise at each level, from every so many rows of two frames."""
    level, size = _blocks(one[::step], other[::step], apart)
    bins = level.astype(np.intp) // BIN
    count = np.bincount(bins, minlength=256 // BIN)
    known = np.flatnonzero(count >= min(ENOUGH, count.max()))
    noise = [MEAN * float(np.quantile(size[bins == each], FLAT)) for each in known]
    levels = np.interp(np.arange(256), known * BIN + BIN // 2, noise)
    return cast(Curve, levels.astype(np.float32))


def _blocks(one: Frame, other: Frame, apart: int) -> tuple[Samples, Samples]:
    """Return the green level and the size of the noise of each block of a row.

    Light that changes evenly between the two is left out: a difference is compared
    with its neighbour's. So four noises are in it, of which one is wanted.
    """
    green, again = one[:, :, 1].astype(np.int16), other[:, :, 1].astype(np.int16)
    change = green - again
    size = np.abs(change[:, apart:] - change[:, :-apart])
    return _means(green[:, apart:]), _means(size) / np.float32(2)


def _means(samples: NDArray[np.int16]) -> Samples:
    height, width = samples.shape
    whole = samples[:, : width // BLOCK * BLOCK].reshape(height, -1, BLOCK)
    return cast(Samples, whole.mean(axis=2, dtype=np.float32).ravel())
