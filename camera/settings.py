"""The camera's section of the config."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

Source = Annotated[
    str,
    Meta(
        pattern=r"^(auto|testcard|[0-9]{1,3}|[^\x00-\x1f]*[/\\.:][^\x00-\x1f]*)\Z",
        max_length=500,
        description="auto, testcard, a number, a device, an address or module:Class",
    ),
]
Pixels = Annotated[
    int,
    Meta(ge=160, le=8192, description="a whole number of pixels, 160 to 8192"),
]
Rate = Annotated[int, Meta(ge=1, le=120)]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which camera to open, and how."""

    source: Source = "auto"
    """auto, testcard, a number, a device or file, a URL, or module:Class."""

    width: Pixels = 1920
    height: Pixels = 1080
    rate: Rate = 30
    """Frames a second asked of the camera, which may give fewer."""

    turn: Literal[0, 90, 180, 270] = 0
    """Degrees clockwise, for a camera that stands on its side."""

    merge_in_the_dark: bool = True
    """Whether a photo in the dark is made of several frames, and mildly lifted."""
