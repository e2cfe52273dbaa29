"""One event: what it is called, what its booths say, and whom to call."""

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta, Struct, structs

from kiosk import toml
from kiosk.artwork import A_PICTURE, is_picture
from kiosk.flags import Lists, load_lists
from kiosk.layout import Format, Layout, load_layout, template
from kiosk.places import misplaced
from kiosk.practice import Case, Practice
from kiosk.toml import Place

CATALOGUES = Path(__file__).parent / "locale"
"""A folder for each language but English, which the code itself is written in."""

OURS = Path(__file__).parent.parent / "static" / "art" / "campaign.svg"
"""The large picture of a campaign that brings none."""

Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z",
        description="1 to 40 small letters, digits and hyphens",
    ),
]
Line = Annotated[
    str,
    Meta(
        pattern=r"^\S(?:[^\x00-\x1f]{0,78}\S)?\Z",
        description="one line of 1 to 80 characters",
    ),
]
Words = dict[str, Line]
"""The same words in each language of the event, by language: vi, en."""
Telephone = Annotated[
    str,
    Meta(
        pattern=r"^(?:\+?[0-9](?:[0-9 ]{0,18}[0-9])?)?\Z",
        description="a telephone number, or an empty text while it is not known",
    ),
]
Mail = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,}\Z",
        description="a mail address such as campaign@example.org",
    ),
]
Page = Annotated[
    str,
    Meta(
        pattern=r"^https?://[^\s@]{1,190}\Z",
        description="the address of a page, with http:// or https://",
    ),
]
Day = Annotated[
    str,
    Meta(
        pattern=r"^(?:[0-9]{4}(?:-[0-9]{2}-[0-9]{2})?)?\Z",
        description="a year or a day, 2012 or 2024-08-02, in quotes",
    ),
]
Languages = Annotated[
    tuple[Annotated[str, Meta(pattern=r"^[a-z]{2,3}\Z")], ...],
    Meta(min_length=1, description='languages by their code, such as ["vi", "en"]'),
]


Partners = Annotated[
    tuple[Line, ...], Meta(max_length=3, description="at most three names in a list")
]


Logos = Annotated[
    tuple[
        Annotated[str, Meta(pattern=r"^(?:[\w-]+/)*[\w-]+\.png\Z", max_length=200)], ...
    ],
    Meta(max_length=3, description='at most three files such as "logos/un.png"'),
]


Picture = Annotated[
    str,
    Meta(
        pattern=r"^(?:(?:[\w-]+/)*[\w-]+\.png)?\Z",
        max_length=200,
        description='a file such as "picture.png", or an empty text for ours',
    ),
]


class Helpline(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whom a guest can call who needs someone to talk to."""

    number: Annotated[
        str, Meta(pattern=r"^\+?[0-9][0-9 ]{1,18}\Z", description="a telephone number")
    ]
    country: Annotated[
        str, Meta(pattern=r"^[A-Z]{2}\Z", description='two capitals, such as "VN"')
    ]
    note: Words


class Safeguarding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who at the event is told when a pledge may be a cry for help."""

    lead: Annotated[
        str,
        Meta(max_length=80, description="a name, or an empty text while it is open"),
    ] = ""
    phone: Telephone = ""

    @property
    def is_named(self) -> bool:
        """Tell whether volunteers have somebody to call."""
        return bool(self.lead and self.phone)


class Campaign(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose promise wall it is, and who answers a guest afterwards."""

    name: Words
    email: Mail
    url: Page
    picture: Picture = ""


class Suggestion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pledge that a guest can choose with one touch."""

    theme: Slug
    words: Words


class Fact(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the booth may say, with who says so and since when."""

    words: dict[str, Annotated[str, Meta(min_length=1, max_length=240)]]
    source: Annotated[str, Meta(max_length=240)] = ""
    date: Day = ""
    review_by: Day = ""

    @property
    def dated(self) -> str:
        """Write its date as cards write theirs: 02.08.2024, or the year alone."""
        return ".".join(reversed(self.date.split("-")))

    @property
    def may_be_shown(self) -> bool:
        """Tell whether the fact carries both its source and its date."""
        return bool(self.source and self.date)


class Card(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the event's cards look: a template's name, and one of its formats."""

    template: Annotated[
        str,
        Meta(pattern=r"^[\w-]{1,40}\Z", description='a folder\'s name, such as "band"'),
    ] = "band"
    format: Annotated[
        Format, Meta(description=" or ".join(f'"{each}"' for each in Format))
    ] = Format.TALL


class _Night(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What event.toml says; the files beside it say the rest."""

    slug: Slug
    name: Line
    date: datetime.date
    place: Line
    languages: Languages
    consent_version: Slug
    helpline: Helpline
    safeguarding: Safeguarding
    campaign: Campaign
    card: Card = Card()
    partners: Partners = ()
    logos: Logos = ()


class Event(_Night, frozen=True, kw_only=True):
    """The night: its name, people, languages, pledges, facts, lists, and its folder."""

    folder: Path
    layout: Layout
    pledges: tuple[Suggestion, ...]
    facts: tuple[Fact, ...]
    lists: Lists
    practice: tuple[Case, ...] = ()

    @property
    def logo_files(self) -> tuple[Path, ...]:
        """Where the logos are that stand at the foot of every card."""
        return tuple(self.folder / each for each in self.logos)

    @property
    def picture(self) -> Path:
        """Where the large picture is whose tiles are the photos of the wall."""
        return self.folder / self.campaign.picture if self.campaign.picture else OURS

    @property
    def line(self) -> str:
        """Write the event as it stands on every card."""
        return f"{self.name} · {self.date:%d.%m.%Y}"


class _Pledges(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pledge: Annotated[
        tuple[Suggestion, ...],
        Meta(min_length=1, max_length=6, description="1 to 6 sections [[pledge]]"),
    ]


class _Facts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    fact: tuple[Fact, ...] = ()


def load_event(folder: Path) -> Event:
    """Read an event's folder: pledges, facts, flags and, if there, practice.

    Facts without both a source and a date are left out.

    Raises:
        ConfigError: one line that names the file, the key and what is expected.
    """
    night = toml.read(folder / "event.toml", _Night)
    _check_languages(night)
    _check_logos(folder, night)
    _check_picture(folder, night.campaign)
    pledges = toml.read(folder / "pledges.toml", _Pledges).pledge
    _check_words("pledges.toml", "pledge", pledges, night)
    facts = toml.read(folder / "facts.toml", _Facts).fact
    _check_words("facts.toml", "fact", facts, night)
    return Event(
        **structs.asdict(night),
        folder=folder,
        layout=_layout(folder, night.card),
        pledges=pledges,
        facts=tuple(fact for fact in facts if fact.may_be_shown),
        lists=load_lists(folder, night.languages, _known_numbers(night)),
        practice=_practice(folder, night),
    )


def _known_numbers(night: _Night) -> Iterable[str]:
    """Return the numbers that a promise may name."""
    return (night.helpline.number, *filter(None, [night.safeguarding.phone]))


def _practice(folder: Path, night: _Night) -> tuple[Case, ...]:
    """Read what volunteers practise on, where the folder brings it."""
    if not (folder / "practice.toml").exists():
        return ()
    cases = toml.read(folder / "practice.toml", Practice).case
    for number, case in enumerate(cases, 1):
        place = Place("practice.toml", f"case {number}")
        _check_each(place, "words", case.words, night)
        _check_each(place, "why", case.why, night)
        if not case.can_be_answered:
            wish = "withdraw or restore for a request, else approved, private, removed"
            raise toml.refuse(place, "answer", case.answer, wish)
    return cases


def _layout(folder: Path, card: Card) -> Layout:
    """Read the template that the cards are drawn by."""
    place = Place("event.toml", "card")
    found = template(card.template, folder)
    if not found.is_dir():
        wish = f"a folder in {folder.name}/cards or templates/cards"
        raise toml.refuse(place, "template", card.template, wish)
    layout = load_layout(found, card.format)
    if wrong := misplaced(layout):
        raise toml.ConfigError(f"{found / 'layout.toml'}: {wrong[0]}.")
    return layout


def _check_languages(night: _Night) -> None:
    known = {"en", *(path.name for path in CATALOGUES.iterdir() if path.is_dir())}
    place = Place("event.toml")
    if not known.issuperset(night.languages):
        wish = f"languages of kiosk/locale: {', '.join(sorted(known))}"
        raise toml.refuse(place, "languages", night.languages, wish)
    _check_each(place.inside("helpline"), "note", night.helpline.note, night)
    _check_each(place.inside("campaign"), "name", night.campaign.name, night)


def _check_logos(folder: Path, night: _Night) -> None:
    for name in night.logos:
        if not is_picture(folder / name):
            raise toml.refuse(Place("event.toml"), "logos", name, A_PICTURE)


def _check_picture(folder: Path, campaign: Campaign) -> None:
    if campaign.picture and not is_picture(folder / campaign.picture):
        place = Place("event.toml", "campaign")
        raise toml.refuse(place, "picture", campaign.picture, A_PICTURE)


def _check_words(
    file: str, section: str, blocks: Iterable[Suggestion | Fact], night: _Night
) -> None:
    for number, block in enumerate(blocks, 1):
        place = Place(file, f"{section} {number}")
        _check_each(place, "words", block.words, night)


def _check_each(
    place: Place, key: str, words: Mapping[str, str], night: _Night
) -> None:
    missing = [each for each in night.languages if each not in words]
    if missing:
        wish = f"the same in every language of the event, {missing[0]} too"
        raise toml.refuse(place, key, words, wish)
