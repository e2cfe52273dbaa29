import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs

from kiosk.config import Config, ServerSettings
from kiosk.web.listening import Listening
from kiosk.web.opening import (
    CannotOpen,
    alone,
    free_port,
    greeting,
    listen,
    pin,
    prepare,
)
from sync.settings import Settings as CloudSettings
from tests.night import EVENT, at_once
from tests.ports import free_ports

HERE = "127.0.0.1"


@contextmanager
def taken(*ports: int) -> Iterator[None]:
    """Listen on these ports."""
    with ExitStack() as held:
        for port in ports:
            held.enter_context(socket.create_server((HERE, port)))
        yield


@pytest.fixture
def pair() -> int:
    """Find a port whose two neighbours are free as well."""
    (port,) = free_ports(1)
    with taken(port, port + 1, port + 2):
        return port


def config(public_port: int, public_url: str = "") -> Config:
    """Set where guests' phones are served."""
    return Config(
        server=ServerSettings(
            public_host=HERE, public_port=public_port, public_url=public_url
        )
    )


def opened(data: Path, config: Config, port: int) -> Listening:
    """Choose the ports of a night."""
    return listen(config, EVENT, data, host=HERE, port=port)


def test_the_data_folder_and_its_secret_are_ours_alone(tmp_path: Path) -> None:
    secret = prepare(tmp_path / "a" / "night's data")

    folder = tmp_path / "a" / "night's data"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "secret.key").stat().st_mode & 0o777 == 0o600
    assert len(secret) == 32


def test_a_folder_that_others_could_read_is_shut(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    prepare(tmp_path)

    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_the_secret_and_its_pin_stay_the_same(tmp_path: Path) -> None:
    first, second = prepare(tmp_path), prepare(tmp_path)

    assert first == second
    assert pin(first) == pin(second)
    assert len(pin(first)) == 6
    assert pin(first).isdecimal()
    assert pin(bytes(32)) != pin(bytes(31) + b"1")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_secret_that_others_can_read_stops_the_start(
    tmp_path: Path, mode: int
) -> None:
    prepare(tmp_path)
    (tmp_path / "secret.key").chmod(mode)

    with pytest.raises(CannotOpen, match="others can read it; run: chmod 600"):
        prepare(tmp_path)


def test_a_secret_cut_off_by_a_power_cut_says_what_to_do(tmp_path: Path) -> None:
    prepare(tmp_path)
    (tmp_path / "secret.key").write_bytes(b"")

    with pytest.raises(CannotOpen, match="is empty; delete it"):
        prepare(tmp_path)


@pytest.mark.parametrize("where", ["a file", "a file/data"])
def test_a_data_folder_that_cannot_be_is_said_in_one_line(
    tmp_path: Path, where: str
) -> None:
    (tmp_path / "a file").write_bytes(b"")

    with pytest.raises(CannotOpen) as refused:
        prepare(tmp_path / where)

    assert len(str(refused.value).splitlines()) == 1


def test_one_booth_at_a_time_writes_in_a_folder(tmp_path: Path) -> None:
    already = "already running with this data folder"
    with alone(tmp_path), pytest.raises(CannotOpen, match=already), alone(tmp_path):
        pass
    with alone(tmp_path):
        assert (tmp_path / "kiosk.lock").exists()


def test_of_four_that_begin_at_once_one_holds_the_folder(tmp_path: Path) -> None:
    with ExitStack() as held:
        ends = at_once(4, lambda _: held.enter_context(alone(tmp_path)))
        refused = [each.exception() for each in ends]

    assert [type(each) for each in refused].count(CannotOpen) == 3


def test_a_free_port_is_taken_as_asked(
    tmp_path: Path, pair: int, capsys: pytest.CaptureFixture[str]
) -> None:
    night = opened(tmp_path, config(pair + 1), pair)

    assert (night.staff, night.public) == ((HERE, pair), (HERE, pair + 1))
    assert night.address == f"http://{HERE}:{pair + 1}"
    assert capsys.readouterr().out == ""


def test_a_port_in_use_is_said_in_one_line_and_the_next_is_taken(
    tmp_path: Path, pair: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with taken(pair):
        night = opened(tmp_path, config(pair + 50), pair)

    assert night.staff == (HERE, pair + 1)
    assert capsys.readouterr().out.splitlines()[0] == (
        f"Port {pair} is in use; taking {pair + 1}."
    )


def test_the_two_listeners_never_share_a_port(tmp_path: Path, pair: int) -> None:
    with taken(pair):
        moved_on = opened(tmp_path, config(pair + 1), pair)
    with taken(pair, pair + 1):
        twice = opened(tmp_path, config(pair + 1), pair)
    with taken(pair):
        before = opened(tmp_path, config(pair), pair + 1)

    for night in (moved_on, twice, before):
        assert night.staff[1] != night.public_port


def test_the_last_port_of_all_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    with taken(65_535), pytest.raises(CannotOpen) as refused:
        opened(tmp_path, config(free_ports(1)[0]), 65_535)

    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("host", ["192.0.2.200", "no.such.host.invalid"])
def test_a_host_that_is_not_this_machines_is_said_in_one_line(
    tmp_path: Path, host: str
) -> None:
    (port,) = free_ports(1)

    with pytest.raises(CannotOpen, match="cannot listen") as refused:
        listen(config(port), EVENT, tmp_path, host=host, port=port)

    assert len(str(refused.value).splitlines()) == 1


def test_with_a_cloud_there_is_one_listener(tmp_path: Path) -> None:
    (port,) = free_ports(1)

    night = opened(tmp_path, config(port + 1, "https://gallery.example"), port)

    assert (night.staff, night.public) == ((HERE, port), None)
    assert night.address == "https://gallery.example"


def test_the_greeting_names_what_an_operator_needs(listening: Listening) -> None:
    prepare(listening.data)

    lines = "\n".join(greeting(listening))

    for there in ("/", "/wall", "/moderation"):
        assert f"http://{HERE}:8000{there}" in lines
    assert f"PIN {pin(prepare(listening.data))}" in lines
    assert lines.count("/enter/") == 2
    assert str(listening.data / "album") in lines
    assert "practice: on this Wi-Fi only" in lines
    assert "this computer alone; for tablets and other walls: host" in lines


@pytest.mark.parametrize(
    ("tls", "said"),
    [(False, "as plain HTTP: give staff a Wi-Fi"), (True, "they install ")],
)
def test_the_greeting_says_whom_the_booth_answers_and_how(
    tmp_path: Path, listening: Listening, tls: bool, said: str
) -> None:
    settings = ServerSettings(public_host=HERE, public_port=free_ports(1)[0], tls=tls)
    (port,) = free_ports(1)
    open_to_all = listen(
        Config(server=settings),
        EVENT,
        tmp_path,
        host="0.0.0.0",  # noqa: S104  # nobody listens
        port=port,
    )

    lines = "\n".join(greeting(open_to_all))

    assert f"everyone on its networks{';' if tls else ','} {said}" in lines
    assert ("https://127.0.0.1" in lines) == tls
    assert (tmp_path / "tls").exists() == tls


def test_certificates_that_cannot_be_read_are_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tls").mkdir(parents=True)
    for name in ("pledgebooth-ca.crt", "ca.key"):
        (tmp_path / "tls" / name).write_bytes(b"nothing")
    settings = ServerSettings(public_host=HERE, public_port=free_ports(1)[0], tls=True)

    with pytest.raises(CannotOpen, match=r"tls: cannot be read; delete it, and"):
        opened(tmp_path, Config(server=settings), free_ports(1)[0])


def test_the_greeting_names_the_cloud_and_never_its_key(
    listening: Listening,
) -> None:
    cloud = CloudSettings(kind="s3", bucket="gallery", endpoint="https://s3.example")
    with_a_cloud = replace(
        listening,
        config=structs.replace(listening.config, cloud=cloud),
        public=None,
        address="https://gallery.example",
    )
    prepare(listening.data)

    lines = "\n".join(greeting(with_a_cloud))

    assert "bucket gallery at https://s3.example" in lines
    assert "https://gallery.example/p/" in lines
    assert "practice" not in lines


def test_a_free_port_is_one_that_nobody_listens_on(pair: int) -> None:
    with taken(pair, pair + 1):
        assert free_port([HERE], pair) == pair + 2
    assert free_port([HERE], pair) == pair
