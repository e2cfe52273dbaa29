"""A night at the stage, drawn: the picture the test card shows."""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from camera.driver import Frame

Colour = tuple[int, int, int]
"""Blue, green, red."""

Points = NDArray[np.float64]
Light = NDArray[np.float32]

NIGHT: Colour = (24, 6, 13)
DUSK: Colour = (118, 34, 58)
GLOW: Colour = (150, 44, 196)
VIOLET: Colour = (240, 44, 106)
MAGENTA: Colour = (124, 32, 228)
BLUE: Colour = (232, 75, 42)
CREAM: Colour = (232, 247, 255)
BAND: Colour = (31, 194, 255)
BAND_DARK: Colour = (0, 154, 227)
INK: Colour = (46, 12, 26)
LIGHTS = (CREAM, BAND, MAGENTA, VIOLET, BLUE, (120, 150, 255))

# A hand in its own units, the wrist at the origin: x, y of both ends, and thickness.
FINGERS = (
    (-24, -54, -33, -110, 17),
    (-8, -60, -11, -126, 17),
    (9, -58, 13, -119, 17),
    (24, -50, 36, -96, 16),
    (-24, -14, -66, -54, 18),
)
PALM = ((-32, -60), (32, -60), (33, -10), (23, 14), (-23, 14), (-33, -10))
ARM = ((-23, 8), (23, 8), (36, 900), (-36, 900))
WRISTBAND = ((-30, 24), (30, 24), (31.5, 57), (-31.5, 57))
WRISTBAND_EDGE = ((-31.2, 48), (31.2, 48), (31.5, 57), (-31.5, 57))


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand: wrist and size as parts of the picture's height, lean in degrees.

    `x` is counted from the picture's middle, so that a crop at the sides keeps it.
    """

    x: float
    y: float
    size: float
    lean: float
    skin: Colour
    light: Colour


YOURS = Hand(-0.02, 0.51, 1.16, -3, CREAM, (255, 255, 255))
FRIENDS = (
    Hand(-0.47, 0.63, 0.98, -9, (96, 34, 88), (190, 96, 214)),
    Hand(0.44, 0.60, 1.04, 8, (120, 40, 78), (236, 110, 170)),
)
FRONT = (
    Hand(-0.80, 0.70, 0.94, -6, (104, 30, 62), (190, 80, 140)),
    Hand(-0.26, 0.75, 0.84, 6, (110, 36, 112), (180, 90, 220)),
    Hand(0.22, 0.78, 0.80, -7, (122, 44, 94), (230, 100, 190)),
    Hand(0.74, 0.71, 0.96, 5, (92, 30, 84), (180, 80, 180)),
)


def stage(width: int, height: int) -> Frame:
    """Draw all that stands still: the hall, its lights, and the crowd."""
    chance = np.random.default_rng(2012)
    light = _hall(width, height)
    light += _beams(width, height)
    light += _bokeh(width, height, chance)
    _crowd(light, chance)
    light *= _vignette(width, height)
    light += chance.normal(0, 2.2, (height, width, 1)).astype(np.float32)
    scene = np.clip(light, 0, 255).astype(np.uint8)
    for hand in FRONT:
        draw_hand(scene, hand)
    return scene


def draw_hand(scene: Frame, hand: Hand) -> None:
    """Draw a hand with its marigold wristband, lit from the stage behind it."""
    unit = scene.shape[0] / 1080 * hand.size * 1.25
    edge = max(1.0, 3.5 * unit)
    _limb(scene, hand, unit, hand.light, (0, 0))
    _limb(scene, hand, unit, hand.skin, (edge * math.copysign(0.8, hand.x), edge))
    _patch(scene, _placed(scene, hand, unit, WRISTBAND), BAND)
    _patch(scene, _placed(scene, hand, unit, WRISTBAND_EDGE), BAND_DARK)
    _stroke(scene, _placed(scene, hand, unit, ((-16, 37), (5, 37))), 5 * unit, INK)
    _stroke(scene, _placed(scene, hand, unit, ((16, 37), (16.1, 37))), 7 * unit, INK)


def lamp(radius: int, colour: Colour, strength: float) -> Frame:
    """Draw one light out of focus, in a square of its own, to be added to a scene."""
    side = 2 * radius + 8
    disc: Light = np.zeros((side, side), np.float32)
    middle = (side // 2, side // 2)
    cv2.circle(disc, middle, radius, 0.72, -1, cv2.LINE_AA)
    cv2.circle(disc, middle, radius - 1, 1.0, max(1, radius // 14), cv2.LINE_AA)
    soft = cv2.GaussianBlur(disc, (0, 0), max(0.8, radius / 22))
    shine = soft[:, :, None] * np.array(colour, np.float32) * strength
    return cv2.convertScaleAbs(shine).astype(np.uint8)


def cut_out(width: int, height: int, hand: Hand) -> tuple[Frame, Frame, int]:
    """Draw a hand to be laid over a scene: its light, what it lets through, its left.

    What it lets through is 0 to 255; its left is a column of the scene.
    """
    dark = np.zeros((height, width, 3), np.uint8)
    bright = np.full_like(dark, 255)
    draw_hand(dark, hand)
    draw_hand(bright, hand)
    through: Frame = cv2.subtract(bright, dark).astype(np.uint8)
    columns = np.flatnonzero(through.min(axis=(0, 2)) < 255).tolist() or [0]
    left, right = columns[0], columns[-1] + 1
    return dark[:, left:right].copy(), through[:, left:right].copy(), left


def _hall(width: int, height: int) -> Light:
    y, x = np.mgrid[0:height, 0:width].astype(np.float32) / height
    x -= width / height / 2
    down = np.clip(y / 0.8, 0, 1)[:, :, None] ** 1.5
    hall = np.array(NIGHT, np.float32) * (1 - down) + np.array(DUSK, np.float32) * down
    near = np.exp(-((x / 0.75) ** 2 + ((y - 0.74) / 0.3) ** 2))[:, :, None]
    lit: Light = (hall + near * np.array(GLOW, np.float32)).astype(np.float32)
    return lit


def _beams(width: int, height: int) -> Light:
    size = (width // 4, height // 4)
    light = np.zeros((size[1], size[0], 3), np.float32)
    fan = ((0.16, 0.05, VIOLET), (0.30, 0.42, BLUE), (0.5, 0.52, GLOW))
    for start, end, colour in (*fan, (0.70, 0.58, MAGENTA), (0.86, 0.97, VIOLET)):
        beam: Light = np.zeros(light.shape[:2], np.float32)
        ends = ((start, -0.05), (end - 0.09, 0.9), (end + 0.09, 0.9))
        corners = np.array(ends) * size
        cv2.fillConvexPoly(beam, corners.astype(np.int32), 1.0)
        beam = cv2.GaussianBlur(beam, (0, 0), size[1] / 34).astype(np.float32)
        fade = np.linspace(0.5, 0.02, size[1], dtype=np.float32)[:, None]
        light += (beam * fade)[:, :, None] * np.array(colour, np.float32)
    return cv2.resize(light, (width, height)).astype(np.float32)


def _bokeh(width: int, height: int, chance: np.random.Generator) -> Light:
    light = np.zeros((height, width, 3), np.float32)
    for number in range(46):
        radius = int(height * chance.uniform(0.012, 0.058))
        x = int(chance.uniform(0, width))
        y = int(height * chance.beta(1.6, 2.2) * 0.8)
        glow = lamp(radius, LIGHTS[number % len(LIGHTS)], chance.uniform(0.14, 0.5))
        _add(light, glow, x, y)
    return light


def _crowd(light: Light, chance: np.random.Generator) -> None:
    height, width = light.shape[:2]
    far = np.zeros((height, width, 3), np.uint8)
    mask = np.zeros_like(far)
    for x in np.linspace(-0.98, 0.98, 23):
        lean, size = chance.uniform(-12, 12), chance.uniform(0.3, 0.5)
        y = 0.74 + chance.uniform(-0.06, 0.08)
        skin = (78, 24, 48) if chance.random() < 0.5 else (92, 30, 70)
        hand = Hand(float(x), y, size, lean, skin, (170, 66, 150))
        draw_hand(far, hand)
        white = (255, 255, 255)
        _limb(mask, hand, height / 1080 * size * 1.25, white, (0, 0))
    blur = height / 540
    cover = cv2.GaussianBlur(mask, (0, 0), blur).astype(np.float32) / 255
    light *= 1 - cover
    light += cv2.GaussianBlur(far, (0, 0), blur).astype(np.float32)


def _vignette(width: int, height: int) -> Light:
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    return (1 - 0.32 * (x * x + y * y * 0.8))[:, :, None].astype(np.float32)


def _limb(
    scene: Frame, hand: Hand, unit: float, colour: Colour, moved: tuple[float, float]
) -> None:
    for part in (PALM, ARM):
        _patch(scene, _placed(scene, hand, unit, part) + moved, colour)
    for x, y, to_x, to_y, thickness in FINGERS:
        ends = _placed(scene, hand, unit, ((x, y), (to_x, to_y))) + moved
        _stroke(scene, ends, thickness * unit, colour)
    ends = _placed(scene, hand, unit, ((-20, -6), (20, -6))) + moved
    _stroke(scene, ends, 26 * unit, colour)


def _placed(
    scene: Frame, hand: Hand, unit: float, points: tuple[tuple[float, float], ...]
) -> Points:
    height, width = scene.shape[:2]
    lean = math.radians(hand.lean)
    turn = np.array(
        [[math.cos(lean), math.sin(lean)], [-math.sin(lean), math.cos(lean)]]
    )
    flip = (-1.0 if hand.x > 0 else 1.0, 1.0)
    wrist = (width / 2 + hand.x * height, hand.y * height)
    placed: Points = (np.array(points, float) * flip * unit) @ turn + wrist
    return placed


def _patch(scene: Frame, corners: Points, colour: Colour) -> None:
    fixed = np.round(corners * 16).astype(np.int32)
    cv2.fillPoly(scene, [fixed], colour, cv2.LINE_AA, 4)


def _stroke(scene: Frame, ends: Points, thickness: float, colour: Colour) -> None:
    (x, y), (to_x, to_y) = np.round(ends * 16).astype(int).tolist()
    width = max(1, round(thickness))
    cv2.line(scene, (x, y), (to_x, to_y), colour, width, cv2.LINE_AA, 4)


def _add(light: Light, glow: Frame, x: int, y: int) -> None:
    height, width = light.shape[:2]
    half = glow.shape[0] // 2
    top, left = max(0, y - half), max(0, x - half)
    bottom, right = min(height, y + half), min(width, x + half)
    if top < bottom and left < right:
        part = glow[top - y + half :, left - x + half :]
        light[top:bottom, left:right] += part[: bottom - top, : right - left]
