"""The event's folder: what guests read, in every language, or a refusal in one line."""

import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from kiosk import words
from kiosk.config import ROOT, ConfigError, Event, load_event
from kiosk.event import Fact
from kiosk.layout import TEMPLATES

Change = Callable[[str, str, str], Path]


@pytest.fixture
def event() -> Event:
    return load_event(ROOT / "event")


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Copy the event we ship and change one thing in one file."""

    def changed(file: str, old: str, new: str) -> Path:
        folder = shutil.copytree(ROOT / "event", tmp_path / "event")
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return changed


def refusal(folder: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        load_event(folder)
    return str(caught.value)


def test_a_card_names_the_event_and_its_day(event: Event) -> None:
    assert event.line == "Live in Hanoi · 26.05.2012"


def test_a_guest_chooses_from_six_pledges_in_vietnamese_and_english(
    event: Event,
) -> None:
    assert event.languages == ("vi", "en")
    themes = [pledge.theme for pledge in event.pledges]
    assert themes == ["learn", "check", "speak", "warn", "listen", "call"]
    assert event.pledges[5].words["en"] == "I will remember 111 and pass it on"


def test_every_pledge_fits_on_a_card_as_it_is_written(event: Event) -> None:
    for pledge in event.pledges:
        for said in pledge.words.values():
            assert words.clean(said) == said
            assert words.length(said) <= 80


def test_a_fact_without_source_and_date_is_not_shown(event: Event) -> None:
    assert len(event.facts) == 7
    assert all(fact.source and fact.date for fact in event.facts)
    assert "978" not in str(event.facts)


def test_the_helpline_is_viet_nams_and_promises_no_anonymity(event: Event) -> None:
    assert (event.helpline.number, event.helpline.country) == ("111", "VN")
    assert set(event.helpline.note) >= set(event.languages)


def test_the_event_we_ship_names_nobody_to_call_yet(event: Event) -> None:
    assert not event.safeguarding.is_named
    assert event.campaign.email.endswith("@example.org")


def test_an_event_with_a_lead_and_a_phone_has_somebody_to_call(change: Change) -> None:
    folder = change(
        "event.toml", 'lead = ""\nphone = ""', 'lead = "Chị Hà"\nphone = "+84 24 1234"'
    )

    assert load_event(folder).safeguarding.is_named


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("event.toml", 'slug = "live', 'slug = "Live', 'event.toml: slug = "Live-in-'),
        ("event.toml", "2012-05-26", '"26.5."', 'date = "26.5.": expected a date such'),
        (
            "event.toml",
            'name = "Live in Hanoi"',
            "",
            "event.toml: name is missing",
        ),
        ("event.toml", 'name = "Live', 'nmae = "Live', "nmae: nothing has that name"),
        ("event.toml", '["vi", "en"]', "[]", "languages = []: expected"),
        (
            "event.toml",
            '["vi", "en"]',
            '["vi", "xx"]',
            "languages of kiosk/locale",
        ),
        ("event.toml", '"111"', '"call us"', '[helpline] number = "call us"'),
        ("event.toml", 'country = "VN"', "", "[helpline] country is missing"),
        ("event.toml", 'note.vi = "', 'note.fr = "', "[helpline] note = {"),
        ("event.toml", "[safeguarding]", "[safegarding]", "mean safeguarding?"),
        ("event.toml", 'phone = ""', 'phone = "x"', '[safeguarding] phone = "x"'),
        ("event.toml", "removal@example.org", "nobody", '[campaign] email = "nobody"'),
        ("event.toml", "https://example.org", "example", '[campaign] url = "example"'),
        ("event.toml", "name.en", "name.es", "[campaign] name = {"),
        ("event.toml", '= "band"', '= "bnad"', '[card] template = "bnad": expected a'),
        (
            "event.toml",
            '= "band"',
            '= "../band"',
            '[card] template = "../band": expected',
        ),
        (
            "event.toml",
            '= "4x5"',
            '= "4x3"',
            '[card] format = "4x3": expected "16x9" or',
        ),
        (
            "pledges.toml",
            'theme = "speak"',
            "theme = 3",
            "[pledge 3] theme = 3: ",
        ),
        ("pledges.toml", "words.en", "words.es", "[pledge 1] words = {"),
        (
            "pledges.toml",
            'words.vi = "Mình',
            'word.vi = "Mình',
            "[pledge 1] word: ",
        ),
        ("pledges.toml", "[[pledge]]", "[[promise]]", "pledges.toml: promise: "),
        ("facts.toml", 'date = "2024', 'date = "in 2024', "[fact 1] date = "),
        ("facts.toml", "words.vi", "words.fr", "[fact 1] words = {"),
    ],
)
def test_a_wrong_line_is_refused_by_file_section_and_key(
    change: Change, file: str, old: str, new: str, said: str
) -> None:
    refused = refusal(change(file, old, new))

    assert refused.startswith(f"{file}: ")
    assert said in refused
    assert "\n" not in refused


def a_logo(folder: Path, width: int, height: int) -> None:
    """Put a round logo beside the event."""
    picture = np.zeros((height, width, 4), np.uint8)
    cv2.circle(picture, (width // 2, height // 2), height // 3, (0, 0, 255, 255), -1)
    assert cv2.imwrite(str(folder / "un.png"), picture)


def test_a_logo_is_a_file_beside_the_event(change: Change) -> None:
    folder = change("event.toml", "logos = []", 'logos = ["un.png"]')
    a_logo(folder, 400, 200)

    assert load_event(folder).logo_files == (folder / "un.png",)


@pytest.mark.parametrize("name", ["none.png", "../un.png", "/un.png", "un.svg"])
def test_a_logo_that_is_not_there_is_refused(change: Change, name: str) -> None:
    said = refusal(change("event.toml", "logos = []", f'logos = ["{name}"]'))

    assert said.startswith("event.toml: logos = ")
    assert "\n" not in said


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_a_logo_that_is_no_picture_is_refused(change: Change, data: bytes) -> None:
    folder = change("event.toml", "logos = []", 'logos = ["un.png"]')
    (folder / "un.png").write_bytes(data)

    assert "expected a PNG picture" in refusal(folder)


def test_a_logo_of_more_pixels_than_a_booth_can_hold_is_refused(
    change: Change,
) -> None:
    folder = change("event.toml", "logos = []", 'logos = ["un.png"]')
    a_logo(folder, 4001, 10)

    assert "at most 4000 pixels" in refusal(folder)


def test_a_seventh_pledge_does_not_fit_on_the_screen(change: Change) -> None:
    seventh = '[[pledge]]\ntheme = "more"\nwords.vi = "x"\nwords.en = "x"\n\n[[pledge]]'
    folder = change("pledges.toml", "[[pledge]]", seventh)

    assert "expected 1 to 6 sections [[pledge]]." in refusal(folder)


def test_a_template_that_reaches_outside_its_card_stops_the_start(
    change: Change,
) -> None:
    folder = change("event.toml", '= "band"', '= "own"')
    own = shutil.copytree(TEMPLATES / "band", folder / "cards" / "own")
    text = (own / "layout.toml").read_text()
    (own / "layout.toml").write_text(text.replace("[0, 1514,", "[8, 1514,"))

    with pytest.raises(ConfigError, match=r"logos = .* reaches outside"):
        load_event(folder)


@pytest.mark.parametrize("file", ["event.toml", "pledges.toml", "facts.toml"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    folder = shutil.copytree(ROOT / "event", tmp_path / "event")
    (folder / file).unlink()

    assert f"{file}: cannot be read: No such file" in refusal(folder)


def test_a_campaign_without_a_picture_gets_ours() -> None:
    assert load_event(ROOT / "event").picture.name == "campaign.svg"
    assert load_event(ROOT / "event").picture.is_file()


def test_a_campaign_brings_a_picture_of_its_own(change: Change) -> None:
    folder = change("event.toml", 'picture = ""', 'picture = "un.png"')
    a_logo(folder, 40, 16)

    assert load_event(folder).picture == folder / "un.png"


@pytest.mark.parametrize("name", ["all.jpg", "../all.png", "missing.png", "/all.png"])
def test_a_picture_that_cannot_be_drawn_stops_the_start(
    change: Change, name: str
) -> None:
    said = refusal(change("event.toml", 'picture = ""', f'picture = "{name}"'))

    assert said.startswith("event.toml: [campaign] picture = ")


@pytest.mark.parametrize(
    ("date", "written"), [("2024-08-02", "02.08.2024"), ("2012", "2012")]
)
def test_a_fact_is_dated_as_cards_are(date: str, written: str) -> None:
    fact = Fact(words={"en": "A fact."}, source="Somebody", date=date)

    assert fact.dated == written
