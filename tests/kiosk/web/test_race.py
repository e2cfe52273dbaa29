"""Two volunteers decide about one photo at the same instant, a thousand times (R10)."""

from collections.abc import Iterator, Sequence
from itertools import permutations

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from kiosk import store
from kiosk.album import HIDDEN
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts, feed, tallies
from kiosk.web.listening import Listening
from kiosk.web.night import open_night
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, told
from tests.night import at_once, kept

RACES = 1000
PAIRS = [*permutations((Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED), 2)]

Answers = Sequence[TestResponse]


@pytest.fixture
def elsewhere(app: Flask, listening: Listening) -> Iterator[Flask]:
    """Open the same folder once more, as another process: only the row is shared."""
    night = open_night(listening)
    yield night.app  # type: ignore[misc]  # it is Flask's
    night.database.close()


def test_of_two_volunteers_at_once_one_wins_and_the_other_is_told(
    app: Flask, elsewhere: Flask, booth: Booth
) -> None:
    here, beside, there = (
        a_device(each, Role.VOLUNTEER) for each in (app, app, elsewhere)
    )
    waiting = kept(booth)
    booth.darkroom.develop(waiting)
    booth.desk.undo(approved(booth, waiting).id, who="a volunteer")
    won = {here: 0, beside: 0, there: 0}

    for number in range(RACES):
        racers, choices = (here, (beside, there)[number % 2]), PAIRS[number % 6]
        before = written(booth)
        waiting = now(booth, waiting)

        answers = raced(racers, waiting, choices)

        first = won_by(answers, choices)
        assert now(booth, waiting).decision == choices[first]
        assert written(booth) == (before[0] + 1, before[1] + 1)
        assert told(answers[first])["tallies"] == counted(booth)
        assert counted(booth) == {
            each: each == choices[first] for each in counted(booth)
        }
        is_marked = booth.house.album.path(waiting.place, HIDDEN).exists()
        assert is_marked == (choices[first] is Decision.REMOVED)
        won[racers[first]] += 1
        back = racers[first].post(f"/pledges/{waiting.id}/undo")
        assert back.status_code == 200, back.text

    assert all(won.values())  # else it was no race


def raced(racers: Sequence[Device], pledge: Pledge, choices: Sequence[str]) -> Answers:
    """Have both touch at the same moment what both saw."""

    def touch(number: int) -> TestResponse:
        body = {"decision": choices[number], "revision": pledge.revision}
        return racers[number].post(f"/pledges/{pledge.id}/decision", body)

    return [each.result() for each in at_once(2, touch)]


def won_by(answers: Answers, choices: Sequence[str]) -> int:
    """Return who won, and see that the other is told who was first, and what it is."""
    assert sorted(each.status_code for each in answers) == [200, 409]
    first = [each.status_code for each in answers].index(200)
    late = told(answers[1 - first])
    assert (late["error"], late["decision"]) == ("AlreadyDecided", choices[first])
    return first


def approved(booth: Booth, pledge: Pledge) -> Pledge:
    """Approve once, so that every file is there."""
    desk = booth.desk
    return desk.decide(
        pledge.id, Decision.APPROVED, revision=pledge.revision, who="a volunteer"
    )


def now(booth: Booth, pledge: Pledge) -> Pledge:
    with booth.house.database.reading() as db:
        return store.get(db, pledge.id)


def counted(booth: Booth) -> dict[str, int]:
    with booth.house.database.reading() as db:
        return tallies.now(db)


def written(booth: Booth) -> tuple[int, int]:
    """Count the acts and the feed's entries, and see that it numbers each once."""
    with booth.house.database.reading() as db:
        many = db.scalar(select(func.count()).select_from(acts.acts)) or 0
        assert (
            db.scalar(select(func.count()).select_from(feed.feed)) == feed.now(db).seq
        )
        return many, feed.now(db).seq
