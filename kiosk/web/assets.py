"""Scripts, styles and fonts: ours from static/, a short list from npm; immutable."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, abort, send_file
from flask.typing import ResponseReturnValue
from werkzeug.security import safe_join

ROOT = Path(__file__).parent.parent.parent
STATIC = ROOT / "static"
NPM = ROOT / "node_modules"
A_YEAR = 365 * 24 * 3600  # seconds

SCRIPTS: Mapping[str, str] = {
    "npm/socket.io.esm.min.js": "socket.io-client/dist/socket.io.esm.min.js",
}
FONTS: Mapping[str, tuple[str, ...]] = {
    "be-vietnam-pro": ("500", "700"),
    "phudu": ("800",),
}
EMOJI_PATH = "npm/fonts/noto-color-emoji.ttf"
EMOJI = "@expo-google-fonts/noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf"
SUBSETS = ("latin", "latin-ext", "vietnamese")


def init_app(app: Flask) -> None:
    """Let templates name an asset by its path alone: `url_for("asset", path=…)`."""
    app.add_url_rule("/static/<version>/<path:path>", "asset", asset)
    app.url_defaults(_add_version)


def asset(version: str, path: str) -> ResponseReturnValue:
    """Send one asset; its address changes with its content, so it is kept for ever."""
    del version
    file = _file(path)
    if file is None or not _is_there(file):
        abort(404)
    answer = send_file(file, max_age=A_YEAR)
    answer.cache_control.immutable = True
    return answer


def _is_there(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL, is no file's
        return False


def _add_version(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "asset":
        values["version"] = version()


@cache
def version() -> str:
    """Return a name for all assets together, new when one of them changes."""
    seen = sha256()
    for file in sorted([*STATIC.rglob("*.*"), *_taken().values()]):
        seen.update(f"{file.name}{file.stat().st_mtime_ns}".encode())
    return seen.hexdigest()[:12]


def _file(path: str) -> Path | None:
    if path.startswith("npm/"):
        return _taken().get(path)

    found = safe_join(str(STATIC), path)
    return Path(found) if found else None


@cache
def _taken() -> Mapping[str, Path]:
    fonts = {
        f"npm/fonts/{name}": f"@fontsource/{family}/files/{name}"
        for family, weights in FONTS.items()
        for name in (
            f"{family}-{subset}-{weight}-normal.woff2"
            for subset in SUBSETS
            for weight in weights
        )
    }
    return {
        path: NPM / inside
        for path, inside in {**SCRIPTS, **fonts, EMOJI_PATH: EMOJI}.items()
    }
