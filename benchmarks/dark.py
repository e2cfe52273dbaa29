"""What the merge in the dark gains over the sharpest single frame, and what it costs.

Photographs are made dark and noisy by the camera that darkness.py states. Tone comes
after what is measured here, since it changes the light on purpose: for that there are
sheets, before and after, written where PLEDGEBOOTH_SHOTS names a folder.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

import numpy as np
import simplejpeg

from benchmarks import darkness, shoot
from benchmarks.darkness import Scene, Sensor, Smoothing
from benchmarks.gain import Gain, gain, sharpest
from benchmarks.line import Line
from benchmarks.photographs import names, portraits
from benchmarks.scene import booth_with_a_lens
from benchmarks.table import Row, at_least, at_most, told
from benchmarks.turns import in_turn, timed
from camera import dark
from tests.lens import DARK

SHOTS = "PLEDGEBOOTH_SHOTS"  # the folder for pictures; unset: none are written
TURNS = 15
FEW = 3  # frames
STEPS = (4.0, 16.0)  # pixels a frame: a nod, and a head that turns away
STAGE = (darkness.RED, darkness.BLUE, darkness.VIOLET)
SHEET = (slice(120, 960), slice(560, 1200))  # rows, columns: what a sheet shows


def measure() -> Sequence[Row]:
    """Make it dark, and look."""
    in_5, in_10, in_20 = (Sensor(lux) for lux in (5, 10, 20))
    _write_sheets(in_5, in_10)
    rows: list[Row] = []
    for lux, sensor, every in ((5, in_5, 1), (10, in_10, 1), (20, in_20, 4)):
        rows += _still(lux, [gain(scene, sensor) for scene in stills(every)])
    rows += _slow(
        [gain(few(scene), each) for each in (in_5, in_10) for scene in stills(4)]
    )
    rows += _coloured([gain(scene, each) for each in (in_5, in_10) for scene in lit()])
    rows += _moving([gain(scene, each) for each in (in_5, in_10) for scene in heads()])
    rows += _never_worse([gain(*each) for each in troubles(in_10)])
    return [*rows, *_costs(in_10), *_shutter()]


def stills(every: int) -> Iterator[Scene]:
    """Show every so many of the photographs."""
    return (darkness.still(name) for name in names()[::every])


def few(scene: Scene) -> Scene:
    """Leave of a scene what a camera of 15 frames a second gives in time."""
    return replace(scene, frames=scene.frames[:FEW])


def lit() -> Iterator[Scene]:
    """Put faces into red, blue and violet light alone."""
    for name in portraits()[:3]:
        yield from (darkness.in_one_light(name, light) for light in STAGE)


def heads() -> Iterator[Scene]:
    """Move a bright and a dark head, before much, little and nothing to hold on to."""
    photographs = ("profile_city.jpg", "examples/studio-2.jpg")
    for behind in (*map(darkness.backdrop, photographs), darkness.smooth()):
        for name in ("faces/christian.jpg", "faces/marc.jpg"):
            for step in STEPS:
                yield darkness.moving_head(name, behind, step)


def troubles(sensor: Sensor) -> Iterator[tuple[Scene, Sensor]]:
    """Change the light or lose the focus between frames, or have a helpful camera."""
    for name in ("faces/kendall.jpg", "bg7.jpg", "profile_city.jpg"):
        yield darkness.changing_light(name, STAGE), sensor
        yield darkness.blurred_at_times(name), sensor
        yield darkness.still(name), Smoothing(10)
        yield darkness.still(name), Sensor(1000)


def _still(lux: int, gains: Sequence[Gain]) -> Iterator[Row]:
    least = min(gains, key=lambda gain: gain.whole)
    middle = median(gain.whole for gain in gains)
    what, target = f"{lux} lux, {len(gains)} photographs", 6 if lux <= 10 else 0
    yield at_least(f"{what}: the middle gain", middle, target, "dB")
    yield at_least(f"{what}: the least", least.whole, target, "dB", least.scene)


def _slow(gains: Sequence[Gain]) -> Iterator[Row]:
    least = min(gains, key=lambda gain: gain.whole)
    what = f"5 and 10 lux, {FEW} frames, {len(gains)}"
    yield told(f"{what}: the middle gain", median(g.whole for g in gains), "dB")
    yield told(f"{what}: the least", least.whole, "dB", least.scene)


def _coloured(gains: Sequence[Gain]) -> Iterator[Row]:
    least = min(gains, key=lambda gain: gain.whole)
    what = f"5 and 10 lux, {len(gains)} faces in one colour: the least"
    yield at_least(what, least.whole, 6, "dB", least.scene)


def _moving(gains: Sequence[Gain]) -> Iterator[Row]:
    whole = min(gains, key=lambda gain: gain.whole)
    edges = min(gains, key=lambda gain: gain.edges)
    ghost = max(gains, key=lambda gain: gain.ghost)
    what = f"5 and 10 lux, {len(gains)} moving heads"
    yield at_least(f"{what}: the least", whole.whole, 6, "dB", whole.scene)
    yield at_least(f"{what}: at edges", edges.edges, 0, "dB", edges.scene)
    yield at_most(f"{what}: ghost", 100 * ghost.ghost, 10, "%", ghost.scene)


def _never_worse(gains: Sequence[Gain]) -> Iterator[Row]:
    least = min(gains, key=lambda gain: gain.whole)
    what = f"light, focus or camera in the way, {len(gains)}"
    yield at_least(f"{what}: the least", least.whole, 0, "dB", least.scene)


def _costs(sensor: Sensor) -> Iterator[Row]:
    clean = darkness.still(portraits()[0]).frames
    frames = [sensor.frame(frame) for frame in clean]
    make, look = in_turn(
        TURNS, timed(lambda: dark.developed(frames)), timed(lambda: dark.is_dark(clean))
    )
    yield at_most(
        "six 1080p frames made one, tone included", make.ms, 80, "ms", str(make)
    )
    yield at_most("finding that there is light enough", look.ms, 2, "ms", str(look))


def _shutter() -> Iterator[Row]:
    with booth_with_a_lens(DARK) as served:
        line = Line(served.port)
        (shown,) = in_turn(TURNS, lambda: shoot.shown(line))
    what = "shutter to shown draft, in the dark"
    yield at_most(f"{what}, median", shown.ms, 120, "ms", str(shown))
    yield told(f"{what}, p95", 1000 * shown.at(0.95), "ms")


def _write_sheets(in_5: Sensor, in_10: Sensor) -> None:
    """Write what is taken in the dark: the sharpest frame, cleaned, and the photo."""
    folder = os.environ.get(SHOTS)
    if not folder:
        return

    behind = darkness.backdrop("profile_city.jpg")
    scenes = [darkness.still(name) for name in (*portraits(), "astronaut.png")]
    scenes += [darkness.moving_head(portraits()[-1], behind, step) for step in STEPS]
    scenes += [darkness.in_one_light(portraits()[1], light) for light in STAGE]
    scenes += [darkness.changing_light(portraits()[-2], STAGE)]
    for number, scene in enumerate(scenes):
        for lux, sensor in ((5, in_5), (10, in_10)):
            _write(Path(folder) / f"dark-{number:02}-{lux}-lux.jpg", scene, sensor)


def _write(file: Path, scene: Scene, sensor: Sensor) -> None:
    frames = [sensor.frame(frame) for frame in scene.frames]
    before = frames[sharpest(frames)]
    pictures = (before, dark.cleaned(frames), dark.developed(frames))
    sheet = np.hstack([each[SHEET] for each in pictures])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(simplejpeg.encode_jpeg(sheet, 92, "BGR", "444"))
