import re
from base64 import b64encode
from hashlib import sha256

import pytest

from kiosk import words
from kiosk.page import Pages, Removal
from kiosk.pledge import Decision, Pledge
from tests.night import EVENT, a_pledge

BOTH: tuple[Removal, Removal] = ("door", "mail")


@pytest.fixture
def pages() -> Pages:
    """Render the pages of the event we ship."""
    return Pages(EVENT, words.translate)


@pytest.fixture
def pledge() -> Pledge:
    """Have an approved pledge."""
    return a_pledge(Decision.APPROVED)


def test_the_page_in_the_bucket_names_the_person_who_removes(
    pages: Pages, pledge: Pledge
) -> None:
    html = pages.photo(pledge, "mail").decode()

    assert f"mailto:{EVENT.campaign.email}" in html
    assert "within 2 working days" in html
    assert "<form" not in html
    assert pledge.code in html


def test_the_page_behind_our_own_door_removes_by_itself(
    pages: Pages, pledge: Pledge
) -> None:
    html = pages.photo(pledge, "door").decode()

    assert f'action="{pledge.token}/remove"' in html
    assert 'method="post"' in html
    assert "mailto:" not in html


@pytest.mark.parametrize("removal", BOTH)
def test_the_page_speaks_both_languages_the_guests_first(
    pages: Pages, pledge: Pledge, removal: Removal
) -> None:
    html = pages.photo(pledge, removal).decode()

    assert html.index('<html lang="vi"') < html.index('lang="en"')
    assert "Your photo" in html
    assert words.translate("vi", "Your photo") in html


@pytest.mark.parametrize("removal", BOTH)
def test_the_page_carries_its_policy_with_the_hashes_of_what_it_runs(
    pages: Pages, pledge: Pledge, removal: Removal
) -> None:
    html = pages.photo(pledge, removal).decode()

    found = re.search(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">', html
    )
    assert found, "a page in a bucket has no header but this"
    policy = found[1].replace("&#39;", "'")
    assert policy == pages.policy
    assert html.index(found[0]) < html.index("<style>")


@pytest.mark.parametrize("tag", ["script", "style"])
def test_the_policy_names_the_bytes_a_browser_hashes(
    pages: Pages, pledge: Pledge, tag: str
) -> None:
    for html in (pages.photo(pledge, "mail"), pages.soon(), pages.removed()):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html.decode(), re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in pages.policy
    assert "unsafe" not in pages.policy


def test_the_page_finds_its_pictures_beside_itself(
    pages: Pages, pledge: Pledge
) -> None:
    html = pages.photo(pledge, "mail").decode()

    assert f'src="../card/{pledge.token}.jpg"' in html
    assert f'srcset="../card/{pledge.token}.webp"' in html
    asked = re.findall(r'(?:src|srcset|href|action)="(\w+:|//)', html)
    assert set(asked) <= {"tel:", "mailto:", "data:"}


def test_the_page_promises_no_day_while_nothing_deletes_it(
    pages: Pages, pledge: Pledge
) -> None:
    html = pages.photo(pledge, "mail").decode()

    assert "It deletes itself on" not in html


def test_pages_that_show_nobody_say_nothing_of_anybody(
    pages: Pages, pledge: Pledge
) -> None:
    for html in (pages.soon().decode(), pages.removed().decode()):
        assert pledge.token not in html
        assert pledge.code not in html
        assert EVENT.helpline.number in html
    assert pages.soon() == pages.soon()


def test_every_page_asks_not_to_be_found(pages: Pages, pledge: Pledge) -> None:
    for html in (pages.photo(pledge, "mail"), pages.soon(), pages.removed()):
        assert b'<meta name="robots" content="noindex">' in html
        assert b'<meta name="referrer" content="no-referrer">' in html
