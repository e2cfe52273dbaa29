"""Flagging: what a volunteer should look at twice in what a guest keeps."""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from camera.driver import Frame
from camera.fault import Fault
from kiosk import flags
from kiosk.booth.house import House
from kiosk.booth.visit import Visit
from kiosk.flags import Flag
from kiosk.flags.spelling import fold
from kiosk.pledge import Pledge

Glimpse: TypeAlias = NDArray[np.float32]
"""A photo, so small that only its shapes are left: GLIMPSE x GLIMPSE grey levels."""

GLIMPSE = 16  # pixels
EVERY = 16  # pixels; a frame is not looked at whole
SAME_PHOTO = 3.0  # grey levels of 255, the mean difference of two glimpses
SAME_WORDS = 0.85  # of the pairs of letters in both
FAULTS = {Fault.BLACK: Flag.DARK, Fault.BLURRED: Flag.BLURRED}
OF_PICTURES = frozenset({Flag.BLURRED, Flag.DARK, Flag.AGAIN})


@dataclass(frozen=True, slots=True)
class Impression:
    """What is remembered of the last pledge kept: its words and its photo in small."""

    words: str = ""
    seen: Glimpse | None = None


NOTHING = Impression()  # like no other


def impression(house: House, visit: Visit) -> Impression:
    """Return what to remember of a draft; suggested words say nothing of who chose."""
    suggested = {each for one in house.event.pledges for each in one.words.values()}
    words = "" if visit.plan.words in suggested else visit.plan.words
    return Impression(words, None if visit.frame is None else glimpse(visit.frame))


def of_draft(
    house: House, visit: Visit, now: Impression, last: Impression
) -> tuple[Flag, ...]:
    """Flag what a guest is about to keep, beside what was kept before it."""
    found = set(flags.of_words(visit.plan.words, house.event.lists))
    if visit.plan.has_face and visit.fault:
        found.add(FAULTS[visit.fault])
    if is_same(now, last):
        found.add(Flag.AGAIN)
    return _in_order(found)


def of_words(house: House, pledge: Pledge, words: str) -> tuple[Flag, ...]:
    """Flag a kept pledge by these words; its pictures' flags stay.

    A guest who asked for help may need it whatever was mended since.
    """
    found = set(flags.of_words(words, house.event.lists))
    own = flags.of_words(pledge.said or pledge.words, house.event.lists)
    kept = OF_PICTURES.intersection(pledge.flags) | {Flag.HELP}.intersection(own)
    return _in_order(found | kept)


def _in_order(found: set[Flag]) -> tuple[Flag, ...]:
    return tuple(flag for flag in Flag if flag in found)


def is_same(now: Impression, last: Impression) -> bool:
    """Say whether a photo, or a guest's own words, are nearly those of the last."""
    if now.seen is not None and last.seen is not None:
        difference = float(np.abs(now.seen - last.seen).mean())
        if difference < SAME_PHOTO:
            return True
    return bool(now.words and last.words) and _likeness(now, last) >= SAME_WORDS


def _likeness(now: Impression, last: Impression) -> float:
    """Tell how many pairs of letters two promises share, of those they have."""
    one, two = _pairs(now.words), _pairs(last.words)
    most = max(one.total(), two.total())
    return (one & two).total() / most if most else float(now.words == last.words)


def _pairs(words: str) -> Counter[str]:
    letters = "".join(each for each in fold(words.casefold()) if each.isalnum())
    return Counter(one + two for one, two in pairwise(letters))


def glimpse(frame: Frame) -> Glimpse:
    """Look at a frame; as bright as any other, since the hall's light changes."""
    few = np.ascontiguousarray(frame[::EVERY, ::EVERY])
    grey = cv2.cvtColor(few, cv2.COLOR_BGR2GRAY).astype(np.float32)
    tiny = cv2.resize(grey, (GLIMPSE, GLIMPSE), interpolation=cv2.INTER_AREA)
    return np.asarray(tiny - tiny.mean(), np.float32)
