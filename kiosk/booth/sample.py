"""A card drawn at a desk, not at the booth: for whoever makes a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import stamp, words
from kiosk.booth import cards, drafts
from kiosk.config import Config, ConfigError
from kiosk.event import Event
from kiosk.layout import Format, Layout, load_layout, template
from kiosk.places import misplaced

CODE = "2345"  # after the booth's prefix; no booth gives it to a guest's eyes alone
LONGEST_ADDRESS = "https://" + "a" * 23 + ".example"  # as long as one may be
NOBODYS = "0" * 20  # a token that opens nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What somebody wants to see on a card: without a photo, colour and drawing."""

    words: str
    layout: Layout
    photo: Path | None
    colour: str
    drawing: str


def layout_of(event: Event, name: str | None, format_: Format | None) -> Layout:
    """Return the event's layout, or another of its templates, formats, or a folder's.

    Raises:
        ConfigError: there is no such template, or it cannot be used.
    """
    if name is None and format_ is None:
        return event.layout
    folder = template(name or event.card.template, event.folder)
    if name and Path(name).is_dir():
        folder = Path(name)
    return load_layout(folder, format_ or event.card.format)


def draw(sample: Sample, config: Config, event: Event) -> bytes:
    """Return the card's JPEG.

    Raises:
        WordsRefused: the words cannot be put on a card.
        PhotoRefused: the photo cannot.
        UnreadableCode: the code could not be read back.
        ConfigError: the layout has no place for something.
    """
    if wrong := misplaced(sample.layout):
        raise ConfigError("; ".join(wrong))
    # A huge photo is read before the fonts are: together they would fill the memory.
    frame = stamp.read_photo(sample.photo) if sample.photo else None
    overlay = stamp.prepare(_lettering(sample, config, event), sample.layout)
    if frame is None:
        return stamp.without_face(overlay, sample.colour, sample.drawing).card
    return stamp.stamp_again(frame, overlay).card


def look(sample: Sample, config: Config, event: Event) -> Sequence[str]:
    """Return a line for each thing on the card that could not be read."""
    return [*stamp.faults(_lettering(sample, config, event), sample.layout)]


def _lettering(sample: Sample, config: Config, event: Event) -> stamp.Lettering:
    language = event.languages[0]
    return stamp.Lettering(
        words=drafts.readable(sample.words),
        event_line=event.line,
        code=f"{config.booth.prefix} {CODE}",
        url=f"{config.server.public_url or LONGEST_ADDRESS}/p/{NOBODYS}",
        find=words.translate(language, cards.FIND),
        partners=(event.campaign.name[language], *event.partners),
        logos=event.logo_files,
    )
