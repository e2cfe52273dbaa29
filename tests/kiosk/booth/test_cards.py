"""Waiting cards drawn again when cards look otherwise, and no others."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec import structs
from sqlalchemy import update

from kiosk import store
from kiosk.booth import Booth, cards
from kiosk.booth.hands import Hands
from kiosk.booth.house import House
from kiosk.config import Event
from kiosk.layout import TEMPLATES, Format, load_layout
from kiosk.pledge import Decision, Pledge
from kiosk.store import AlreadyDecided
from tests.kiosk.booth.folders import (
    as_of_old,
    is_published,
    is_whole,
    looked_over,
    news,
    now,
)
from tests.night import EVENT, a_plan, at_once, kept

WAITING, APPROVED, PRIVATE, REMOVED = Decision
OTHER = structs.replace(EVENT, name="Live in Huế")
PARTNERS = structs.replace(EVENT, partners=("IOM",))
TEMPLATE = structs.replace(
    EVENT, layout=load_layout(TEMPLATES / "night", EVENT.layout.format)
)
FORMAT = structs.replace(EVENT, layout=load_layout(TEMPLATES / "band", Format.WIDE))
FACES = pytest.mark.parametrize("face", [False, True], ids=["colours", "face"])


def tomorrow(booth: Booth, event: Event = OTHER) -> Booth:
    """Open the same folder again, for another event."""
    return Booth(replace(booth.house, event=event, hands=Hands()))


def approve(booth: Booth, pledge: Pledge) -> Pledge:
    return booth.desk.decide(pledge.id, APPROVED, revision=pledge.revision, who="lan")


def card(house: House, pledge: Pledge) -> bytes:
    return house.album.path(pledge.place, "card.jpg").read_bytes()


def with_logo(folder: Path, shade: int) -> Event:
    """Have an event whose logo is always of the same name."""
    folder.mkdir()
    picture = np.full((60, 160, 4), 255, np.uint8)
    picture[10:50, 10 : 10 + shade] = 0
    assert cv2.imwrite(str(folder / "logo.png"), picture)
    return structs.replace(EVENT, folder=folder, logos=("logo.png",))


@FACES
@pytest.mark.parametrize(
    "event",
    [OTHER, PARTNERS, TEMPLATE, FORMAT],
    ids=["line", "partners", "template", "format"],
)
def test_what_waits_is_drawn_again_when_cards_look_otherwise(
    filming: Booth, event: Event, face: bool
) -> None:
    pledge = kept(filming, a_plan(face=face))
    later = tomorrow(filming, event)
    heard: list[Pledge] = []
    later.house.events.decided.connect(heard.append, weak=False)

    looked_over(later)

    redrawn = now(later.house, pledge)
    assert redrawn == replace(pledge, revision=2)
    assert heard == [redrawn]
    kind = "recropped" if face and event is FORMAT else "redrawn"
    assert news(later.house) == [("kept", 1), (kind, 2)]
    assert is_whole(later.house, pledge)
    looked_over(later)
    assert now(later.house, pledge) == redrawn


def test_another_picture_under_a_logos_name_is_another_look(
    booth: Booth, tmp_path: Path
) -> None:
    first, same, other = (
        tomorrow(booth, with_logo(tmp_path / name, shade))
        for name, shade in (("first", 90), ("same", 90), ("other", 120))
    )
    pledge = kept(first)

    looked_over(same)
    assert now(booth.house, pledge).revision == 1
    looked_over(other)

    assert now(booth.house, pledge).revision == 2
    assert is_whole(other.house, pledge)


def test_what_looks_as_it_should_is_left_as_it_is(house: House, booth: Booth) -> None:
    pledge = kept(booth)
    file = house.album.path(pledge.place, "card.jpg")
    before = file.stat().st_mtime_ns

    looked_over(Booth(house))

    assert now(house, pledge) == pledge
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("way", ["approved", "private", "removed", "hidden", "gone"])
def test_what_does_not_wait_is_never_drawn_again(booth: Booth, way: str) -> None:
    pledge = kept(booth)
    if way == "hidden":
        booth.desk.hide(pledge.token)
    elif way == "gone":
        booth.desk.withdraw(pledge.id)
    else:
        booth.desk.decide(pledge.id, Decision(way), revision=1, who="lan")
    before, drawn = now(booth.house, pledge), card(booth.house, pledge)
    later = tomorrow(booth)

    looked_over(later)

    assert not later.mender.redraw(pledge.id)
    assert now(later.house, pledge) == before
    assert card(later.house, pledge) == drawn


def test_a_folder_from_before_cards_were_drawn_again_is_drawn_once(
    house: House, booth: Booth
) -> None:
    pledge = kept(booth)
    as_of_old(house, pledge)

    looked_over(booth)
    looked_over(booth)

    assert now(house, pledge).revision == 2
    assert is_whole(house, pledge)


@pytest.mark.parametrize("damage", ["photo", "code"])
def test_a_card_that_cannot_be_drawn_again_stays_and_the_others_go_on(
    filming: Booth, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    pledge, other = (kept(filming, a_plan(face=face)) for face in (True, False))
    later = tomorrow(filming)
    if damage == "photo":
        later.house.album.drop(pledge.place, "original.jpg", "photo.jpg")
    else:
        later = Booth(replace(later.house, address="http://127.0.0.1/\0"))
    before = card(filming.house, pledge)

    looked_over(later)

    assert now(later.house, pledge) == pledge
    assert card(later.house, pledge) == before
    assert pledge.id in caplog.text
    assert pledge.words not in caplog.text
    assert (now(later.house, other).revision == 2) == (damage == "photo")


# What cannot be read


def test_what_could_not_be_read_on_tonights_cards_is_said_at_the_start(
    filming: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    cards.look_over(filming.house)
    assert caplog.messages == []
    long = structs.replace(EVENT, name="Đêm nhạc vì những người ở lại " * 9)

    cards.look_over(tomorrow(filming, long).house)

    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("The card: event: the letters would be ")


# Decided meanwhile


@FACES
def test_a_card_nobody_came_to_draw_again_is_drawn_before_it_is_approved(
    filming: Booth, face: bool
) -> None:
    pledge = kept(filming, a_plan(face=face))
    filming.darkroom.develop(pledge)
    later = tomorrow(filming)

    approved = approve(later, pledge)

    assert is_whole(later.house, pledge)
    assert is_published(later.house, approved)


def test_whoever_decides_about_a_card_drawn_again_since_is_not_late(
    booth: Booth,
) -> None:
    pledge = kept(booth)
    later = tomorrow(booth)
    looked_over(later)
    assert now(later.house, pledge).revision == 2

    approved = approve(later, pledge)

    assert (approved.revision, approved.is_reachable) == (3, True)


def test_whoever_saw_less_of_the_photo_has_to_look_again(filming: Booth) -> None:
    pledge = kept(filming, a_plan(face=True))
    later = tomorrow(filming, FORMAT)

    with pytest.raises(AlreadyDecided):
        approve(later, pledge)

    redrawn = now(later.house, pledge)
    assert redrawn.is_waiting
    assert redrawn.revision == 2
    assert approve(later, redrawn).is_reachable
    assert is_published(later.house, now(later.house, pledge))


def test_whoever_decides_after_the_darkroom_showed_more_of_the_photo_is_late(
    filming: Booth,
) -> None:
    pledge = kept(filming, a_plan(face=True))
    later = tomorrow(filming, FORMAT)
    looked_over(later)

    with pytest.raises(AlreadyDecided):
        approve(later, pledge)


def test_words_that_no_font_draws_any_more_stop_no_other_card(
    booth: Booth, caplog: pytest.LogCaptureFixture
) -> None:
    odd, other = kept(booth), kept(booth)
    with booth.house.database.transaction() as db:
        db.execute(
            update(store.pledges).where(store.pledges.c.id == odd.id).values(words="ཀཁ")
        )
    later = tomorrow(booth)

    looked_over(later)

    assert now(later.house, other).revision == 2
    assert approve(later, odd).is_reachable
    assert odd.id in caplog.text
    assert "ཀ" not in caplog.text


def test_whoever_decides_about_other_words_is_late_however_often_it_is_drawn(
    booth: Booth,
) -> None:
    pledge = kept(booth)
    booth.mender.mend(pledge.id, "Mình sẽ nghe.", revision=1, who="minh")
    later = tomorrow(booth)
    looked_over(later)

    with pytest.raises(AlreadyDecided):
        approve(later, pledge)

    assert now(later.house, pledge).is_waiting


def test_a_decision_while_a_card_is_drawn_again_wins_with_one_drawing(
    booth: Booth,
) -> None:
    for _ in range(4):
        pledge = kept(booth)
        booth.darkroom.develop(pledge)
        later = tomorrow(booth)

        def both(at: int, later: Booth = later, pledge: Pledge = pledge) -> object:
            return approve(later, pledge) if at else later.mender.redraw(pledge.id)

        for each in at_once(2, both):
            each.result()

        approved = now(later.house, pledge)
        assert approved.is_reachable
        assert is_whole(later.house, pledge)
        assert is_published(later.house, approved)
