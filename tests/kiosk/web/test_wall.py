import pytest
from flask import Flask

from kiosk.booth import Booth
from kiosk.pledge import Age, Decision, Pledge, Scope
from kiosk.web.roles import Role
from tests.kiosk.web.people import Device, a_device, told
from tests.night import a_consent, a_plan, kept

CODE_OF_HTML = "<script>alert(1)</script>"


def hung(booth: Booth, words: str) -> Pledge:
    """Keep a pledge and hang it."""
    pledge = kept(booth, a_plan(words))
    return booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")


def test_the_wall_shows_what_is_approved_newest_first(
    here: Device, booth: Booth
) -> None:
    hung(booth, "Lời hứa đầu tiên.")
    hung(booth, "Lời hứa thứ hai.")
    kept(booth, a_plan("Lời hứa còn đợi."))

    page = here.get("/wall").text

    assert page.index("Lời hứa thứ hai.") < page.index("Lời hứa đầu tiên.")
    assert "Lời hứa còn đợi." not in page


def test_an_empty_wall_invites(here: Device) -> None:
    page = here.get("/wall").text

    assert 'data-hung="0"' in page
    assert 'class="tile"' not in page


def test_the_wall_speaks_the_events_first_language_whatever_the_browser_says(
    here: Device,
) -> None:
    page = here.get("/wall", {"Accept-Language": "en"})

    assert '<html lang="vi"' in page.text


def test_the_wall_counts_in_the_readers_figures(here: Device, booth: Booth) -> None:
    kept(booth)

    page = here.get("/wall").text

    assert "3.000" in page
    assert 'value="1"' in page


def test_words_that_look_like_code_are_shown_as_words(
    here: Device, booth: Booth
) -> None:
    before = told(here.get("/wall/feed"))["cursor"]

    hung(booth, CODE_OF_HTML)

    entry = told(here.get(f"/wall/feed?after={before}"))["entries"][-1]
    for html in (here.get("/wall").text, entry["html"]):
        assert CODE_OF_HTML not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.parametrize("age", [Age.CHILD, Age.SMALL])
def test_no_child_hangs_there(here: Device, booth: Booth, age: Age) -> None:
    consent = a_consent(age, scopes=(), guardian=True)
    pledge = kept(booth, a_plan("Lời hứa của một em nhỏ.", consent=consent))
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")

    assert "Lời hứa của một em nhỏ." not in here.get("/wall").text


def test_the_campaigns_leave_is_not_the_walls(here: Device, booth: Booth) -> None:
    consent = a_consent(scopes=[Scope.CAMPAIGN, Scope.ALBUM])
    pledge = kept(booth, a_plan("Chỉ cho chiến dịch.", consent=consent))
    booth.desk.decide(pledge.id, Decision.APPROVED, revision=1, who="them")

    assert "Chỉ cho chiến dịch." not in here.get("/wall").text


def test_a_paired_wall_sees_the_wall_and_cannot_moderate(app: Flask) -> None:
    wall = a_device(app, Role.WALL)

    assert wall.get("/wall").status_code == 200
    assert wall.get("/moderation").status_code == 403
    assert wall.get("/moderation/feed").status_code == 403
