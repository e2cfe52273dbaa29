"""config.toml: every key explained, every wrong one refused in one line."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec import structs

from kiosk.config import ROOT, Config, ConfigError, load

Write = Callable[[str, str], Path]

SECTIONS = ("booth", "server", "camera", "cloud", "wall")
KEYS = [
    (section, field.name)
    for section in SECTIONS
    for field in structs.fields(getattr(Config(), section))
]


class Wrong(NamedTuple):
    """A wrong line, where it stands, and what the refusal must say."""

    section: str
    line: str
    said: str


WRONG = [
    Wrong("booth", 'nmae = "x"', "[booth] nmae: nothing has that name"),
    Wrong("booth", "name = 3", "[booth] name = 3: expected one line of 1 to 40"),
    Wrong("booth", 'name = ""', '[booth] name = "": expected one line'),
    Wrong("booth", r'name = "a\nb"', r'[booth] name = "a\nb": expected one line'),
    Wrong("booth", 'prefix = "OL"', '[booth] prefix = "OL": expected two capitals'),
    Wrong("booth", "prefix = 12", "[booth] prefix = 12: expected two capitals"),
    Wrong("booth", "event = 1", "[booth] event = 1: expected the path of a folder"),
    Wrong("booth", 'event = ""', '[booth] event = "": expected the path'),
    Wrong("server", "prot = 1", "[server] prot: nothing has that name"),
    Wrong("server", "host = 127", "[server] host = 127: expected a name or an addr"),
    Wrong("server", 'host = "a b"', '[server] host = "a b": expected a name'),
    Wrong("server", 'port = "8000"', '[server] port = "8000": expected a port, 1 to'),
    Wrong("server", "port = true", "[server] port = true: expected a port"),
    Wrong("server", "port = 65536", "[server] port = 65536: expected a port, 1 to 6"),
    Wrong("server", "public_host = 1", "[server] public_host = 1: expected one add"),
    Wrong("server", "public_port = 0", "[server] public_port = 0: expected a port"),
    Wrong("server", "public_port = 8000", "public_port = 8000: expected another port"),
    Wrong("server", "public_url = 5", "[server] public_url = 5: expected at most 39"),
    Wrong("server", 'tls = "yes"', '[server] tls = "yes": expected'),
    Wrong("server", 'public_url = "ftp://a.b"', 'public_url = "ftp://a.b": expected'),
    Wrong("server", 'public_url = "https://a.b/"', "no / at the end"),
    Wrong("server", f'public_url = "https://{"a" * 32}"', "at most 39 small letters"),
    Wrong("server", r'public_url = "https://a.b\n"', "expected at most 39 small"),
    Wrong("server", 'public_url = "https://a.b:99999"', "whose port is 1 to 65535"),
    Wrong("server", 'public_host = "0.0.0.0"', "expected one address of this machine"),
    Wrong("server", r'host = "127.0.0.1\n"', "[server] host"),
    Wrong("booth", r'name = "Booth\n"', "[booth] name"),
    Wrong("camera", 'source = "testcrad"', '[camera] source = "testcrad": expected'),
    Wrong("camera", 'source = "no.such:Camera"', "Python finds no module no.such"),
    Wrong("camera", "widht = 1", "[camera] widht: nothing has that name here; did you"),
    Wrong("camera", "source = 0", "[camera] source = 0: expected"),
    Wrong("camera", 'source = ""', '[camera] source = "": expected'),
    Wrong("camera", 'width = "wide"', '[camera] width = "wide": expected a whole num'),
    Wrong("camera", "width = 159", "[camera] width = 159: expected a whole number"),
    Wrong("camera", "height = 9000", "[camera] height = 9000: expected a whole numb"),
    Wrong("camera", "height = 10.5", "[camera] height = 10.5: expected a whole numb"),
    Wrong("camera", "rate = 0", "[camera] rate = 0: expected a whole number"),
    Wrong("camera", "rate = []", "[camera] rate = []: expected a whole number"),
    Wrong("camera", "turn = 45", "[camera] turn = 45: expected 0 or 90 or 180 or 270"),
    Wrong("camera", 'turn = "90"', '[camera] turn = "90": expected 0 or 90'),
    Wrong("camera", "merge_in_the_dark = 1", "merge_in_the_dark = 1: expected true or"),
    Wrong("cloud", "kin = 1", "[cloud] kin: nothing has that name here; did you mean"),
    Wrong("cloud", 'kind = "ftp"', '[cloud] kind = "ftp": expected "folder" or "s3"'),
    Wrong("cloud", "kind = 3", '[cloud] kind = 3: expected "folder" or "s3"'),
    Wrong("cloud", 'kind = "s3"', "[cloud] "),
    Wrong("cloud", "endpoint = 1", "[cloud] endpoint = 1: expected"),
    Wrong("cloud", 'endpoint = "host"', '[cloud] endpoint = "host": expected'),
    Wrong("cloud", "region = 1", "[cloud] region = 1: expected a region's short name"),
    Wrong("cloud", "bucket = 1", "[cloud] bucket = 1: expected"),
    Wrong("cloud", r'bucket = "photos\n"', "[cloud] bucket"),
    Wrong("cloud", 'bucket = "a..b"', '[cloud] bucket = "a..b": expected'),
    Wrong("cloud", 'bucket = "A B"', '[cloud] bucket = "A B": expected'),
    Wrong("cloud", 'threads = "2"', '[cloud] threads = "2": expected a whole number'),
    Wrong("cloud", "threads = 5", "[cloud] threads = 5: expected a whole number, 1 to"),
    Wrong("wall", "gaol = 1", "[wall] gaol: nothing has that name here; did you mean"),
    Wrong("wall", "goal = 1.5", "[wall] goal = 1.5: expected a number of promises"),
    Wrong("wall", "goal = 0", "[wall] goal = 0: expected a number of promises, 1 to"),
]


def refusal(path: Path) -> str:
    """Load a file that must be refused, and hand back the line."""
    with pytest.raises(ConfigError) as caught:
        load(path)
    return str(caught.value)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.line)
def test_a_wrong_line_is_refused_by_file_section_key_and_value(
    write: Write, wrong: Wrong
) -> None:
    said = refusal(write("config.toml", f"[{wrong.section}]\n{wrong.line}\n"))

    assert said.startswith("config.toml: ")
    assert wrong.said in said
    assert "\n" not in said


@pytest.mark.parametrize(("section", "key"), KEYS)
def test_every_key_is_refused_when_it_holds_a_date(
    write: Write, section: str, key: str
) -> None:
    said = refusal(write("config.toml", f"[{section}]\n{key} = 2012-05-26\n"))

    assert f'[{section}] {key} = "2012-05-26": expected ' in said


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_that_is_a_value_is_refused(write: Write, section: str) -> None:
    assert f"{section} = 3: expected a section" in refusal(
        write("config.toml", f"{section} = 3\n")
    )


def test_a_bucket_without_the_address_for_its_cards_is_refused(write: Write) -> None:
    said = refusal(write("config.toml", '[cloud]\nkind = "s3"\nbucket = "photos"\n'))

    assert said.startswith('config.toml: [server] public_url = "": expected the bucket')


def test_a_section_nobody_knows_is_refused_with_the_nearest_name(write: Write) -> None:
    said = refusal(write("config.toml", "[colud]\nkind = 's3'\n"))

    assert said == "config.toml: colud: nothing has that name here; did you mean cloud?"


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("cloud", 'secret = "hunter2"'),
        ("cloud", 'bucket_key = "hunter2"'),
        ("booth", 'pin = "hunter2"'),
        ("server", 'Password = "hunter2"'),
        ("cloud", 'access_token = "hunter2"'),
        ("cloud", 'endpoint = "https://key:hunter2@example.org"'),
        ("server", 'public_url = "https://key:hunter2@a.b"'),
        ("camera", 'source = ["http://guest:hunter2@camera/"]'),
    ],
)
def test_a_secret_is_refused_and_never_repeated(
    write: Write, section: str, line: str
) -> None:
    assert "hunter2" not in refusal(write("config.toml", f"[{section}]\n{line}\n"))


@pytest.mark.parametrize(
    "text",
    ["[booth", "name = ", "a = " + "[" * 5000, "a = " + "9" * 5000, '"\\u0000" = 1'],
    ids=["open section", "no value", "deep", "long number", "nul"],
)
def test_a_file_that_is_not_toml_is_refused_in_one_line(
    write: Write, text: str
) -> None:
    said = refusal(write("config.toml", text))

    assert "config.toml: " in said
    assert "\n" not in said


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[booth]\nname = 'Quầy'".encode("utf-16"))

    assert refusal(path).endswith("expected text saved as UTF-8.")


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "other.toml")
    assert "Is a directory" in refusal(tmp_path)


def test_a_wrong_key_stops_the_start_with_that_line_and_nothing_else(
    write: Write, tmp_path: Path
) -> None:
    path = write("config.toml", '[camera]\nwidth = "wide"\n')
    arguments = ["run", "--config", str(path), "--data", str(tmp_path / "data")]

    answer = subprocess.run(
        [sys.executable, "-m", "kiosk", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=15,  # five times the promise (R19)
        check=False,
    )

    assert answer.returncode == 2
    assert answer.stderr.startswith('config.toml: [camera] width = "wide": expected ')
    assert (answer.stderr.count("\n"), answer.stdout) == (1, "")


def test_a_long_wrong_value_is_cut_short(write: Write) -> None:
    said = refusal(write("config.toml", f'[camera]\nwidth = "{"9" * 5000}"\n'))

    assert len(said) < 200


def test_the_file_we_ship_says_the_defaults() -> None:
    assert load(ROOT / "config.toml") == load() == Config()


def test_an_empty_file_means_the_defaults(write: Write) -> None:
    path = write("config.toml", "")

    assert load(path) == structs.replace(Config(), home=path.parent)


def test_the_events_folder_stands_beside_the_file(write: Write, tmp_path: Path) -> None:
    beside = load(write("config.toml", '[booth]\nevent = "night"\n'))
    apart = load(write("config.toml", f"[booth]\nevent = '{ROOT / 'event'}'\n"))

    assert beside.event_folder == tmp_path.resolve() / "night"
    assert apart.event_folder == ROOT / "event"


def test_every_key_stands_in_the_file_we_ship_explained_above_itself() -> None:
    lines = (ROOT / "config.toml").read_text(encoding="utf-8").splitlines()
    found, section, explained = [], "", False
    for line in lines:
        if header := re.fullmatch(r"\[(\w+)\]", line):
            section, explained = header[1], False
        elif key := re.match(r"(\w+) = ", line):
            assert explained, f"[{section}] {key[1]} is not explained"
            found.append((section, key[1]))
        else:
            explained = line.startswith("#")

    assert found == KEYS
