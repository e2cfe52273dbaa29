import re

import pytest
from flask import Flask, url_for

from kiosk.web.assets import STATIC, version
from tests.kiosk.web.people import Device

NPM = [
    "npm/socket.io.esm.min.js",
    *(
        f"npm/fonts/be-vietnam-pro-{subset}-{weight}-normal.woff2"
        for subset in ("latin", "latin-ext", "vietnamese")
        for weight in ("500", "700")
    ),
    "npm/fonts/phudu-vietnamese-800-normal.woff2",
]
OURS = sorted(
    str(each.relative_to(STATIC)) for each in STATIC.rglob("*") if each.is_file()
)


@pytest.mark.parametrize("path", [*OURS, *NPM])
def test_an_asset_is_kept_for_ever_by_who_fetched_it(
    stranger: Device, path: str
) -> None:
    answer = stranger.get(f"/static/{version()}/{path}")

    assert answer.status_code == 200
    cached = answer.cache_control
    assert cached.immutable
    assert cached.max_age == 365 * 24 * 3600
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [
        ("css/kiosk.css", "text/css"),
        ("js/booth.js", "text/javascript"),
        ("art/mark.svg", "image/svg+xml"),
        ("npm/socket.io.esm.min.js", "text/javascript"),
        ("npm/fonts/be-vietnam-pro-vietnamese-500-normal.woff2", "font/woff2"),
    ],
)
def test_an_asset_says_what_it_is(here: Device, path: str, mimetype: str) -> None:
    assert here.get(f"/static/v/{path}").mimetype == mimetype


@pytest.mark.parametrize(
    "path",
    [
        "",
        "none.css",
        "css",
        "css/",
        "../kiosk/web/assets.py",
        "%2e%2e/kiosk/web/assets.py",
        "css/../../config.toml",
        "css/%2e%2e/%2e%2e/config.toml",
        "..%2fconfig.toml",
        "%2fetc/passwd",
        "//etc/passwd",
        "css%5c..%5c..%5cconfig.toml",
        "%00",
        "css/kiosk.css%00.png",
        "npm/",
        "npm/axe-core/axe.min.js",
        "npm/socket.io-client/package.json",
        "npm/../css/kiosk.css",
        "npm/%2e%2e/%2e%2e/config.toml",
        "npm/fonts/../../../config.toml",
        "npm/fonts/be-vietnam-pro-latin-100-normal.woff2",
        "x" * 200,
        "x" * 300,
        "x/" * 3000,
        "%ff%fe",
    ],
)
def test_nothing_but_assets_is_sent(stranger: Device, path: str) -> None:
    answer = stranger.get(f"/static/v/{path}")

    assert answer.status_code in (308, 404)
    assert b"[server]" not in answer.data
    assert b"root:" not in answer.data


def test_an_asset_has_one_address_that_names_its_version(app: Flask) -> None:
    with app.test_request_context():
        there = url_for("asset", path="css/kiosk.css")

    assert there == f"/static/{version()}/css/kiosk.css"
    assert re.fullmatch(r"[0-9a-f]{12}", version())


STAFF = ["/", "/wall", "/moderation", "/moderation/practice"]


@pytest.mark.parametrize("page", STAFF)
def test_every_asset_a_page_names_is_there(volunteer: Device, page: str) -> None:
    html = volunteer.get(page, {"Accept": "text/html"}).text
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)

    assert named
    assert {volunteer.get(each).status_code for each in set(named)} == {200}


@pytest.mark.parametrize("page", [*STAFF, "/nowhere"])
def test_no_page_holds_a_script_or_style_of_its_own(
    volunteer: Device, page: str
) -> None:
    html = volunteer.get(page, {"Accept": "text/html"}).text

    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'\s(?:style|on[a-z]+)="', html)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
