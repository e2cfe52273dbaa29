import time

import pytest

from kiosk.booth import Booth
from kiosk.booth.originals import Originals
from kiosk.pledge import UNDO_REMOVAL, Decision, Pledge
from tests.night import Clock, a_plan, kept

ORIGINAL = "original.jpg"


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def originals(filming: Booth, clock: Clock) -> Originals:
    return Originals(filming.house, clock)


@pytest.fixture
def pledge(filming: Booth) -> Pledge:
    return kept(filming, a_plan(face=True))


def decide(booth: Booth, pledge: Pledge, decision: Decision) -> Pledge:
    return booth.desk.decide(pledge.id, decision, revision=pledge.revision, who="lan")


def is_there(booth: Booth, pledge: Pledge, name: str = ORIGINAL) -> bool:
    return booth.house.album.path(pledge.place, name).exists()


@pytest.mark.parametrize("passed", [0.1, -3600.0], ids=["late", "clock set back"])
@pytest.mark.parametrize("decision", [Decision.APPROVED, Decision.PRIVATE])
def test_the_original_is_dropped_when_a_decision_can_no_longer_be_regretted(
    filming: Booth,
    originals: Originals,
    clock: Clock,
    pledge: Pledge,
    decision: Decision,
    passed: float,
) -> None:
    originals.note(decide(filming, pledge, decision))
    clock.now += UNDO_REMOVAL
    originals.drop()
    assert is_there(filming, pledge)

    clock.now += passed
    originals.drop()

    assert not is_there(filming, pledge)
    assert is_there(filming, pledge, "photo.jpg")


def test_the_original_of_what_waits_again_stays(
    filming: Booth, originals: Originals, clock: Clock, pledge: Pledge
) -> None:
    filming.desk.hide(pledge.token)
    restored = filming.desk.restore(pledge.id)
    originals.note(decide(filming, restored, Decision.REMOVED))
    filming.desk.undo(pledge.id, who="lan")
    clock.now += 3600

    originals.drop()

    assert is_there(filming, pledge)
