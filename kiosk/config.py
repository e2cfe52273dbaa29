"""The booth's settings: config.toml, read once into one frozen value."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta, Struct, structs

from camera.settings import Settings as CameraSettings
from kiosk import toml
from kiosk.event import Event, load_event
from kiosk.toml import ConfigError, Place
from sync.settings import Settings as CloudSettings

__all__ = [
    "BoothSettings",
    "Config",
    "ConfigError",
    "Event",
    "ServerSettings",
    "WallSettings",
    "event_of",
    "load",
    "load_event",
]

ROOT = Path(__file__).parent.parent
"""The checkout: its config.toml and event folder are used when none are named."""

Port = Annotated[int, Meta(ge=1, le=65535, description="a port, 1 to 65535")]
Host = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?\Z|^[0-9a-f:]{2,39}\Z",
        description='a name or an address of this machine, such as "127.0.0.1"',
    ),
]
OptionalHost = Annotated[
    str,
    Meta(
        pattern=r"^(?!0\.0\.0\.0\Z)(?:[0-9A-Za-z](?:[0-9A-Za-z.-]{0,251}[0-9A-Za-z])?)?\Z",
        description='one address of this machine, or "" to find it out',
    ),
]
Address = Annotated[
    str,
    Meta(
        pattern=r"^(?:https?://[0-9a-z](?:[0-9a-z.-]*[0-9a-z])?(?::[0-9]{1,5})?(?:/[0-9a-z._~-]+)*)?\Z",
        max_length=39,
        description=(
            "at most 39 small letters with https:// before them and no / at the end,"
            ' so that the QR code stays readable, or "" while there is no cloud'
        ),
    ),
]
"""With /p/ and a token the QR holds at most 62 bytes, which a poor phone can read."""


class BoothSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which booth this is, and at which event."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^\S(?:[^\x00-\x1f]{0,38}\S)?\Z",
            description="one line of 1 to 40 characters",
        ),
    ] = "Quầy 1"
    prefix: Annotated[
        str,
        Meta(
            pattern=r"^[A-HJKMNP-Z]{2}\Z",
            description='two capitals other than I, L and O, such as "HN"',
        ),
    ] = "HN"
    event: Annotated[
        str, Meta(min_length=1, max_length=200, description="the path of a folder")
    ] = "event"


class ServerSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the booth answers: to its own screens, and to guests' phones."""

    host: Host = "127.0.0.1"
    port: Port = 8000
    public_host: OptionalHost = ""
    public_port: Port = 8001
    public_url: Address = ""
    tls: bool = False


class WallSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the hall's wall shows."""

    goal: Annotated[
        int,
        Meta(ge=1, le=1_000_000, description="a number of promises, 1 to 1000000"),
    ] = 3000


class _File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sections of config.toml; each package owns the struct of its own."""

    booth: BoothSettings = BoothSettings()
    server: ServerSettings = ServerSettings()
    camera: CameraSettings = CameraSettings()
    cloud: CloudSettings = CloudSettings()
    wall: WallSettings = WallSettings()


class Config(_File, frozen=True, kw_only=True):
    """Everything an operator can set, and the folder it was read from."""

    home: Path = ROOT

    @property
    def event_folder(self) -> Path:
        """Find the event's folder, beside config.toml unless it says otherwise."""
        return self.home / self.booth.event


def load(path: Path | None = None) -> Config:
    """Read the named config.toml, or the checkout's, or take the defaults.

    Raises:
        ConfigError: one line that names the file, the key and what is expected.
    """
    if path is None and not (ROOT / "config.toml").exists():
        return Config()

    path = path or ROOT / "config.toml"
    file = toml.read(path, _File)
    _check_ports(Place(path.name, "server"), file.server)
    _check_cloud(Place(path.name, "cloud"), file.cloud)
    _check_links(Place(path.name, "server"), file)
    _check_driver(Place(path.name, "camera"), file.camera)
    return Config(**structs.asdict(file), home=path.resolve().parent)


def event_of(config: Config) -> Event:
    """Read the event that a booth's settings name.

    Raises:
        ConfigError: one line that names the file, the key and what is expected.
    """
    if not config.event_folder.is_dir():
        wish = "the path of a folder that is there"
        place = Place("config.toml", "booth")
        raise toml.refuse(place, "event", config.booth.event, wish)
    return load_event(config.event_folder)


def _check_ports(place: Place, server: ServerSettings) -> None:
    if server.port == server.public_port:
        wish = "another port than that of the staff"
        raise toml.refuse(place, "public_port", server.public_port, wish)


def _check_links(place: Place, file: _File) -> None:
    url = file.server.public_url
    if file.cloud.kind == "s3" and not url:
        wish = "the bucket's address for the world, which is printed into every card"
        raise toml.refuse(place, "public_url", url, wish)
    if not _has_a_port(url):
        wish = "an address whose port is 1 to 65535"
        raise toml.refuse(place, "public_url", url, wish)


def _has_a_port(url: str) -> bool:
    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def _check_driver(place: Place, camera: CameraSettings) -> None:
    module, _, name = camera.source.rpartition(":")
    if name.isidentifier() and all(map(str.isidentifier, module.split("."))):
        try:
            is_there = find_spec(module) is not None
        except ImportError:
            is_there = False
        if not is_there:
            wish = f"a driver, and Python finds no module {module}"
            raise toml.refuse(place, "source", camera.source, wish)


def _check_cloud(place: Place, cloud: CloudSettings) -> None:
    if "@" in cloud.endpoint:
        wish = "an address without a user's name and password"
        raise toml.refuse(place, "endpoint", cloud.endpoint, wish)
