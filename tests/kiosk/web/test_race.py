"""Two volunteers, one photo, the same instant, a thousand times (R10)."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import permutations

from flask import Flask
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from kiosk import store
from kiosk.booth import Booth
from kiosk.pledge import Decision, Pledge
from kiosk.store import acts, feed, tallies
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, told
from tests.night import a_pledge, kept

RACES = 1000
PAIRS = [*permutations((Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED), 2)]


def test_of_two_volunteers_at_the_same_instant_one_wins_and_the_other_is_told(
    app: Flask, booth: Booth
) -> None:
    tablets = [a_device(app, Role.VOLUNTEER) for _ in range(2)]
    won = [0, 0]

    with racing(tablets) as race:
        for number in range(RACES):
            pledge = a_waiting(booth, number)
            choices = PAIRS[number % len(PAIRS)]

            answers = race(pledge, choices)

            first = see_one_winner(answers, choices)
            see_one_decision(booth, pledge, choices[first])
            won[first] += 1
    assert min(won) > 0  # else it was no race
    see_tallies(booth)
