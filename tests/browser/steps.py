"""What people do at the screens, by what they read there."""

import re
from dataclasses import dataclass

from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.web.current import COOKIE
from kiosk.web.roles import Role
from tests.browser.conftest import TABLET, page_of
from tests.served import Served

LOOK = 400  # milliseconds: longer than a card takes to settle


@dataclass(frozen=True)
class Says:
    """What the booth says in one language, where a guest touches."""

    start: str
    pledge: str
    adult: str
    go_on: str
    wall: str
    agree: str
    colour_card: str
    keep_card: str
    take: str
    keep: str
    done: str
    finish: str
    approve: str
    enter: str


VI = Says(
    start="Chạm để bắt đầu",
    pledge="Mình sẽ học cách nhận ra dấu hiệu",
    adult="Không, từ 18 trở lên",
    go_on="Tiếp tục",
    wall="Hiện trên màn hình lớn",
    agree="Đồng ý",
    colour_card="Không chụp mặt, mình làm thẻ màu",
    keep_card="Giữ thẻ",
    take="Chụp nào!",
    keep="Giữ ảnh này",
    done="Hứa rồi nhé!",
    finish="Xong rồi",
    approve="Duyệt lên màn hình",
    enter="Ghép máy",
)
EN = Says(
    start="Touch to start",
    pledge="I will learn to spot the signs",
    adult="No, all 18 or over",
    go_on="Next",
    wall="Show it on the wall",
    agree="I agree",
    colour_card="Without my face: a colour card",
    keep_card="Keep it",
    take="Take it!",
    keep="Keep this one",
    done="It’s a promise!",
    finish="I’m done",
    approve="Approve",
    enter="Pair",
)


def screen(page: Page, name: str) -> Locator:
    """Wait for a screen of the booth and return it."""
    found = page.locator(f'[data-screen="{name}"]:visible')
    expect(found).to_be_visible()
    return found


def tap(page: Page, name: str) -> None:
    """Touch the button that reads so."""
    page.get_by_role("button", name=re.compile(re.escape(name))).first.tap()


def up_to_consent(page: Page, says: Says) -> None:
    """Touch the way from the start to the question who may see the photo."""
    tap(page, says.start)
    screen(page, "pledge")
    tap(page, says.pledge)
    screen(page, "people").get_by_role("radio", name="1", exact=True).tap()
    page.get_by_role("radio", name=re.compile(says.adult)).tap()
    tap(page, says.go_on)
    screen(page, "consent").get_by_role(
        "checkbox", name=re.compile(re.escape(says.wall))
    ).tap()


def agreed(page: Page, says: Says) -> None:
    """Agree, and stand before the camera."""
    up_to_consent(page, says)
    tap(page, says.agree)
    screen(page, "camera")


def photographed(page: Page, says: Says) -> None:
    """Go to the draft of a photo."""
    agreed(page, says)
    preview_moves(page)
    tap(page, says.take)
    screen(page, "keep")


def kept(page: Page, says: Says) -> str:
    """Keep the draft and return the short code on the done screen."""
    tap(page, says.keep)
    return code_of(page)


def code_of(page: Page) -> str:
    """Return the short code that the done screen shows."""
    return screen(page, "done").locator(".ticket__code:visible").inner_text()


def preview_moves(page: Page) -> None:
    """Wait until the mirror shows a picture."""
    mirror = page.locator('[data-screen="camera"] img[data-from="preview"]')
    expect(mirror).not_to_have_js_property("naturalWidth", 0)


def let_in(page: Page, link: str, says: Says) -> None:
    """Spend a one-time link on this device."""
    page.goto(link)
    tap(page, says.enter)
    expect(page.locator("moderation-screen")).to_be_visible()


def signed_in(page: Page, url: str, pin: str) -> None:
    """Be a volunteer's paired device; the PIN would only wake one that sleeps."""
    paired(page, url, Role.VOLUNTEER)
    page.goto(f"{url}/moderation")
    expect(page.locator("moderation-screen:defined")).to_be_visible()


def looked_at(volunteer: Page) -> None:
    """Wait until the photo on the card has come, for as long as a look takes."""
    photo = volunteer.locator(".case:not([hidden]) .case__photo img")
    expect(photo).not_to_have_js_property("naturalWidth", 0)
    volunteer.wait_for_timeout(LOOK)


def a_volunteer(
    browser: Browser,
    served: Served,
    size: tuple[int, int] = TABLET,
    language: str = "vi",
) -> Page:
    """Wake a volunteer's device."""
    page = page_of(browser, size, language)
    signed_in(page, served.url, served.pin)
    return page


def asleep(page: Page, url: str) -> None:
    """Be a volunteer's paired device that sleeps."""
    paired(page, url, Role.ASLEEP)
    page.goto(f"{url}/moderation")
    expect(page.locator(".pad")).to_be_visible()


def paired(page: Page, url: str, role: Role) -> None:
    """Give a device the session of a pairing."""
    cookie = Served.at(url).session(role)
    page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": url}])
