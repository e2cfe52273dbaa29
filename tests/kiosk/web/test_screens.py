from dataclasses import replace

import pytest

from kiosk.store.filters import Filter
from kiosk.web.live import LOOK
from kiosk.web.screens import ALIVE, Listener, Screens
from tests.night import a_pledge

WALL = Listener(screen="wall", language="vi", session=None)
TABLET = Listener(screen="moderation", language="en", session="a session")


@pytest.fixture
def screens() -> Screens:
    """Have a wall and a tablet that listen."""
    screens = Screens()
    screens.hear("one", WALL)
    screens.hear("two", TABLET)
    return screens


def test_a_screen_counts_from_its_first_word(screens: Screens) -> None:
    assert (screens.count("wall"), screens.count("moderation")) == (1, 1)
    assert screens.count("booth") == 0


def test_a_screen_that_left_counts_no_more(screens: Screens) -> None:
    screens.forget("one")
    screens.forget("one")

    assert (screens.count("wall"), screens.count("moderation")) == (0, 1)


def test_who_never_began_to_listen_does_not_count(screens: Screens) -> None:
    screens.again("nobody")
    screens.again("one")

    assert screens.count("wall") == 1
    assert len(list(screens.listeners())) == 2


def test_screens_of_one_kind_and_language_hear_together() -> None:
    assert WALL.room == "wall:vi:"
    listen = replace(WALL, only=Filter.of("theme=listen"))
    assert listen.room == replace(listen, only=Filter.of("x=1&theme=listen")).room
    assert listen.room != WALL.room
    assert TABLET.room == "moderation:en:"


def test_a_tablet_whose_session_sleeps_is_found_and_a_wall_never(
    screens: Screens,
) -> None:
    assert screens.asleep({"a session"}) == []
    assert screens.asleep({"another"}) == ["two"]
    assert screens.asleep(set()) == ["two"]


def test_a_device_is_heard_by_its_socket_and_by_whatever_it_asks(
    screens: Screens,
) -> None:
    assert screens.silence("another") is None
    screens.see("another")
    screens.forget("two")

    for session in ("a session", "another"):
        silence = screens.silence(session)
        assert silence is not None
        assert 0 <= silence < ALIVE


def test_two_lost_signs_of_life_do_not_make_a_screen_silent() -> None:
    assert ALIVE > 2 * 10
    assert LOOK < 1


def test_a_pledge_is_shown_where_a_wall_for_it_is_alive(screens: Screens) -> None:
    pledge = replace(a_pledge(), theme="listen")
    assert screens.show(pledge)

    screens.forget("one")
    screens.hear("other", replace(WALL, only=Filter.of("theme=call")))
    assert not screens.show(pledge)

    screens.hear("another", replace(WALL, only=Filter.of("theme=listen")))
    assert screens.show(pledge)


def test_whose_page_went_without_a_word_is_found_after_its_time(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    screens.see("a tablet")

    now += 50
    assert screens.silent(["a tablet", "just paired"], 60.0) == []
    now += 50
    assert screens.silent(["a tablet", "just paired"], 60.0) == ["a tablet"]
    assert screens.silence("just paired") is None
    now += 50
    assert screens.silent(["just paired"], 60.0) == ["just paired"]
    screens.see("just paired")
    assert screens.silent(["just paired"], 60.0) == []
