"""Flags are kept with a pledge, come back with it, and decide nothing."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from camera.driver import Frame
from kiosk.booth import Booth, flagging
from kiosk.booth.house import House
from kiosk.booth.recovery import recover
from kiosk.flags import Flag, Lists
from kiosk.pledge import Decision, Pledge
from kiosk.store import AlreadyDecided
from tests.kiosk.booth.folders import looked_over, news, now, told
from tests.kiosk.booth.test_recovery import built_anew
from tests.lens import Lens, Mode
from tests.night import EVENT, a_plan, kept

CRY = "Em bị nhốt trong nhà, ai giúp em với"
RUDE_TYPO = "đm mình sẽ lắng nghee"
OWN = "Mình sẽ hỏi chị Hai trước khi đi làm xa"


def test_what_a_guest_wrote_is_flagged_and_kept_all_the_same(booth: Booth) -> None:
    pledge = kept(booth, a_plan(f"{CRY}, gọi 0912 345 678"))

    assert pledge.flags == (Flag.HELP, Flag.PHONE)
    assert pledge.is_waiting
    assert now(booth.house, pledge) == pledge
    assert told(booth.house, pledge).flags == pledge.flags


def test_flags_come_back_with_the_folders(house: House, booth: Booth) -> None:
    pledge = kept(booth, a_plan(CRY))

    again = built_anew(house)

    assert now(again, pledge).flags == (Flag.HELP,)
    again.database.close()


def test_a_folder_of_an_older_night_is_flagged_at_the_start(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth, a_plan(CRY))
    file = house.album.path(pledge.place, "pledge.json")
    file.write_bytes(file.read_bytes().replace(b',"flags":["help"]', b""))
    again = built_anew(house)
    assert now(again, pledge).flags == ()

    looked_over(Booth(again))

    assert now(again, pledge).flags == (Flag.HELP,)
    again.database.close()


def test_mended_words_are_flagged_again(booth: Booth) -> None:
    pledge = kept(booth, a_plan(RUDE_TYPO))
    assert pledge.flags == (Flag.RUDE,)

    mended = booth.mender.mend(
        pledge.id, "Mình sẽ lắng nghe", revision=pledge.revision, who="lan"
    )

    assert mended.flags == ()
    assert told(booth.house, mended).flags == ()


def test_other_lists_flag_what_waits_again_and_whoever_decides_looks_again(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth, a_plan(CRY))
    event = structs.replace(EVENT, lists=Lists(by_flag={}))
    later = Booth(replace(house, event=event))

    looked_over(later)

    assert now(house, pledge).flags == ()
    assert news(house) == [("kept", 1), ("flagged", 2)]
    with pytest.raises(AlreadyDecided):
        later.desk.decide(
            pledge.id, Decision.APPROVED, revision=pledge.revision, who="lan"
        )


def test_nothing_of_a_cry_is_left_in_the_row_of_what_is_erased(booth: Booth) -> None:
    pledge = kept(booth, a_plan(CRY))

    booth.desk.withdraw(pledge.id)
    booth.desk.erase()

    assert now(booth.house, pledge).flags == ()


def test_a_blurred_and_a_black_photo_are_flagged_and_kept(
    watching: Booth, lens: Lens
) -> None:
    found = []
    modes: tuple[Mode, ...] = ("blurred", "dark")
    for mode in modes:
        lens.mode(mode)
        found.append(set(kept(watching, a_plan(face=True)).flags) - {Flag.AGAIN})

    assert found == [{Flag.BLURRED}, {Flag.DARK}]


# Nearly the same as the last


def test_words_of_ones_own_that_come_again_are_flagged(booth: Booth) -> None:
    said = [OWN, OWN.upper(), f"{OWN}!!", "Mình sẽ ngủ sớm", OWN]

    flags = [kept(booth, a_plan(words)).flags for words in said]

    assert flags == [(), (Flag.AGAIN,), (Flag.AGAIN,), (), ()]


def test_a_pledge_that_the_booth_suggests_may_come_again_and_again(
    booth: Booth,
) -> None:
    suggested = EVENT.pledges[0].words["vi"]

    flags = [kept(booth, a_plan(suggested)).flags for _ in range(2)]

    assert flags == [(), ()]


def test_the_same_photo_again_is_flagged_and_another_is_not(filming: Booth) -> None:
    one, two = (kept(filming, a_plan(face=True)) for _ in range(2))

    assert (one.flags, two.flags) == ((), (Flag.AGAIN,))


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ("nothing", True),
        ("noise", True),
        ("a little darker", True),
        ("moved by four pixels", True),
        ("somebody else", False),
        ("mirrored", False),
    ],
)
def test_a_photo_is_the_same_until_somebody_moves(change: str, is_same: bool) -> None:
    one = flagging.Impression(seen=flagging.glimpse(photograph()))
    two = flagging.Impression(seen=flagging.glimpse(changed(photograph(), change)))

    assert flagging.is_same(two, one) is is_same


def photograph() -> Frame:
    """Lay a person before a hall."""
    rows, columns = np.mgrid[0:1080, 0:1920]
    hall = 90 + 60 * np.sin(columns / 211) * np.cos(rows / 173)
    person = np.hypot((columns - 900) / 260, (rows - 620) / 460) < 1
    grey = np.where(person, 190 - rows / 20, hall)
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def changed(frame: Frame, how: str) -> Frame:
    noise = np.random.default_rng(1).normal(0, 8, frame.shape)
    other = frame.copy()
    other[300:1000, 700:1100] = 60
    ways = {
        "nothing": frame,
        "noise": np.clip(frame + noise, 0, 255).astype(np.uint8),
        "a little darker": (frame * 0.95).astype(np.uint8),
        "moved by four pixels": np.roll(frame, 4, axis=1),
        "somebody else": other,
        "mirrored": frame[:, ::-1],
    }
    return ways[how]


def test_a_keep_that_failed_is_not_what_the_next_is_compared_with(
    house: House, tmp_path: Path
) -> None:
    booth = Booth(house)
    visit = booth.visits.open(a_plan(OWN))
    booth.visits.shoot(visit.id)
    blocker = house.album.root
    moved = blocker.rename(tmp_path / "elsewhere")
    blocker.write_bytes(b"")
    with pytest.raises(Exception, match="saved"):
        booth.visits.keep(visit.id)
    blocker.unlink()
    moved.rename(blocker)

    assert booth.visits.keep(visit.id).flags == ()


def test_what_is_flagged_is_recovered_like_any_other(
    house: House, booth: Booth
) -> None:
    pledge: Pledge = kept(booth, a_plan(CRY))

    assert recover(house.album, house.database) == 0
    assert now(house, pledge) == pledge
