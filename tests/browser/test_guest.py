"""What a guest may do to the booth, and what may happen to it meanwhile."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import PORTRAIT, page_of
from tests.browser.steps import (
    EN,
    VI,
    agreed,
    kept,
    preview_moves,
    screen,
    tap,
    up_to_consent,
)
from tests.kiosk.stamp.pictures import TALL
from tests.lens import Lens, Mode
from tests.ports import free_ports
from tests.served import Served, fetch
from tests.waiting import eventually

CODE = re.compile(r"\bHN [0-9A-Z]{4}\b")
COUNTDOWN = 3_100  # milliseconds
HIDDEN = 20_500  # milliseconds until the code hides, and again until the start
SILENCE = 40_500  # milliseconds without a touch


@pytest.fixture(scope="module")
def camera() -> Iterator[Lens]:
    """Stream a photograph, small and slow enough for a busy machine."""
    with Lens(640, 360, 10) as opened:
        yield opened


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory, camera: Lens) -> Iterator[Served]:
    """Serve one booth for all these guests."""
    with Served(tmp_path_factory.mktemp("guests"), camera=camera.url) as opened:
        yield opened


@pytest.fixture
def lens(camera: Lens, booth: Served) -> Lens:
    """Give the camera back to a guest in good health."""
    camera.mode("ok")
    eventually(lambda: json.loads(booth.get("/booth/camera")[1])["is_live"])
    return camera


@pytest.fixture
def guest(browser: Browser, booth: Served, lens: Lens) -> Page:
    """Put a guest before the booth, on a clock that a test may hurry on."""
    page = page_of(browser, PORTRAIT)
    page.clock.install()
    page.goto(booth.url)
    return page


def test_a_card_without_a_face_is_drawn_as_it_is_chosen(guest: Page) -> None:
    up_to_consent(guest, VI)
    tap(guest, VI.colour_card)
    card = screen(guest, "noface").locator('[data-from="sketch"]')
    expect(card).not_to_have_js_property("naturalWidth", 0)
    first = card.get_attribute("src")

    screen(guest, "noface").get_by_role("radio", name="bông sen").tap()

    expect(card).not_to_have_attribute("src", first or "")
    expect(card).to_have_js_property("naturalWidth", TALL.plan.size[0] // 2)


def test_another_language_keeps_every_choice(guest: Page) -> None:
    up_to_consent(guest, VI)

    shown(guest, '[data-language="en"]').tap()

    ticked = guest.get_by_role("checkbox", name=EN.wall)
    expect(ticked).to_have_attribute("aria-checked", "true")
    tap(guest, EN.colour_card)
    expect(guest.locator(".noface .card__words")).to_have_text(EN.pledge)
    tap(guest, "Back")
    tap(guest, "Back")
    chosen = screen(guest, "people").locator('[aria-checked="true"]')
    expect(chosen).to_have_count(2)


def test_own_words_stay_as_written_in_another_language(guest: Page) -> None:
    tap(guest, VI.start)
    shown(guest, '[data-do="write"]').tap()
    guest.get_by_role("textbox").fill("Mình sẽ kể cho em nghe")

    shown(guest, '[data-language="en"]').tap()

    expect(guest.get_by_role("textbox")).to_have_value("Mình sẽ kể cho em nghe")
    expect(guest.get_by_role("heading", name="In your words")).to_be_visible()


def test_a_double_tap_on_start_chooses_no_pledge(guest: Page) -> None:
    sun = guest.locator(".sun:visible")

    tap_twice(guest, sun)

    screen(guest, "pledge")
    expect(guest.locator("booth-screen")).not_to_have_attribute(
        "data-settling", "pledge"
    )
    screen(guest, "pledge")


def test_a_double_tap_on_agree_opens_one_visit(guest: Page) -> None:
    posts = posts_of(guest)
    up_to_consent(guest, VI)

    tap_twice(guest, shown(guest, '[data-do="agree"]'))

    screen(guest, "camera")
    preview_moves(guest)
    assert sum(each.endswith("/visits") for each in posts) == 1


def test_a_double_tap_on_keep_keeps_one_photo(guest: Page, booth: Served) -> None:
    posts = posts_of(guest)
    photographed(guest)
    before = len(cards(booth))

    tap_twice(guest, shown(guest, '[data-do="keep"]'))

    screen(guest, "done")
    assert sum(each.endswith("/keep") for each in posts) == 1
    assert len(cards(booth)) == before + 1


def test_a_reload_forgets_the_guest_and_ends_the_visit(
    guest: Page, booth: Served
) -> None:
    write(guest, "Điều riêng của mình 4711")
    agreed_after_words(guest)
    preview_moves(guest)
    mirror = str(guest.locator("img[data-from=preview]").get_attribute("src"))

    guest.reload()

    screen(guest, "attract")
    assert "4711" not in everything_on(guest)
    eventually(lambda: fetch(f"{booth.url}{mirror}")[0] == 410)


def test_a_guest_who_walks_away_is_forgotten(guest: Page, booth: Served) -> None:
    write(guest, "Điều riêng của mình 4712")
    agreed_after_words(guest)
    preview_moves(guest)
    mirror = str(guest.locator("img[data-from=preview]").get_attribute("src"))

    guest.clock.fast_forward(SILENCE)
    screen(guest, "still")
    guest.clock.fast_forward(HIDDEN)

    screen(guest, "attract")
    assert "4712" not in everything_on(guest)
    eventually(lambda: fetch(f"{booth.url}{mirror}")[0] == 410)


def test_a_camera_lost_in_the_countdown_keeps_the_words_for_a_colour_card(
    guest: Page, booth: Served, lens: Lens
) -> None:
    write(guest, "Mình sẽ không quên 4713")
    agreed_after_words(guest)
    preview_moves(guest)
    tap(guest, VI.take)
    lens.mode("gone")

    screen(guest, "fault")
    shown(guest, '[data-do="hide_face"]').tap()
    expect(guest.locator(".noface .card__words")).to_have_text(
        "Mình sẽ không quên 4713"
    )
    tap(guest, VI.keep_card)

    screen(guest, "done")
    assert newest(booth)["words"] == "Mình sẽ không quên 4713"
    assert newest(booth)["has_face"] is False


def test_a_camera_that_is_back_takes_the_guest_back_to_it(
    guest: Page, lens: Lens
) -> None:
    agreed(guest, VI)
    preview_moves(guest)
    lens.mode("gone")
    screen(guest, "fault")

    lens.mode("ok")

    screen(guest, "camera")
    taken(guest)


def test_without_any_camera_a_guest_still_gets_a_card(
    browser: Browser, tmp_path: Path
) -> None:
    nobody = f"http://127.0.0.1:{free_ports(1)[0]}/video"
    with Served(tmp_path, camera=nobody) as booth:
        guest = page_of(browser, PORTRAIT)
        guest.goto(booth.url)
        up_to_consent(guest, VI)
        tap(guest, VI.agree)

        screen(guest, "fault")
        shown(guest, '[data-do="hide_face"]').tap()
        tap(guest, VI.keep_card)

        screen(guest, "done")
        assert newest(booth)["has_face"] is False


def test_a_photo_may_be_taken_again_twice_and_no_more(guest: Page) -> None:
    photographed(guest)
    for _ in range(2):
        shown(guest, '[data-do="retake"]').tap()
        expect(screen(guest, "camera").locator(".ring b")).to_have_text("3")
        taken(guest)

    expect(guest.locator('[data-do="retake"]')).to_be_hidden()
    expect(shown(guest, '[data-do="keep"]')).to_be_enabled()


@pytest.mark.parametrize(
    ("mode", "said"),
    [
        ("blurred", "Ảnh hơi nhoè. Bạn chụp lại nhé?"),
        ("dark", "Ảnh tối quá. Bạn chụp lại nhé?"),
    ],
)
def test_a_photo_that_will_not_do_is_told_before_the_choice_and_may_be_kept(
    guest: Page, booth: Served, lens: Lens, mode: Mode, said: str
) -> None:
    agreed(guest, VI)
    lens.mode(mode)
    taken(guest)

    expect(told(guest)).to_have_text(said, use_inner_text=True)
    expect(shown(guest, ".keep h1")).to_have_accessible_description(said)
    assert leading(guest) == [first_stop(guest)] == ["retake"]
    kept(guest, VI)
    assert newest(booth)["has_face"] is True


def test_a_good_photo_is_not_complained_about(guest: Page) -> None:
    photographed(guest)

    expect(told(guest)).to_have_count(0)
    title = shown(guest, ".keep h1")
    expect(title).to_have_accessible_description(re.compile("^Mã của bạn"))
    assert leading(guest) == [first_stop(guest)] == ["keep"]


def test_a_fault_is_said_in_the_language_the_guest_turns_to(
    guest: Page, lens: Lens
) -> None:
    agreed(guest, VI)
    lens.mode("blurred")
    taken(guest)

    shown(guest, '[data-language="en"]').tap()

    expect(told(guest)).to_have_text(
        "A little blurred. Take another?", use_inner_text=True
    )
    assert leading(guest) == ["retake"]


def test_the_next_photo_clears_a_fault_and_the_last_one_leads_to_keep(
    guest: Page, lens: Lens
) -> None:
    agreed(guest, VI)
    lens.mode("blurred")
    taken(guest)
    lens.mode("ok")
    retaken(guest)
    expect(told(guest)).to_have_count(0)
    lens.mode("dark")
    retaken(guest)

    expect(told(guest)).to_have_text(
        "Ảnh tối quá. Bạn vẫn giữ được.", use_inner_text=True
    )
    assert leading(guest) == ["keep"]


def test_a_guest_who_is_done_takes_the_code_along(guest: Page, booth: Served) -> None:
    photographed(guest)
    kept(guest, VI)
    code = str(guest.locator('[data-from="qr"]').get_attribute("src"))
    assert booth.get(code)[0] == 200

    tap(guest, VI.finish)

    screen(guest, "attract")
    eventually(lambda: booth.get(code)[0] == 410)


def test_words_edited_at_keep_are_put_on_the_same_photo(
    guest: Page, booth: Served
) -> None:
    photographed(guest)
    before = drafted(guest)
    shown(guest, '[data-do="write"]').tap()
    expect(guest.get_by_role("textbox")).to_have_value(re.compile(VI.pledge))
    guest.get_by_role("textbox").fill("Mình đã đổi ý, và hứa điều này")
    shown(guest, '[data-do="written"]').tap()
    screen(guest, "keep")

    after = drafted(guest)
    assert np.abs(before[:500] - after[:500]).mean() < 1.0
    assert np.abs(before[-250:] - after[-250:]).mean() > 5.0
    kept(guest, VI)
    assert newest(booth)["words"] == "Mình đã đổi ý, và hứa điều này"
    assert newest(booth)["theme"] is None


@pytest.mark.parametrize(
    ("age", "before"), [("7-15", '[data-go="child"]'), ("0-6", '[data-do="parent"]')]
)
def test_a_child_gets_a_card_and_no_camera_looks(
    guest: Page, booth: Served, age: str, before: str
) -> None:
    asked: list[str] = []
    guest.on("request", lambda request: asked.append(request.url))
    tap(guest, VI.start)
    tap(guest, VI.pledge)
    of_age(guest, age)
    expect(screen(guest, {"7-15": "lane", "0-6": "parent"}[age])).to_be_visible()
    shown(guest, before).tap()
    expect(screen(guest, "child").get_by_role("checkbox")).to_have_count(0)
    shown(guest, '[data-do="hide_face"]').tap()
    tap(guest, VI.keep_card)
    screen(guest, "done")

    assert not [each for each in asked if "preview" in each or "pose" in each]
    kept_one = newest(booth)
    assert kept_one["has_face"] is False
    assert kept_one["consent"]["scopes"] == []
    assert kept_one["consent"]["guardian"] is (age == "0-6")


def test_under_seven_there_is_no_way_on_without_a_parent(
    guest: Page, booth: Served
) -> None:
    before = len(cards(booth))
    tap(guest, VI.start)
    tap(guest, VI.pledge)
    of_age(guest, "0-6")
    shown(guest, '[data-screen="parent"] [data-do="restart"]').tap()

    screen(guest, "attract")
    assert len(cards(booth)) == before


def test_the_code_hides_and_the_booth_is_ready_for_the_next_guest(guest: Page) -> None:
    photographed(guest)
    code = kept(guest, VI)
    expect(guest.locator('img[data-from="qr"]')).to_be_visible()

    guest.clock.fast_forward(HIDDEN)
    expect(guest.locator(".ticket__cover")).to_be_visible()
    expect(guest.locator('img[data-from="qr"]')).to_be_hidden()
    expect(guest.get_by_text(code)).to_be_hidden()
    guest.clock.fast_forward(HIDDEN)

    screen(guest, "attract")
    assert code not in everything_on(guest)
    expect(guest.locator('main img[src*="/visits/"]')).to_have_count(0)


def test_a_touch_uncovers_the_code_for_another_while(guest: Page) -> None:
    photographed(guest)
    code = kept(guest, VI)
    guest.clock.fast_forward(HIDDEN)

    shown(guest, '[data-do="reveal"]').tap()

    expect(guest.get_by_text(code)).to_be_visible()
    expect(guest.locator('img[data-from="qr"]')).to_be_visible()


def test_no_code_is_anywhere_before_keep(guest: Page) -> None:
    asked: list[str] = []
    guest.on("request", lambda request: asked.append(request.url))

    photographed(guest)

    assert not CODE.search(everything_on(guest))
    assert not [each for each in asked if "qr" in each or "card.jpg" in each]
    assert not zxingcpp.read_barcodes(drafted(guest).astype(np.uint8))
    expect(guest.locator('img[data-from="qr"][src]')).to_have_count(0)


def test_a_whole_visit_leaves_the_console_clean(guest: Page) -> None:
    said: list[str] = []
    guest.on("console", lambda line: said.append(line.text))
    guest.on("pageerror", lambda error: said.append(str(error)))

    photographed(guest)
    kept(guest, VI)
    tap(guest, VI.finish)

    screen(guest, "attract")
    assert said == []


def photographed(guest: Page) -> None:
    """Go to the draft of a photo, without waiting for the countdown."""
    agreed(guest, VI)
    taken(guest)


def taken(guest: Page) -> None:
    """Have the photo taken, at once."""
    preview_moves(guest)
    tap(guest, VI.take)
    expect(guest.get_by_role("timer")).to_have_text("3")
    guest.clock.fast_forward(COUNTDOWN)
    screen(guest, "keep")


def retaken(guest: Page) -> None:
    """Have the photo taken again."""
    shown(guest, '[data-do="retake"]').tap()
    screen(guest, "camera")
    taken(guest)


def told(guest: Page) -> Locator:
    """Find what is said against the photo."""
    return shown(guest, ".keep__fault")


def first_stop(guest: Page) -> str:
    """Return the verb that a keyboard or a screen reader comes to first."""
    guest.locator(".keep h1").focus()
    guest.keyboard.press("Tab")
    return str(guest.evaluate("document.activeElement.dataset.do"))


def leading(guest: Page) -> list[str]:
    """Return which verbs of the keep screen stand in the one colour that leads."""
    return [
        str(each)
        for each in guest.locator(".keep__do button:visible").evaluate_all(
            """all => all.filter((each) => {
              const accent = getComputedStyle(each).getPropertyValue("--band").trim()
              const probe = each.appendChild(document.createElement("i"))
              probe.style.color = accent
              const { color } = getComputedStyle(probe)
              probe.remove()
              each.getAnimations().forEach((change) => change.finish())
              return getComputedStyle(each).backgroundColor === color
            }).map((each) => each.dataset.do)"""
        )
    ]


def write(guest: Page, words: str) -> None:
    """Write a promise of one's own."""
    tap(guest, VI.start)
    shown(guest, '[data-do="write"]').tap()
    guest.get_by_role("textbox").fill(words)
    shown(guest, '[data-do="written"]').tap()


def agreed_after_words(guest: Page) -> None:
    """Go on from one's own words to the camera."""
    of_age(guest, "18+")
    screen(guest, "consent")
    tap(guest, VI.agree)
    screen(guest, "camera")


def of_age(guest: Page, age: str) -> None:
    """Say that one person is there, and of what age."""
    people = screen(guest, "people")
    people.get_by_role("radio", name="1", exact=True).tap()
    people.locator(f'[data-value="{age}"]').tap()
    tap(guest, VI.go_on)


def shown(guest: Page, selector: str) -> Locator:
    """Find what is shown of a selector."""
    return guest.locator(f"{selector}:visible")


def tap_twice(guest: Page, button: Locator) -> None:
    """Touch the same place twice, as fast as it goes, on a screen that listens."""
    expect(guest.locator("booth-screen[data-settling]")).to_have_count(0)
    box = button.bounding_box()
    assert box
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    guest.touchscreen.tap(*place)
    guest.touchscreen.tap(*place)


def posts_of(guest: Page) -> list[str]:
    """Collect the addresses of whatever the page posts from now on."""
    posts: list[str] = []
    guest.on(
        "request",
        lambda request: posts.append(request.url) if request.method == "POST" else None,
    )
    return posts


def everything_on(guest: Page) -> str:
    """Return all the page holds, what is typed and hidden included."""
    typed = guest.locator("textarea").evaluate_all("all => all.map(a => a.value)")
    return guest.content() + "".join(typed)


def drafted(guest: Page) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Fetch the draft that is shown, as pixels."""
    draft = guest.locator('img[data-from="draft"]')
    expect(draft).not_to_have_js_property("naturalWidth", 0)
    address = draft.evaluate("image => image.src")
    jpeg = np.frombuffer(fetch(str(address))[1], np.uint8)
    picture = cv2.imdecode(jpeg, cv2.IMREAD_COLOR)
    assert picture is not None
    return picture.astype(np.float64)


def cards(booth: Served) -> list[Path]:
    """Find every card in the album, oldest first."""
    return sorted((booth.data / "album").glob("*/*/card.jpg"))


def newest(booth: Served) -> dict[str, Any]:
    """Read what was kept last."""
    told: dict[str, Any] = json.loads(
        cards(booth)[-1].with_name("pledge.json").read_bytes()
    )
    return told
