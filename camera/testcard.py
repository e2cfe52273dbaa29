"""A camera where there is none: a scene that moves."""

import math
import time

import cv2
import numpy as np

from camera import scene
from camera.driver import Frame
from camera.settings import Settings

LAMPS = (  # column, speed in heights a second, radius in heights, colour, strength
    (0.18, 0.050, 0.034, scene.BAND, 0.55),
    (0.36, 0.083, 0.018, scene.CREAM, 0.6),
    (0.44, 0.060, 0.045, scene.MAGENTA, 0.5),
    (0.60, 0.071, 0.022, scene.BAND, 0.6),
    (0.69, 0.045, 0.050, scene.VIOLET, 0.6),
    (0.86, 0.064, 0.028, scene.CREAM, 0.45),
)
SWAY = 0.012  # of the height
BEAT = 2.4  # seconds


class TestCard:
    """A hall full of raised hands, drawn anew for every frame."""

    __test__ = False  # for pytest: a camera, not a test

    def __init__(self, settings: Settings) -> None:
        """Draw all that stands still, once."""
        self._width, self._height = settings.width, settings.height
        self._interval = 1 / settings.rate
        self._number = 0
        self._due = time.monotonic()
        self._stage = scene.stage(self._width, self._height)
        self._hands = [_Waving(settings, hand) for hand in scene.FRIENDS]
        self._hands.append(_Waving(settings, scene.YOURS))
        self._lamps = [_Rising(settings, *lamp) for lamp in LAMPS]

    def read(self) -> Frame:
        """Wait until the next frame is due, and draw it."""
        self._due = max(self._due + self._interval, time.monotonic())
        time.sleep(max(0.0, self._due - time.monotonic()))
        self._number += 1
        frame = self._stage.copy()
        for lamp in self._lamps:
            lamp.draw(frame, self._number)
        for hand in self._hands:
            hand.draw(frame, self._number * self._interval)
        return frame

    def close(self) -> None:
        """Let go of nothing."""


class _Rising:
    """A light out of focus that rises, and comes again from below."""

    def __init__(
        self,
        settings: Settings,
        column: float,
        speed: float,
        radius: float,
        colour: scene.Colour,
        strength: float,
    ) -> None:
        height = settings.height
        self._glow = scene.lamp(max(2, int(radius * height)), colour, strength)
        self._left = int(column * settings.width)
        # A pixel a frame at least: no two frames are the same picture.
        self._step = max(1, round(speed * height / settings.rate))
        self._start = int(column * 7919)

    def draw(self, frame: Frame, number: int) -> None:
        side = self._glow.shape[0]
        way = frame.shape[0] + side
        top = frame.shape[0] - (self._start + number * self._step) % way
        first, last = max(0, -top), min(side, frame.shape[0] - top)
        part = frame[top + first : top + last, self._left : self._left + side]
        glow = self._glow[first:last, : part.shape[1]]
        part[:] = cv2.add(part, glow) if part.size else part


class _Waving:
    """A hand that sways to the music."""

    def __init__(self, settings: Settings, hand: scene.Hand) -> None:
        width, height = settings.width, settings.height
        self._light, self._through, self._left = scene.cut_out(width, height, hand)
        self._phase = hand.x * 5
        self._reach = height * SWAY

    def draw(self, frame: Frame, seconds: float) -> None:
        turn = 2 * math.pi * seconds / BEAT + self._phase
        across = round(self._reach * math.sin(turn))
        down = round(self._reach * (1 + math.cos(2 * turn)) / 2)
        height, width = self._light.shape[:2]
        left = int(np.clip(self._left + across, 0, frame.shape[1] - width))
        part = frame[down:, left : left + width]
        shaded = cv2.multiply(part, self._through[: height - down], scale=1 / 255)
        part[:] = cv2.add(shaded, self._light[: height - down])
