"""The booth's screen as a lamp: it lights the guest's face, softly, for the photo.

Each ramp stands still as soon as it begins, and is held at the moments that count: no
test here waits for time.
"""

from itertools import pairwise

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LANDSCAPE, PORTRAIT, page_of
from tests.browser.steps import preview_moves, screen
from tests.browser.tour import Tour, to_consent
from tests.served import Served

Light = NDArray[np.float64]
"""Relative luminance of each pixel, as WCAG has it: 0 is black, 1 is white."""

BRIGHT = 0.6  # of white, on average, on all that is not the mirror
NIGHT = 0.25  # of white: the banner, the button and the words are light at all times
READABLE = 4.5  # to 1
SOFT = 0.05  # of white, between two pictures of a screen of 60 a second
FRAME = 1000 / 60  # milliseconds
POSE = 3000  # milliseconds from the touch to the shutter
MOMENTS = (0.0, 0.15, 0.3, 0.5, 0.75, 1.0)  # of the ramp

SIZES = pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE], ids=["tall", "wide"])
LANGUAGES = pytest.mark.parametrize("language", ["vi", "en"])

STILL = """booth => booth.addEventListener("transitionrun", ({ target }) => {
  if (target === booth) for (const ramp of booth.getAnimations()) ramp.pause()
})"""
HOLD = """(booth, part) => {
  const [ramp] = booth.getAnimations()
  const { duration } = ramp.effect.getComputedTiming()
  ramp.currentTime = part * duration
  return duration
}"""
READ = "booth => Number(getComputedStyle(booth).getPropertyValue('--light'))"


@LANGUAGES
@SIZES
def test_the_lit_screen_is_a_lamp_and_its_words_are_read_at_any_moment(
    browser: Browser, booth: Served, size: tuple[int, int], language: str
) -> None:
    guest = posing(browser, booth, size, language)
    before = around_the_mirror(guest)
    touched(guest)
    seen, least = [], []
    for moment in MOMENTS:
        hold(guest, moment)
        seen.append(around_the_mirror(guest))
        least.append(least_contrast(guest, ".camera__look b, .camera__look h1"))

    assert before < NIGHT
    assert seen[0] < NIGHT
    assert seen[-1] > BRIGHT
    assert seen == sorted(seen)
    assert min(least) >= READABLE


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_light_comes_in_a_soft_ramp_and_is_whole_in_the_last_second(
    browser: Browser, booth: Served, motion: str
) -> None:
    guest = posing(browser, booth, PORTRAIT, "vi")
    guest.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    touched(guest)

    lasts, steps = ramp(guest)

    assert 1500 <= lasts <= POSE - 1000
    assert steps[0] == 0
    assert steps[-1] == 1
    assert max(after - before for before, after in pairwise(steps)) <= SOFT
    assert steps == sorted(steps)


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_stop_puts_the_light_out_at_once_and_softly(
    browser: Browser, booth: Served, motion: str
) -> None:
    guest = posing(browser, booth, PORTRAIT, "vi")
    guest.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
    touched(guest)
    lit(guest)

    guest.locator('[data-do="stop"]:visible').tap()
    expect(the_booth(guest)).not_to_have_attribute("data-lit", "")
    lasts, steps = ramp(guest)

    assert lasts < 1000
    assert (steps[0], steps[-1]) == (1, 0)
    assert max(before - after for before, after in pairwise(steps)) <= 2 * SOFT
    hold(guest, 1.0)
    assert around_the_mirror(guest) < NIGHT


@LANGUAGES
@SIZES
def test_after_the_shutter_the_light_fades_behind_words_that_can_be_read(
    browser: Browser, booth: Served, size: tuple[int, int], language: str
) -> None:
    guest = posing(browser, booth, size, language)
    touched(guest)
    lit(guest)

    guest.clock.fast_forward(POSE + 100)
    screen(guest, "keep")
    expect(the_booth(guest)).not_to_have_attribute("data-lit", "")
    hold(guest, 0.0)
    at_first = stage(guest)
    come_to_rest(guest)
    least = []
    for moment in MOMENTS:
        hold(guest, moment)
        least.append(least_contrast(guest, ".keep h1, .keep .mark, .keep .btn--plain"))

    assert at_first > BRIGHT
    assert stage(guest) < NIGHT
    assert min(least) >= READABLE


def test_no_screen_but_the_camera_s_is_lit(browser: Browser, booth: Served) -> None:
    guest = page_of(browser, PORTRAIT)
    guest.goto(booth.url)
    tour = Tour(guest, "vi")
    to_consent(tour)
    expect(the_booth(guest)).not_to_have_attribute("data-lit", "")
    tour.do("agree")
    screen(guest, "camera")

    expect(the_booth(guest)).not_to_have_attribute("data-lit", "")


def posing(
    browser: Browser, booth: Served, size: tuple[int, int], language: str
) -> Page:
    """Put a guest before the mirror, on a clock that a test may stop."""
    guest = page_of(browser, size)
    guest.clock.install()
    guest.goto(booth.url)
    the_booth(guest).evaluate(STILL)
    tour = Tour(guest, language)
    to_consent(tour)
    tour.do("agree")
    screen(guest, "camera")
    preview_moves(guest)
    expect(guest.locator("booth-screen[data-settling]")).to_have_count(0)
    return guest


def touched(guest: Page) -> None:
    """Touch "Take it!", and let the countdown stand at its first second."""
    guest.locator('[data-do="take"]:visible').tap()
    expect(guest.get_by_role("timer")).to_have_text("3")
    expect(guest.locator('[data-do="stop"]')).to_be_visible()
    guest.clock.pause_at(guest.evaluate("Date.now()") / 1000 + 0.1)
    expect(the_booth(guest)).to_have_attribute("data-lit", "")


def lit(guest: Page) -> None:
    """Let the light be whole."""
    the_booth(guest).evaluate("booth => booth.getAnimations().map(a => a.finish())")


def hold(guest: Page, part: float) -> float:
    """Hold the ramp there, 0 to 1; return how many milliseconds all of it takes."""
    return float(the_booth(guest).evaluate(HOLD, part))


def ramp(guest: Page) -> tuple[float, list[float]]:
    """Read a ramp's length in milliseconds, and its light on each of its frames."""
    lasts = hold(guest, 0.0)
    steps = []
    for moment in (*np.arange(0, lasts, FRAME), lasts - 0.01):
        hold(guest, float(moment / lasts))
        steps.append(round(float(the_booth(guest).evaluate(READ)), 3))
    return lasts, steps


def come_to_rest(guest: Page) -> None:
    """Let all that moves but the light arrive."""
    guest.evaluate(
        """() => document.getAnimations().forEach((each) => {
          if (each.effect.target.localName !== "booth-screen") each.finish()
        })"""
    )


def the_booth(guest: Page) -> Locator:
    """Find the booth."""
    return guest.locator("booth-screen")


def around_the_mirror(guest: Page) -> float:
    """Tell how light the screen is without its mirror, on average."""
    seen = pictured(guest)
    box = guest.locator(".camera__mirror").bounding_box()
    assert box
    left, top = round(box["x"]), round(box["y"])
    seen[top : top + round(box["height"]), left : left + round(box["width"])] = np.nan
    return round(float(np.nanmean(seen)), 4)


def stage(guest: Page) -> float:
    """Tell how light the screen is at its left edge, where nothing else stands."""
    seen = pictured(guest)
    return float(seen[seen.shape[0] // 3 : seen.shape[0] // 2, 4:12].mean())


def least_contrast(guest: Page, selector: str) -> float:
    """Tell the least contrast of some words with what is just around them.

    The words are cream; around them is what the corners of their boxes show.
    """
    seen = pictured(guest)
    found = []
    for words in guest.locator(selector).all():
        if not words.is_visible():
            continue
        box = words.bounding_box()
        assert box
        left, top = round(box["x"]), round(box["y"])
        right, low = left + round(box["width"]), top + round(box["height"])
        corners = seen[[top + 1, top + 1, low - 2, low - 2], [left, right, left, right]]
        ink = seen[top:low, left:right].max()
        found += [(ink + 0.05) / (corner + 0.05) for corner in corners]
    assert found
    return float(min(found))


def pictured(guest: Page) -> Light:
    """Picture the screen, and return the light of its pixels."""
    png = np.frombuffer(guest.screenshot(), np.uint8)
    picture = cv2.imdecode(png, cv2.IMREAD_COLOR)
    assert picture is not None
    share = np.arange(256) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    blue, green, red = cv2.split(picture)
    light: Light = 0.0722 * linear[blue] + 0.7152 * linear[green] + 0.2126 * linear[red]
    return light
