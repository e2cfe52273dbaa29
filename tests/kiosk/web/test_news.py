from typing import Any

import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.booth.recovery import rebuild
from kiosk.pledge import Decision, Pledge, Scope
from kiosk.store import feed
from kiosk.web.listening import Listening
from kiosk.web.news import FAR_BEHIND, TILES
from kiosk.web.night import open_night
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, heard, told
from tests.night import a_consent, a_plan, kept

WORDS = "Mình sẽ không im lặng."


@pytest.fixture
def wall(app: Flask) -> Device:
    """Be a wall on the network."""
    return a_device(app, Role.WALL)


@pytest.fixture
def waiting(booth: Booth) -> Pledge:
    """Have one pledge that waits."""
    return kept(booth, a_plan(WORDS))


def test_a_screen_hears_what_follows_its_cursor(
    wall: Device, booth: Booth, waiting: Pledge
) -> None:
    begun = cursor(wall)
    approved = decide(booth, waiting, Decision.APPROVED)

    told_ = news(wall, begun)

    assert told_["after"] == begun
    assert not told_["reset"]
    (entry,) = told_["entries"]
    assert (entry["seq"], entry["id"]) == (2, approved.id)
    assert WORDS in entry["html"]
    assert news(wall, told_["cursor"])["entries"] == []


def test_of_many_changes_of_one_pledge_only_the_last_is_drawn(
    wall: Device, booth: Booth, waiting: Pledge
) -> None:
    begun = cursor(wall)
    approved = decide(booth, waiting, Decision.APPROVED)
    private = decide(booth, approved, Decision.PRIVATE)
    decide(booth, private, Decision.APPROVED)

    entries = news(wall, begun)["entries"]

    assert [each["seq"] for each in entries] == [2, 3, 4]
    assert [set(each) for each in entries] == [{"seq"}, {"seq"}, {"seq", "id", "html"}]


def test_a_star_hangs_no_tile_anew_and_hides_no_other_news(
    wall: Device, volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    begun = cursor(wall)
    decide(booth, waiting, Decision.APPROVED)
    approved = cursor(wall)

    booth.desk.star(waiting.id, is_starred=True)

    assert news(wall, approved)["entries"] == [{"seq": 3}]
    first, second = news(wall, begun)["entries"]
    assert (first["id"], second) == (waiting.id, {"seq": 3})
    assert WORDS in first["html"]


def test_a_wall_counts_every_promise_and_hears_nothing_of_it(
    wall: Device, booth: Booth
) -> None:
    begun = cursor(wall)
    pledge = kept(booth, a_plan(WORDS))

    answer = wall.get(f"/wall/feed?after={begun}")

    assert told(answer)["entries"] == [{"seq": 1}]
    assert told(answer)["promises"] == 1
    assert_silent(heard(answer), pledge)


@pytest.mark.parametrize(
    "decision", [Decision.APPROVED, Decision.PRIVATE, Decision.REMOVED]
)
def test_a_wall_never_hears_of_who_did_not_ask_to_be_there(
    wall: Device, booth: Booth, decision: Decision
) -> None:
    begun = cursor(wall)
    consent = a_consent(scopes=[Scope.CAMPAIGN])
    pledge = kept(booth, a_plan(WORDS, consent=consent))
    decide(booth, pledge, decision)
    booth.desk.withdraw(pledge.id)

    for path in ("/wall", *(f"/wall/feed?after={each}" for each in (begun, "", "x.1"))):
        assert_silent(heard(wall.get(path)), pledge)


@pytest.mark.parametrize("decision", [Decision.PRIVATE, Decision.REMOVED])
def test_a_wall_never_hears_the_words_of_what_was_not_approved(
    wall: Device, booth: Booth, decision: Decision
) -> None:
    begun = cursor(wall)
    pledge = kept(booth, a_plan(WORDS))
    decide(booth, pledge, decision)

    pages = ("/wall", f"/wall/feed?after={begun}", "/wall/feed")
    page, after, whole = (heard(wall.get(each)) for each in pages)

    for answer in (page, after, whole):
        assert WORDS not in answer
        assert pledge.code not in answer
        assert pledge.token not in answer
    assert pledge.id not in whole
    assert all(entry.get("html") is None for entry in news(wall, begun)["entries"])


def test_what_hangs_never_carries_its_code_or_link(
    wall: Device, booth: Booth, waiting: Pledge
) -> None:
    begun = cursor(wall)
    decide(booth, waiting, Decision.APPROVED)

    for answer in (wall.get("/wall"), wall.get(f"/wall/feed?after={begun}")):
        assert WORDS in heard(answer)
        assert waiting.code not in heard(answer)
        assert waiting.token not in heard(answer)


@pytest.mark.parametrize("way", ["private", "removed", "hidden", "withdrawn", "undone"])
def test_what_leaves_the_wall_is_taken_down_by_the_next_news(
    wall: Device, booth: Booth, waiting: Pledge, way: str
) -> None:
    approved = decide(booth, waiting, Decision.APPROVED)
    begun = cursor(wall)

    leave(booth, approved, way)

    entries = news(wall, begun)["entries"]
    assert entries == [{"seq": 3, "id": waiting.id, "html": None}]
    assert WORDS not in wall.get("/wall").text
    assert news(wall, "")["entries"] == []


def test_what_is_mended_after_it_hung_is_taken_down_and_not_drawn(
    wall: Device, volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(booth, waiting, Decision.APPROVED)
    begun, queued = cursor(wall), told(volunteer.get("/moderation/feed"))["cursor"]
    undone = booth.desk.undo(waiting.id, who="a volunteer")

    booth.mender.mend(waiting.id, "Mình nói.", revision=undone.revision, who="them")

    *_, entry = news(wall, begun)["entries"]
    assert (entry["id"], entry["html"]) == (waiting.id, None)
    queue = told(volunteer.get(f"/moderation/feed?after={queued}"))
    assert "Mình nói." in queue["entries"][-1]["html"]


def test_what_is_restored_hangs_again(
    wall: Device, booth: Booth, waiting: Pledge
) -> None:
    approved = decide(booth, waiting, Decision.APPROVED)
    booth.desk.hide(approved.token)
    begun = cursor(wall)

    booth.desk.restore(approved.id)

    assert WORDS in news(wall, begun)["entries"][0]["html"]


@pytest.mark.parametrize(
    "after",
    [
        "",
        ".",
        "0",
        "nothing",
        "none.0",
        "none.1",
        "{epoch}",
        "{epoch}.",
        "{epoch}.-1",
        "{epoch}.1e3",
        "{epoch}.1.1",
        "{epoch}.99",
        "{epoch}.999999999999999999999999999999",
        "{epoch}.²",
        "{epoch} .1",
        "{epoch}.1%00",
        "%ff%fe.1",
        "1; DROP TABLE feed",
        "x" * 5000,
    ],
)
def test_a_cursor_that_is_not_ours_begins_anew(
    app: Flask, booth: Booth, waiting: Pledge, after: str
) -> None:
    decide(booth, waiting, Decision.APPROVED)
    epoch = cursor(Device(app)).partition(".")[0]
    volunteer = a_device(app, Role.VOLUNTEER)
    there = after.format(epoch=epoch)

    whole = told(Device(app).get(f"/wall/feed?after={there}"))
    queue = told(volunteer.get(f"/moderation/feed?after={there}"))

    assert whole["reset"]
    assert [each["id"] for each in whole["entries"]] == [waiting.id]
    assert (queue["reset"], queue["entries"]) == (True, [])


def test_who_is_far_behind_is_told_everything_anew(
    wall: Device, booth: Booth, waiting: Pledge
) -> None:
    begun = cursor(wall)
    add_news(booth, waiting, FAR_BEHIND)
    assert len(news(wall, begun)["entries"]) == FAR_BEHIND

    add_news(booth, waiting, 1)

    assert news(wall, begun)["reset"]


def test_after_a_rebuild_every_screen_begins_anew(
    wall: Device, booth: Booth, waiting: Pledge, listening: Listening
) -> None:
    decide(booth, waiting, Decision.APPROVED)
    begun = cursor(wall)
    booth.house.database.close()

    assert rebuild(booth.house.album, listening.data / "kiosk.db") == 1
    night = open_night(listening)

    again = Device(night.app)  # type: ignore[arg-type]  # it is Flask's
    assert news(again, begun) | {"cursor": ""} == {
        "after": begun,
        "cursor": "",
        "entries": [],
        "is_blank": False,
        "lights": [],
        "mode": "mosaic",
        "promises": 1,
        "reset": True,
        "stars": [],
    }
    night.database.close()


def test_the_queue_hears_what_is_kept_and_what_is_decided(
    volunteer: Device, booth: Booth
) -> None:
    begun = queue(volunteer, "")["cursor"]
    pledge = kept(booth, a_plan(WORDS))
    arrived = queue(volunteer, begun)
    decide(booth, pledge, Decision.APPROVED)
    left = queue(volunteer, arrived["cursor"])

    assert WORDS in arrived["entries"][0]["html"]
    assert arrived["tallies"]["waiting"] == 1
    assert left["entries"] == [{"seq": 2, "id": pledge.id, "html": None}]
    assert left["tallies"]["approved"] == 1


def test_a_request_for_removal_comes_to_the_queue(
    volunteer: Device, booth: Booth, waiting: Pledge
) -> None:
    decide(booth, waiting, Decision.APPROVED)
    begun = queue(volunteer, "")["cursor"]

    booth.desk.hide(waiting.token)

    told_ = queue(volunteer, begun)
    assert "request" in told_["entries"][0]["html"]
    assert told_["tallies"]["requests"] == 1


def test_each_volunteer_reads_the_queue_in_their_language(
    volunteer: Device, waiting: Pledge
) -> None:
    english = volunteer.get("/moderation/feed", {"Accept-Language": "en"}).text
    vietnamese = volunteer.get("/moderation/feed", {"Accept-Language": "vi"}).text

    assert "For the wall" in english
    assert "For the wall" not in vietnamese


def test_a_wall_holds_the_newest_and_tells_them_oldest_first(
    wall: Device, booth: Booth
) -> None:
    approved = [
        decide(booth, kept(booth, a_plan(f"Lời hứa số {number}.")), Decision.APPROVED)
        for number in range(3)
    ]

    assert [each["id"] for each in news(wall, "")["entries"]] == [
        each.id for each in approved
    ]
    assert TILES == 61


def leave(booth: Booth, approved: Pledge, way: str) -> None:
    """Let an approved pledge leave the wall."""
    match way:
        case "hidden":
            booth.desk.hide(approved.token)
        case "withdrawn":
            booth.desk.withdraw(approved.id)
        case "undone":
            booth.desk.undo(approved.id, who="a volunteer")
        case _:
            decide(booth, approved, Decision(way))


def decide(booth: Booth, pledge: Pledge, decision: Decision) -> Pledge:
    """Decide about a pledge as it is."""
    return booth.desk.decide(
        pledge.id, decision, revision=pledge.revision, who="a volunteer"
    )


def add_news(booth: Booth, pledge: Pledge, count: int) -> None:
    """Let the feed go on by so many entries."""
    with booth.house.database.transaction() as db:
        for _ in range(count):
            feed.add(db, "decided", pledge)


def assert_silent(answer: str, pledge: Pledge) -> None:
    """See that not a word of a pledge is said, nor its id."""
    for secret in (pledge.id, pledge.words, pledge.code, pledge.token):
        assert secret not in answer


def news(wall: Device, after: str) -> dict[str, Any]:
    """Ask what follows a wall's cursor."""
    return told(wall.get(f"/wall/feed?after={after}"))


def queue(volunteer: Device, after: str) -> dict[str, Any]:
    """Ask what follows a volunteer's cursor."""
    return told(volunteer.get(f"/moderation/feed?after={after}"))


def cursor(wall: Device) -> str:
    """Return where the feed stands."""
    return str(news(wall, "")["cursor"])
