"""How a card is laid out: a template's folder, whose layout.toml a designer edits."""

from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, TypeAlias

from msgspec import Meta, Struct, field, structs

from kiosk import toml
from kiosk.artwork import A_PICTURE, is_font, is_picture
from kiosk.toml import Place

TEMPLATES = Path(__file__).parent.parent / "templates" / "cards"
"""The templates that come with the booth, a folder each."""

QUIET = 4  # modules of nothing that a code has around it (ISO/IEC 18004)


COLOURS = ("violet", "magenta", "sunrise", "sea", "night")
DRAWINGS = ("hands", "lotus", "lanterns", "sunrise")
"""What a card without a face can be made of."""

FAMILIES = ("Phudu", "Be Vietnam Pro")
"""The typefaces that come with the booth."""


class Format(StrEnum):
    """The shapes of a card, width by height."""

    WIDE = "16x9"
    CLASSIC = "3x2"
    TALL = "4x5"
    STORY = "9x16"


Box: TypeAlias = Annotated[
    tuple[int, int, int, int],
    Meta(description="four whole numbers: [left, top, width, height], in pixels"),
]
Colour = Annotated[
    str, Meta(pattern=r"^#[0-9A-Fa-f]{6}\Z", description='a colour such as "#FFC21F"')
]
Points = Annotated[int, Meta(ge=10, le=400, description="a size in pixels, 10 to 400")]
Length = Annotated[
    int, Meta(ge=0, le=2000, description="a length in pixels, 0 to 2000")
]
Side = Annotated[int, Meta(ge=320, le=4096)]
Size = Annotated[
    tuple[Side, Side],
    Meta(description="two whole numbers: [width, height], 320 to 4096 pixels"),
]
File = Annotated[
    str,
    Meta(
        pattern=r"^(?:[\w-]+/)*[\w-]+\.(?:png|ttf|otf)\Z",
        max_length=200,
        description="a PNG picture, or a TTF or OTF font, in the template's folder",
    ),
]


class Colours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the parts of a card are painted with."""

    ground: Colour
    ink: Colour
    strip: Colour
    strip_ink: Colour
    accent: Colour = "#FFC21F"
    plate: Colour = "#FFF7E8"
    plate_ink: Colour = "#1A0C2E"


class Fonts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Typefaces: a bundled family's name, or a file of the template's own."""

    poster: str = "Phudu"
    text: str = "Be Vietnam Pro"


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the guest's words are, and how far their room may grow into the photo."""

    box: Box
    largest: Annotated[
        int, Meta(ge=40, le=400, description="a size in pixels, 40 to 400")
    ] = 92
    grow: Length = 0


class Line(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of text: at the left of its box, made smaller where it is too wide."""

    box: Box
    size: Points


class EventLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The event's line: in its box, or `under` the words by so many pixels."""

    size: Points
    box: Box | None = None
    under: Length = 38


class Plate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The square that the code stands on; `quiet` is in modules."""

    left: int
    top: int
    side: Length
    radius: Length = 26
    quiet: Annotated[int, Meta(ge=0, le=10)] = QUIET

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.left, self.top, self.side, self.side


class Logos(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The strip with the names and logos of those who make the event."""

    box: Box
    size: Points = 30
    radius: Length = 0
    margin: Length = 56


class Plan(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where everything stands in one format, in pixels."""

    size: Size
    photo: Box
    words: Words
    event: EventLine
    plate: Plate
    code: Line
    logos: Logos
    find: Line | None = None
    frame: File = ""


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What layout.toml says."""

    colours: Colours
    fonts: Fonts = Fonts()
    logos: Annotated[
        tuple[File, ...], Meta(max_length=3, description="at most three PNG files")
    ] = ()
    wide: Plan | None = field(default=None, name="16x9")
    classic: Plan | None = field(default=None, name="3x2")
    tall: Plan | None = field(default=None, name="4x5")
    story: Plan | None = field(default=None, name="9x16")


class Layout(Struct, frozen=True, kw_only=True):
    """A template in one format: all that a card is drawn by but words and photo."""

    folder: Path
    format: Format
    plan: Plan
    colours: Colours
    fonts: Fonts
    logos: tuple[Path, ...]
    fingerprint: str

    @property
    def proportion(self) -> float:
        """How wide the photo is for its height."""
        return self.plan.photo[2] / self.plan.photo[3]


def template(name: str, event: Path) -> Path:
    """Find a template's folder: the event's own first, then one of ours."""
    own = event / "cards" / name
    return own if own.is_dir() else TEMPLATES / name


def load_layout(folder: Path, format_: Format) -> Layout:
    """Read a template in one format.

    Raises:
        ConfigError: one line that names the file, the key and what is expected.
    """
    path = folder / "layout.toml"
    file = toml.read(path, _File)
    plan: Plan | None = getattr(file, format_.name.lower())
    if plan is None:
        wish = f"expected a section [{format_.value}], or another format"
        raise toml.ConfigError(f"{path}: [{format_.value}] is missing: {wish}.")
    _check_files(folder, file, plan)
    return Layout(
        folder=folder,
        format=format_,
        plan=plan,
        colours=file.colours,
        fonts=file.fonts,
        logos=tuple(folder / each for each in file.logos),
        fingerprint=_fingerprint(folder, file, plan, format_),
    )


def _check_files(folder: Path, file: _File, plan: Plan) -> None:
    place = Place("layout.toml")
    if plan.frame and not is_picture(folder / plan.frame, plan.size):
        width, height = plan.size
        wish = f"a PNG picture as large as the card, {width} x {height} pixels"
        raise toml.refuse(place, "frame", plan.frame, wish)
    for logo in file.logos:
        if not is_picture(folder / logo):
            raise toml.refuse(place, "logos", logo, A_PICTURE)
    for key, font in structs.asdict(file.fonts).items():
        if font not in FAMILIES and not is_font(folder / font):
            wish = f"{' or '.join(FAMILIES)}, or a TTF or OTF file of the template"
            raise toml.refuse(place.inside("fonts"), key, font, wish)


def _fingerprint(folder: Path, file: _File, plan: Plan, format_: Format) -> str:
    """Return what changes whenever a card would look different."""
    fonts = (each for each in structs.astuple(file.fonts) if each not in FAMILIES)
    seen = sha256(format_.encode())
    for name in ("layout.toml", plan.frame, *file.logos, *fonts):
        seen.update(f"\n{name}\n".encode())
        seen.update((folder / name).read_bytes() if name else b"")
    return seen.hexdigest()
