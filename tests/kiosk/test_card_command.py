"""`python -m kiosk card`: what a template's maker sees and is told."""

from pathlib import Path
from shutil import copytree

import pytest
from PIL import Image

from kiosk.layout import TEMPLATES, Format
from tests.kiosk.stamp.pictures import codes, frame, pixels
from tests.kiosk.test_main import kiosk


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Give a photo in a folder with a space."""
    folder = tmp_path / "my photos"
    folder.mkdir()
    Image.fromarray(frame()[..., ::-1]).save(folder / "one.jpg", quality=90)
    return folder / "one.jpg"


@pytest.mark.parametrize("format_", Format)
def test_it_draws_a_card_of_a_photo(
    photo: Path, tmp_path: Path, format_: Format
) -> None:
    out = tmp_path / "card.jpg"
    asked = ("--template", "night", "--format", format_, "--out", out)

    done = kiosk("card", photo, "--text", "Mình hứa 👋", *asked)

    width, height = map(int, format_.split("x"))
    card = pixels(out.read_bytes())
    assert (done.returncode, done.stderr) == (0, "")
    assert card.shape[1] * height == card.shape[0] * width
    assert codes(card)[0].endswith("/p/00000000000000000000")


def test_without_a_photo_it_draws_a_card_without_a_face(tmp_path: Path) -> None:
    out = tmp_path / "card.jpg"

    done = kiosk("card", "--colour", "sea", "--drawing", "lotus", "--out", out)

    assert done.returncode == 0
    assert pixels(out.read_bytes()).shape == (1600, 1280, 3)


def test_check_says_what_is_wrong_and_exits_1(tmp_path: Path) -> None:
    own = copytree(TEMPLATES / "band", tmp_path / "own")
    text = (own / "layout.toml").read_text()
    text = text.replace("side = 287", "side = 230, quiet = 2")
    text = text.replace('ink = "#1A0C2E"', 'ink = "#B07000"', 1)
    text = text.replace("largest = 92, grow = 448", "largest = 92")
    text = text.replace("837, 374]", "300, 200]")
    text = text.replace("[0, 1514, 1280, 86]", "[0, 1530, 1280, 86]")
    (own / "layout.toml").write_text(text)

    told = kiosk("card", "--template", own, "--check")
    mended = text.replace("[0, 1530, 1280, 86]", "[0, 1514, 1280, 86]")
    (own / "layout.toml").write_text(mended)
    then = kiosk("card", "--template", own, "--check")

    assert (told.returncode, then.returncode) == (1, 1)
    assert "logos = [0, 1530, 1280, 86] reaches outside" in told.stderr
    for line in ("quiet", "stands out", "pixels, less than 40"):
        assert line in then.stderr, line
    assert len(then.stderr.splitlines()) >= 3


def test_check_is_content_with_ours() -> None:
    done = kiosk("card", "--check")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "band 4x5: no faults.\n"


def test_a_photo_is_never_replaced_by_its_card(photo: Path) -> None:
    before = photo.read_bytes()

    done = kiosk("card", photo, "--out", photo.parent / ".." / photo.parent / photo)

    assert done.returncode == 2
    assert "replace the photo" in done.stderr
    assert photo.read_bytes() == before


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("nowhere.jpg", "--out", "{out}"), "there is no such file"),
        (("README.md", "--out", "{out}"), "damaged, or is none"),
        (("--text", "한", "--template", "nine", "--out", "{out}"), "cards"),
        (("--text", "\ue000", "--out", "{out}"), "cannot be printed"),
        (("--text", "a" * 121, "--out", "{out}"), "at most 120"),
        (("--out", "/no/where/card.jpg"), "No such file"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_one_line(
    tmp_path: Path, asked: tuple[str, ...], said: str
) -> None:
    done = kiosk("card", *(each.format(out=tmp_path / "a.jpg") for each in asked))

    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "a.jpg").exists()


def test_without_out_or_check_it_says_how_it_is_used() -> None:
    done = kiosk("card")

    assert done.returncode == 2
    assert "--out" in done.stderr
