"""Cameras that misbehave as real ones do, named in config as `module:Class`."""

import threading
from typing import ClassVar

import numpy as np

from camera.driver import CameraError, Frame
from camera.settings import Settings


class Hanging:
    """A camera whose library does not come back, until it is let go."""

    opened: ClassVar[list["Hanging"]] = []

    def __init__(self, _: Settings) -> None:
        self.let_go = threading.Event()
        self.is_closed = threading.Event()
        self.opened.append(self)

    def read(self) -> Frame:
        self.let_go.wait()
        raise CameraError("The camera is unplugged.")

    def close(self) -> None:
        self.is_closed.set()


class HangingOnce:
    """A camera that hangs the first time it is opened, and then is well."""

    first: ClassVar[list[Hanging]] = []

    def __init__(self, settings: Settings) -> None:
        self.pace = threading.Event()
        self.noise = np.random.default_rng(1)
        self.hanging = None if self.first else Hanging(settings)
        if self.hanging:
            self.first.append(self.hanging)

    def read(self) -> Frame:
        if self.hanging:
            return self.hanging.read()
        self.pace.wait(0.02)
        return self.noise.integers(0, 255, (120, 160, 3), np.uint8)

    def close(self) -> None:
        if self.hanging:
            self.hanging.close()


class Focusing:
    """A camera of which every third frame is sharp, and the others are flat."""

    def __init__(self, _: Settings) -> None:
        self.number = 0
        self.pace = threading.Event()

    def read(self) -> Frame:
        self.pace.wait(0.03)
        self.number += 1
        frame = np.full((360, 640, 3), 100 + self.number % 50, np.uint8)
        if self.number % 3 == 0:
            frame[::8] = 255
        return frame

    def close(self) -> None:
        self.pace.set()


class Remembering:
    """A camera in a lit room that keeps all that it has given."""

    frames: ClassVar[list[Frame]] = []

    def __init__(self, _: Settings) -> None:
        self.pace = threading.Event()
        self.noise = np.random.default_rng(1)

    def read(self) -> Frame:
        self.pace.wait(0.03)
        noise = self.noise.integers(0, 5, (180, 320, 3), np.uint8)
        self.frames.append(np.full_like(noise, 180) + noise)
        return self.frames[-1]

    def close(self) -> None:
        self.pace.set()


class Faulty:
    """A camera with a mistake in its driver."""

    def __init__(self, _: Settings) -> None:
        pass

    def read(self) -> Frame:
        raise KeyError("exposure")

    def close(self) -> None:
        pass


class Grey:
    """A camera that sends something that is no picture in three colours."""

    def __init__(self, _: Settings) -> None:
        pass

    def read(self) -> Frame:
        return np.zeros((120, 160), np.uint8)

    def close(self) -> None:
        pass
