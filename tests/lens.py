"""A real camera for the tests: a process that streams a photograph as MJPEG.

By hand: `python -m tests.lens --port 9000`, then open the address it prints, and
`curl -X POST` its control address with `/mode/gone` and the like.
"""

import argparse
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, get_args
from urllib.request import Request, urlopen

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Mode = Literal["ok", "gone", "stall", "freeze", "black", "dark", "blurred", "garbage"]
MODES: tuple[Mode, ...] = get_args(Mode)
HEADERS = "multipart/x-mixed-replace; boundary=frame"

CELL = 32 / 720  # of the picture's height
COLUMNS = 20
ROWS = 2
BITS = 32
GUARD = (1, 0)

NOISE = 7  # levels, as in a lit room
DARK = 48  # levels, as in a dark hall


class Unreadable(ValueError):
    """The picture carries no counter that can be read."""


class Lens:
    """A camera in its own process, to be opened at `url` as a network camera.

    Modes: ok; gone (closed, and refuses); stall (connected, and sends nothing);
    freeze (the same frame again and again); black; dark (too little light to see
    anybody); blurred (everything moves); garbage (bytes, no pictures).
    """

    def __init__(
        self, width: int = 1280, height: int = 720, rate: int = 25, noise: int = NOISE
    ) -> None:
        """Say how large its pictures are, in pixels, how many come a second, and how.

        `noise` is how many of the 256 levels it spans.
        """
        self._size = ("--width", str(width), "--height", str(height))
        self._rate = ("--rate", str(rate), "--noise", str(noise))
        self.photograph = photograph(width, height)
        self.url = ""
        self.pid = 0

    def __enter__(self) -> Self:
        """Start the process, and wait until it streams."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.lens", *self._size, *self._rate],
            cwd=Path(__file__).parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = self._process.pid
        assert self._process.stdout
        self.url, self._control = self._process.stdout.readline().split()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the process."""
        self._process.kill()
        with self._process:
            pass

    def mode(self, mode: Mode) -> None:
        """Change what the camera does, before returning."""
        with urlopen(Request(f"{self._control}/mode/{mode}", method="POST")):
            pass

    def counter_now(self) -> int:
        """Return the number of the newest frame begun at this moment."""
        with urlopen(f"{self._control}/counter") as answer:
            return int(answer.read())


@cache
def photograph(width: int, height: int) -> Picture:
    """Return the real photograph streamed: a portrait, on its own blurred edges."""
    spec = find_spec("skimage")
    assert spec
    assert spec.origin
    portrait = cv2.imread(str(Path(spec.origin).parent / "data" / "astronaut.png"))
    assert portrait is not None
    clear = cv2.resize(portrait, (height, height), interpolation=cv2.INTER_CUBIC)
    wide = cv2.resize(portrait, (width, width))[(width - height) // 2 :][:height]
    picture = cv2.GaussianBlur(wide, (0, 0), width / 40)
    left = (width - height) // 2
    picture[:, left : left + height] = clear
    return picture.astype(np.uint8)


def write_counter(picture: Picture, number: int) -> None:
    """Write a number of 32 bits over the picture's top, in its middle half."""
    side = round(picture.shape[0] * CELL)
    left = (picture.shape[1] - COLUMNS * side) // 2
    cells = np.array(_cells(number), np.uint8).reshape(ROWS, COLUMNS) * 255
    blocks = np.kron(cells, np.ones((side, side), np.uint8))
    picture[: ROWS * side, left : left + COLUMNS * side] = blocks[:, :, None]


def counter_of(picture: Picture) -> int:
    """Read the number back from a whole picture, or one cropped at its sides.

    Raises:
        Unreadable: there is none, or it is damaged.
    """
    side = picture.shape[0] * CELL
    left = (picture.shape[1] - COLUMNS * side) / 2
    grey = picture[: round(ROWS * side)].mean(axis=2)
    cells = [
        int(_middle(grey, left + column * side, row * side, side) > 127)
        for row in range(ROWS)
        for column in range(COLUMNS)
    ]
    number = int("".join(map(str, cells[2 : 2 + BITS])), 2)
    if tuple(cells) != _cells(number):
        raise Unreadable("no counter, or a damaged one")
    return number


def _middle(grey: NDArray[np.float64], left: float, top: float, side: float) -> float:
    x, y, reach = int(left + side / 2), int(top + side / 2), max(1, int(side / 6))
    return float(grey[y - reach : y + reach, x - reach : x + reach].mean())


def _cells(number: int) -> tuple[int, ...]:
    parity = (number ^ number >> 6 ^ number >> 12 ^ number >> 18 ^ number >> 24) & 63
    digits = f"{number:032b}{parity ^ 0b101010:06b}"
    return (*GUARD, *map(int, digits))


class _Shutter:
    """Take a frame at the camera's rate, whoever looks."""

    def __init__(self, size: tuple[int, int], rate: int, noise: int) -> None:
        self.mode: Mode = "ok"
        self.number = 0
        self.news = threading.Condition()
        self._photograph = photograph(*size)
        self._moved = cv2.blur(self._photograph, (size[0] // 40, 1)).astype(np.uint8)
        self._noise = np.random.default_rng().integers(
            0, noise, (size[1] + 64, size[0] + 64, 3), np.uint8
        )
        self._rate = rate
        self._jpeg = b""

    def run(self) -> None:
        """Take frames for ever."""
        due = time.monotonic()
        while True:
            with self.news:
                self.number += 1
                self._jpeg = b""
                self.news.notify_all()
            due += 1 / self._rate
            time.sleep(max(0.0, due - time.monotonic()))

    def next_jpeg(self, after: int) -> tuple[int, bytes]:
        """Wait for the next frame; encode it once for all who look."""
        with self.news:
            self.news.wait_for(lambda: self.number > after)
            if not self._jpeg:
                self._jpeg = self._encode()
            return self.number, self._jpeg

    def _encode(self) -> bytes:
        if self.mode == "garbage":
            return np.random.default_rng().bytes(50_000)
        picture = self._picture()
        jpeg: bytes = simplejpeg.encode_jpeg(picture, 88, "BGR", "420")
        return jpeg

    def _picture(self) -> Picture:
        if self.mode == "black":
            return np.zeros_like(self._photograph)
        x, y = self.number * 29 % 64, self.number * 17 % 64
        height, width = self._photograph.shape[:2]
        noise = self._noise[y : y + height, x : x + width]
        seen = self._moved if self.mode == "blurred" else self._photograph
        light = 0.02 if self.mode == "dark" else 1.0
        picture = cv2.addWeighted(seen, light, noise, 1.0, 0).astype(np.uint8)
        write_counter(picture, self.number)
        return picture


class _Stream(BaseHTTPRequestHandler):
    """Answer one viewer for as long as it stays."""

    server: "_Door"

    def do_GET(self) -> None:
        """Send frame after frame."""
        self.send_response(200)
        self.send_header("Content-Type", HEADERS)
        self.end_headers()
        self.server.viewers.add(self.connection)
        try:
            self._stream(self.server.shutter)
        except OSError:
            pass
        finally:
            self.server.viewers.discard(self.connection)

    def _stream(self, shutter: _Shutter) -> None:
        number, jpeg = 0, b""
        while True:
            number, newest = shutter.next_jpeg(number)
            if shutter.mode == "stall":
                continue
            jpeg = jpeg if jpeg and shutter.mode == "freeze" else newest
            self.wfile.write(
                b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
                % len(jpeg)
            )
            self.wfile.write(jpeg + b"\r\n")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Door(ThreadingHTTPServer):
    """The camera's address, until it is gone."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, shutter: _Shutter) -> None:
        super().__init__(("127.0.0.1", port), _Stream)
        self.shutter = shutter
        self.viewers: set[socket.socket] = set()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    def shut(self) -> None:
        """Hang up on every viewer, and refuse new ones."""
        self.shutdown()
        self.server_close()
        for viewer in tuple(self.viewers):
            with suppress(OSError):
                viewer.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """Say nothing: a viewer may leave whenever it likes."""


class _Control(HTTPServer):
    """A second address, which obeys the test."""

    def __init__(self, door: _Door) -> None:
        super().__init__(("127.0.0.1", 0), _Order)
        self.shutter = door.shutter
        self.port = door.server_port
        self.door: _Door | None = door

    def obey(self, mode: Mode) -> None:
        """Change what the camera does."""
        if mode == "gone" and self.door:
            self.door.shut()
            self.door = None
        with self.shutter.news:
            self.shutter.mode = mode
        if mode != "gone" and not self.door:
            self.door = _Door(self.port, self.shutter)


class _Order(BaseHTTPRequestHandler):
    server: _Control

    def do_GET(self) -> None:
        """Tell the newest frame's number."""
        self._answer(str(self.server.shutter.number))

    def do_POST(self) -> None:
        """Change the mode: /mode/<mode>."""
        for mode in MODES:
            if self.path == f"/mode/{mode}":
                self.server.obey(mode)
        self._answer(self.server.shutter.mode)

    def _answer(self, words: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(words)))
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Stream until the parent goes away."""
    parser = argparse.ArgumentParser(description="Stream a photograph as a camera.")
    defaults = {"port": 0, "width": 1280, "height": 720, "rate": 25, "noise": NOISE}
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    cv2.setNumThreads(1)
    shutter = _Shutter((wanted.width, wanted.height), wanted.rate, wanted.noise)
    threading.Thread(target=shutter.run, daemon=True).start()
    control = _Control(_Door(wanted.port, shutter))
    where = "http://127.0.0.1:%d"
    sys.stdout.write(f"{where % control.port}/video {where % control.server_port}\n")
    sys.stdout.flush()
    control.serve_forever()


if __name__ == "__main__":
    main()
