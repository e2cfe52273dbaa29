"""From starting the program to the booth's first page."""

import sys
from collections.abc import Sequence
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException
from subprocess import run
from threading import Thread
from time import perf_counter

from benchmarks.scene import folder, rest
from benchmarks.table import Row, at_most, told
from benchmarks.turns import Times, in_turn, timed
from tests.lens import Lens
from tests.served import Served

TURNS = 9
FIRST_TURNS = 3
LIBRARIES = (
    "babel, cv2, flask, flask_socketio, gunicorn.app.base, "
    "jinja2, msgspec, numpy, PIL.Image, pyvips, qrcode, regex, simplejpeg, "
    "simple_websocket, sqlalchemy, zxingcpp"
)
PATIENCE = 30.0  # seconds


def measure() -> Sequence[Row]:
    """Start again and again, beside a bare import of the libraries."""
    with Lens(1920, 1080, 25) as lens, folder() as place:
        firsts = [
            first_page(Served(place / str(turn), camera=lens.url))
            for turn in range(FIRST_TURNS)
        ]
        again = Served(place / "0", camera=lens.url)
        imports = timed(lambda: run([sys.executable, "-c", f"import {LIBRARIES}"]))  # noqa: PLW1510  # a failing import is told by its absence
        seconds, bare = in_turn(TURNS, lambda: first_page(again), imports)
    return [
        at_most("start to first page", seconds.median, 1, "s", _beside(seconds, bare)),
        told("the very first start", Times(firsts).median, "s", "makes the database"),
    ]


def first_page(served: Served) -> float:
    """Start a booth, and return the seconds until its first page is here."""
    began = perf_counter()
    starting = Thread(target=served.start)
    starting.start()
    try:
        while not _is_there(served.port):
            rest(0.002)
            if perf_counter() - began > PATIENCE:
                raise TimeoutError("\n".join(served.said))
        return perf_counter() - began
    finally:
        starting.join()
        served.stop()


def _is_there(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with closing(line), suppress(OSError, HTTPException):
        line.request("GET", "/")
        return line.getresponse().status == 200
    return False


def _beside(seconds: Times, bare: Times) -> str:
    libraries = f"its libraries alone {bare.median:.2f} s (min {min(bare):.2f})"
    return f"min {min(seconds):.2f}; {libraries}"
