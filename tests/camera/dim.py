"""Pictures as a camera sees them in the dark."""

import cv2
import numpy as np

from camera.driver import Frame
from tests.lens import photograph

SIZE = (960, 540)


def seen(noise: float, seed: int, moved: tuple[float, float] = (0, 0)) -> Frame:
    """Take the photograph with so much noise, by a camera that has moved."""
    return noisy(clean(moved), noise, seed)


def clean(moved: tuple[float, float] = (0, 0)) -> Frame:
    """Take it with none."""
    way = np.array([[1, 0, moved[0]], [0, 1, moved[1]]], float)
    border = cv2.BORDER_REPLICATE
    picture = cv2.warpAffine(photograph(*SIZE), way, SIZE, borderMode=border)
    return picture.astype(np.uint8)


def noisy(picture: Frame, noise: float, seed: int) -> Frame:
    """Add noise of this standard deviation, of 255."""
    chance = np.random.default_rng(seed).normal(0, noise, picture.shape)
    return np.clip(np.rint(picture + chance), 0, 255).astype(np.uint8)


def likeness(one: Frame, other: Frame) -> float:
    """Return how alike two pictures are, in dB."""
    return float(cv2.PSNR(one, other))
