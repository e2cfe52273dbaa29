"""How often a card's code reads: in copies that chat apps make, and by phones.

200 random tokens, each on a card over one of the photographs, in turn in every
template and format; each card smaller and compressed twice, five sizes by four
qualities, by two decoders that share no code. A size is the copy's longer edge.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import simplejpeg

from benchmarks import phone
from benchmarks.photographs import photographs
from benchmarks.table import Row, at_least, told
from kiosk import stamp
from kiosk.layout import TEMPLATES, Format, load_layout
from kiosk.pledge import new_token
from kiosk.stamp.raster import Raster

TOKENS = 200
ADDRESS = "https://pledges.example-campaign.org"  # 36 of the 39 that one may have
SIZES = (1920, 1280, 960, 800, 640)
QUALITIES = (90, 75, 50, 30)
ASKED_SIZE = 800  # pixels: down to it every card must read, by both decoders
ASKED_QUALITY = 50
MOST = 99.0  # %: at 640 pixels, by zxing
PHONE = {"a screen": 0.9, "a print": 0.75}  # of the phone's sight that the card fills
PHONE_MOST = 98.0  # %
DECODERS: Mapping[str, Callable[[Raster], set[str]]] = {
    "zxing": phone.read_by_zxing,
    "zbar": phone.read_by_zbar,
}


def measure() -> Sequence[Row]:
    """Count what reads."""
    phone.zbar()
    chance = np.random.default_rng(1)
    read: Counter[tuple[str, int, int]] = Counter()
    seen: Counter[str] = Counter()
    for url, card in _cards():
        for size, quality in product(SIZES, QUALITIES):
            copy = phone.copied(card, size, quality)
            for name, decode in DECODERS.items():
                read[name, size, quality] += url in decode(copy)
        for kind, share in PHONE.items():
            sight = phone.photographed(card, chance, share)
            seen[kind] += url in phone.read_by_zxing(sight)
    return [*_copies(read), *_phones(seen)]


def _copies(read: Counter[tuple[str, int, int]]) -> Iterator[Row]:
    """Judge each size by the worst quality that is asked for; tell them all."""
    for size, name in product(SIZES, DECODERS):
        shares = {q: 100 * read[name, size, q] / TOKENS for q in QUALITIES}
        worst = min(share for q, share in shares.items() if q >= ASKED_QUALITY)
        what = f"code: a copy of {size} px, {name}"
        note = ", ".join(f"quality {q}: {share:.1f} %" for q, share in shares.items())
        if size >= ASKED_SIZE:
            yield at_least(what, worst, 100, "%", note)
        elif name == "zxing":
            yield at_least(what, worst, MOST, "%", note)
        else:
            yield told(what, worst, "%", note)


def _phones(seen: Counter[str]) -> Iterator[Row]:
    for kind in PHONE:
        what = f"code: a phone's look at {kind}, zxing"
        yield at_least(what, 100 * seen[kind] / TOKENS, PHONE_MOST, "%")


def _cards() -> Iterator[tuple[str, Raster]]:
    """Draw each token on a card, as its JPEG shows it."""
    layouts = [
        load_layout(TEMPLATES / name, format_)
        for name, format_ in product(("band", "night"), Format)
    ]
    frames = [frame for _, frame in photographs(1920, 1080)]
    for number in range(TOKENS):
        url = f"{ADDRESS}/p/{new_token()}"
        lettering = stamp.Lettering(
            words="Mình sẽ học cách nhận ra dấu hiệu",
            event_line="Live in Hanoi · 26.05.2012",
            code="HN 4K7P",
            url=url,
        )
        overlay = stamp.prepare(lettering, layouts[number % len(layouts)])
        made = stamp.stamp(frames[number % len(frames)], overlay)
        yield url, np.asarray(simplejpeg.decode_jpeg(made.card, "BGR"), np.uint8)
