"""Exposure and white balance of a photo in the dark: mild, so that it stays that night.

One curve for each colour, and nothing that looks at faces or skin: LOOK forbids
filters. Black stays black and white stays white.
"""

from typing import TypeAlias, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from camera.driver import Frame

Gains: TypeAlias = NDArray[np.float64]
"""How steeply each colour rises from black: blue, green, red; 1 leaves it alone."""

BRIGHT = 0.9  # of the pixels are darker than the bright parts of a picture
DIM = 110  # of 255: bright parts below this
LIT = 180  # of 255: bright parts as they should be
MOST_LIFT = 1.5
GAMMA = 2.2  # of what cameras send
ORDINARY = 1.4  # times as much of one colour: skin, wood, a warm lamp
PART = 0.45  # of the way back from more than that: the stage keeps its mood
MOST_BALANCE = 1.25
SLIGHT = 0.02  # gains so close to 1 are not worth a look


def is_dim(frame: Frame) -> bool:
    """Say whether even the bright parts of a frame are dark."""
    return _bright(frame[::32, ::32]) < DIM


def toned(frame: Frame) -> Frame:
    """Lift a dark frame, and lean coloured light towards white."""
    sample = frame[::8, ::8]
    gains = _lift(sample) * _balance(sample)
    if np.abs(gains - 1).max() < SLIGHT:
        return frame
    return cast(Frame, cv2.LUT(frame, _curves(gains)))


def _lift(sample: Frame) -> float:
    return float(np.clip(LIT / max(1.0, _bright(sample)), 1, MOST_LIFT))


def _bright(sample: Frame) -> float:
    return float(np.quantile(sample.max(axis=2), BRIGHT))


def _balance(sample: Frame) -> Gains:
    """Go part of the way to where the mean of all light has an ordinary colour."""
    light = np.log(((sample / 255) ** GAMMA).mean(axis=(0, 1)) + 1e-4)
    missing = light.mean() - light
    usual = np.log(ORDINARY)
    missing -= np.clip(missing, -usual, usual)
    gains = np.exp(PART / GAMMA * missing)
    balance: Gains = np.clip(gains, 1 / MOST_BALANCE, MOST_BALANCE)
    return balance


def _curves(gains: Gains) -> Frame:
    """Rise by the gain from black, and bend so that white is reached and not passed."""
    level = np.arange(256)[:, None] / 255
    curves = gains * level / (1 + (gains - 1) * level)
    return np.rint(255 * curves).astype(np.uint8)[None]
