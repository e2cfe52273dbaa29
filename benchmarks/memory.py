"""What an idle booth holds: the proportional set size of all its processes."""

from collections.abc import Sequence
from statistics import median

import psutil

from benchmarks.line import Line
from benchmarks.scene import booth, booth_with_a_lens, rest, wait_for_camera
from benchmarks.shoot import posed
from benchmarks.table import Row, at_most, told
from tests.served import Served

MOST = 160  # MB
SETTLES = 3.0  # seconds
LOOKS = 5
GUESTS = 5


def measure() -> Sequence[Row]:
    """Look after a page was shown, with each camera open at 1080p.

    The first start of all makes the database, and holds Alembic besides: it is told.
    """
    with booth_with_a_lens() as served:
        first, _ = _idle(served)
        _start_again(served)
        lens, count = _idle(served)
        busy = _after_guests(served)
    with booth() as served:
        _start_again(served)
        card, _ = _idle(served)
    note = f"{count} processes"
    return [
        at_most("idle memory, a 1080p lens", lens, MOST, "MB PSS", note),
        at_most("idle memory, the test card", card, MOST, "MB PSS", note),
        told("idle memory, the very first start", first, "MB PSS"),
        told(f"memory after {GUESTS} guests", busy, "MB PSS"),
    ]


def _start_again(served: Served) -> None:
    served.stop()
    served.start()
    wait_for_camera(Line(served.port))


def _idle(served: Served) -> tuple[float, int]:
    Line(served.port).get("/")
    rest(SETTLES)
    looks = [held(_program(served)) for _ in range(LOOKS)]
    return median(megabytes for megabytes, _ in looks), looks[0][1]


def _after_guests(served: Served) -> float:
    line = Line(served.port)
    for _ in range(GUESTS):
        visit = posed(line)
        line.post(f"/visits/{visit}/shoot")
        line.post(f"/visits/{visit}/keep")
    return _idle(served)[0]


def _program(served: Served) -> psutil.Process:
    children = psutil.Process().children()
    return next(each for each in children if str(served.port) in each.cmdline())


def held(first: psutil.Process) -> tuple[float, int]:
    """Return the megabytes that a process and its children hold, and how many."""
    family = [first, *first.children(recursive=True)]
    bytes_held = sum(each.memory_full_info().pss for each in family)
    return bytes_held / 1_000_000, len(family)
