"""Whatever is typed is cleaned, or refused with a sentence, at once."""

from contextlib import suppress
from time import perf_counter

import pytest

from kiosk import stamp
from kiosk.booth.drafts import readable
from kiosk.stamp import Lettering
from kiosk.stamp.raster import within
from kiosk.words import WordsRefused
from tests.kiosk import attacks
from tests.night import EVENT

DEADLINE = 0.025  # seconds: five times what is promised, for a busy machine


@pytest.mark.parametrize("written", attacks.CLEANED)
def test_what_harms_a_card_is_taken_out(written: str) -> None:
    text, kept = attacks.CLEANED[written]

    assert readable(text) == kept
    assert readable(kept) == kept


@pytest.mark.parametrize("written", attacks.KEPT)
def test_what_harms_no_card_is_kept(written: str) -> None:
    assert readable(attacks.KEPT[written]) == attacks.KEPT[written]


@pytest.mark.parametrize("written", attacks.REFUSED)
def test_what_cannot_be_mended_is_refused_and_said_why(written: str) -> None:
    text, said = attacks.REFUSED[written]

    with pytest.raises(WordsRefused) as refused:
        readable(text)

    assert str(refused.value) == said


def test_every_kind_of_attack_is_in_the_table() -> None:
    assert len(attacks.CLEANED) + len(attacks.REFUSED) >= 60


@pytest.mark.parametrize("written", attacks.ALL)
def test_an_attack_costs_less_than_five_times_its_promise(written: str) -> None:
    assert min(timed(attacks.ALL[written]) for _ in range(3)) < DEADLINE


def test_piled_marks_are_refused_before_they_are_sorted() -> None:
    """Sorting takes 16 times as long for four times as many."""
    few, many = ("a" + "\u0316\u0301" * count for count in (230, 920))

    assert least(many) < 8 * least(few)


def least(text: str) -> float:
    return min(timed(text) for _ in range(20))


def timed(text: str) -> float:
    began = perf_counter()
    with suppress(WordsRefused):
        readable(text)
    return perf_counter() - began


KEPT = {**{name: k for name, (_, k) in attacks.CLEANED.items()}, **attacks.KEPT}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT)
def test_what_is_kept_is_drawn(kept: str) -> None:
    lettering = Lettering(words=kept, event_line="Hà Nội", code="HN 4K7P", url="p")

    made = stamp.prepare(lettering, EVENT.layout)
    room = made.layout.plan.words.box
    assert (within(made.drawn, room) != within(made.ground.picture, room)).any()
