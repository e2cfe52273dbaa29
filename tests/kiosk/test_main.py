import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from kiosk.web.guard import ANY, network_address
from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Caller, Overheard, a_volunteer
from tests.served import ROOT, fetch

BAD = [
    ("booth", "name", '""'),
    ("booth", "name", "7"),
    ("booth", "prefix", '"H1"'),
    ("booth", "event", "true"),
    ("booth", "nmae", '"Quầy 1"'),
    ("server", "host", '"not a host"'),
    ("server", "port", "0"),
    ("server", "port", "65536"),
    ("server", "port", '"8000"'),
    ("server", "public_port", "-1"),
    ("server", "public_host", "[]"),
    ("server", "public_url", '"gallery.example"'),
    ("server", "portt", "8000"),
    ("server", "tls", '"yes"'),
    ("camera", "source", "0"),
    ("camera", "width", "159"),
    ("camera", "height", "8193"),
    ("camera", "rate", "0.5"),
    ("camera", "turn", "45"),
    ("camera", "sourse", '"auto"'),
    ("cloud", "kind", '"ftp"'),
    ("cloud", "endpoint", '"s3.example"'),
    ("cloud", "region", "1"),
    ("cloud", "bucket", '"A"'),
    ("cloud", "threads", "5"),
    ("cloud", "secret", '"hunter2"'),
    ("wall", "goal", "0"),
    ("wall", "goal", "1000001"),
    ("wall", "show_codes", '"yes"'),
    ("wall", "gaol", "3000"),
]


CARD = [
    "--check",
    "--colour",
    "--config",
    "--drawing",
    "--format",
    "--out",
    "--template",
    "--text",
]
GOOD = f'[booth]\nevent = "{(ROOT / "event").as_posix()}"\n'


def kiosk(*words: object, within: float = 60.0) -> "subprocess.CompletedProcess[str]":
    """Run `python -m kiosk`, as an operator does."""
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=within,
        check=False,
    )


def run(folder: Path, text: str) -> "subprocess.CompletedProcess[str]":
    """Try to open the booth with this config.toml."""
    (folder / "config.toml").write_text(text, encoding="utf-8")
    where = ("--config", folder / "config.toml", "--data", folder / "data")
    return kiosk("run", *where)


@pytest.mark.parametrize(("section", "key", "value"), BAD)
def test_a_wrong_key_stops_the_start_in_one_line_that_names_it(
    tmp_path: Path, section: str, key: str, value: str
) -> None:
    answer = run(tmp_path, f"[{section}]\n{key} = {value}\n")

    assert answer.returncode == 2
    assert answer.stdout == ""
    (line,) = answer.stderr.splitlines()
    assert line.startswith(f"config.toml: [{section}] {key}")
    assert "hunter2" not in line


@pytest.mark.parametrize(
    "text",
    [
        "[boooth]\n",
        "port = 8000\n",
        "[server]\nport = 8000\npublic_port = 8000\n",
        '[cloud]\nkind = "s3"\n',
        '[cloud]\nendpoint = "https://key:hunter2@s3.example"\n',
        "[server\n",
        "camera = 7\n",
    ],
)
def test_a_wrong_file_stops_the_start_in_one_line(tmp_path: Path, text: str) -> None:
    answer = run(tmp_path, text)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert len(answer.stderr.splitlines()) == 1
    assert "hunter2" not in answer.stderr


def test_an_event_that_is_not_there_is_named_by_its_key(tmp_path: Path) -> None:
    answer = run(tmp_path, '[booth]\nevent = "nowhere"\n')

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith('config.toml: [booth] event = "nowhere": expected')
    assert answer.stderr.count("\n") == 1


def test_a_config_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    answer = kiosk("run", "--config", tmp_path / "none.toml", "--data", tmp_path)

    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("run", "--port", "many"),
        ("run", "--port", "0"),
        ("run", "--port", "-1"),
        ("run", "--port", "65536"),
        ("run", "--volume", "11"),
        ("link", "guest"),
        ("pair",),
        ("pair", "operator"),
        ("pair", "wall", "--list"),
        ("revoke",),
        ("revoke", "Wall 1", "--all"),
        ("takedown",),
        ("card",),
        ("card", "--format", "5x4", "--check"),
        ("card", "--colour", "beige", "--check"),
    ],
)
def test_an_act_that_is_misused_says_how_it_is_used(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    where = ("--data", tmp_path) if words and words[0] != "card" else ()

    answer = kiosk(*words, *where, within=20.0)

    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert "usage: python -m kiosk" in answer.stderr


@pytest.mark.parametrize(
    ("act", "options"),
    [
        ("run", ["--config", "--data", "--host", "--port"]),
        ("link", ["--data"]),
        ("pair", ["--data", "--list", "--name"]),
        ("revoke", ["--all", "--data"]),
        ("rebuild", ["--data"]),
        ("takedown", ["--config", "--data"]),
        ("card", CARD),
    ],
)
def test_each_act_explains_itself(act: str, options: list[str]) -> None:
    answer = kiosk(act, "--help")

    assert answer.returncode == 0
    assert sorted(set(re.findall(r"--[a-z]+", answer.stdout)) - {"--help"}) == options


@pytest.mark.parametrize(
    "act",
    [
        ("link",),
        ("pair", "wall"),
        ("pair", "--list"),
        ("revoke", "--all"),
        ("rebuild",),
        ("takedown", "HN 4K7P"),
    ],
)
def test_a_folder_that_no_booth_has_run_on_is_refused_and_not_made(
    tmp_path: Path, act: tuple[str, ...]
) -> None:
    answer = kiosk(*act, "--data", tmp_path / "mistyped")

    assert answer.returncode == 1
    assert answer.stderr == (
        f"{tmp_path / 'mistyped'}: no booth has run on this folder.\n"
    )
    assert not (tmp_path / "mistyped").exists()


def test_a_host_that_is_not_this_machines_is_said_in_one_line(tmp_path: Path) -> None:
    answer = run(tmp_path, f'{GOOD}[server]\nhost = "192.0.2.99"\n')

    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "192.0.2.99:8000: cannot listen: Cannot assign requested address."
    ]


@pytest.mark.parametrize("host", [*sorted(ANY), network_address()])
def test_every_address_in_the_greeting_opens_from_this_computer(
    tmp_path: Path, host: str
) -> None:
    booth = Overheard(tmp_path)
    booth.serve_at(host)
    with booth:
        lines = [each for each in booth.said if not each.startswith("Links")]
        printed = re.findall(r"http://\S+", "\n".join(lines))

        assert len(printed) == 5
        opened = {each: fetch(each)[0] for each in printed}
        assert opened.pop(f"{here(printed)}/moderation") == 403  # it is not paired
        assert list(opened.values()) == [200] * 4


def test_a_booth_whose_watching_process_was_killed_starts_again_at_once(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        booth.kill_watcher()

        booth.start()

        assert booth.get("/healthz") == (200, b"ok")


def test_a_second_booth_on_the_same_folder_says_so_in_one_line(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        config = tmp_path / "config.toml"
        where = ("--config", config, "--data", booth.data, "--port", booth.port)

        answer = kiosk("run", *where)

        assert answer.returncode == 1
        assert (answer.stdout + answer.stderr).splitlines() == [
            f"{booth.data}: a booth is already running with this data folder."
        ]
        assert booth.get("/healthz") == (200, b"ok")


def test_a_port_in_use_is_said_and_the_next_one_serves(tmp_path: Path) -> None:
    booth = Overheard(tmp_path)
    with ExitStack() as held:
        held.enter_context(socket.create_server(("127.0.0.1", booth.port)))
        held.enter_context(booth)

        assert f"Port {booth.port} is in use; taking {booth.port + 1}." in booth.said
        assert booth.get("/healthz", booth.port + 1) == (200, b"ok")


def test_a_secret_that_others_can_read_stops_the_start_in_one_line(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "secret.key").write_bytes(b"known to all")
    (tmp_path / "data" / "secret.key").chmod(0o644)

    answer = run(tmp_path, GOOD)

    assert answer.returncode == 1
    assert "others can read it; run: chmod 600" in answer.stderr
    assert len((answer.stdout + answer.stderr).splitlines()) == 1


def test_a_broken_database_is_made_anew_at_the_start_and_that_is_said(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kiosk.db").write_bytes(b"no database at all" * 500)

    with Overheard(tmp_path) as booth:
        assert "The database was damaged: it is put aside, and made anew." in booth.said
        assert (
            "0 photos are back, and wait for a volunteer. Pair each device again."
            in booth.said
        )


def test_a_link_made_beside_the_server_lets_one_device_in(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        link = kiosk("link", "--data", booth.data).stdout.strip()

        device = Caller(booth)
        assert link.startswith(f"{booth.url}/enter/")
        path = link.removeprefix(booth.url)
        assert device.post(path, {}).told == {"next": "/status"}
        assert device.get("/status").status == 200


def test_a_device_is_paired_listed_and_revoked_beside_the_server(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        said = kiosk("pair", "volunteer", "--name", "Mai's", "--data", booth.data)
        (link,) = re.findall(r"http://\S+", said.stdout)
        device = Caller(booth)
        device.post(link.removeprefix(booth.url), {})
        assert device.get("/moderation/feed").status == 200

        listed = kiosk("pair", "--list", "--data", booth.data).stdout
        revoked = kiosk("revoke", "mai's", "--data", booth.data)

        assert re.match(r"Mai's +volunteer +awake +since ", listed)
        assert (revoked.returncode, revoked.stdout) == (0, "Mai's: revoked.\n")
        assert device.get("/moderation/feed").status == 403
        unknown = kiosk("revoke", "mai's", "--data", booth.data)
        assert (unknown.returncode, len(unknown.stderr.splitlines())) == (1, 1)


def test_a_rebuild_brings_every_photo_back_waiting(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        code = keep(booth)
        refused = kiosk("rebuild", "--data", booth.data)
        booth.stop()

        answer = kiosk("rebuild", "--data", booth.data)
        booth.start()

        assert (refused.returncode, refused.stdout) == (1, "")
        said = "1 photos are back, and wait for a volunteer. Pair each device again.\n"
        assert answer.stdout == said
        (entry,) = a_volunteer(booth).get("/moderation/feed").told["entries"]
        assert code in entry["html"]


def test_a_takedown_of_a_code_nobody_has_says_so(tmp_path: Path) -> None:
    (tmp_path / "album").mkdir()

    answer = kiosk("takedown", "HN", "0000", "--data", tmp_path)

    assert answer.returncode == 1
    assert answer.stderr == "No photo carries the code HN 0000.\n"


@pytest.mark.parametrize("written", [("HN", "{}"), ("HN {}",), ("hn", "{}")])
def test_a_takedown_reads_the_code_as_people_write_it(
    tmp_path: Path, written: tuple[str, ...]
) -> None:
    with Overheard(tmp_path) as booth:
        code = keep(booth).partition(" ")[2]
        where = ("--config", tmp_path / "config.toml", "--data", booth.data)

        answer = kiosk("takedown", *(each.format(code) for each in written), *where)

        assert answer.returncode == 0, answer.stderr
        assert list((booth.data / "album").glob("*/*/card.jpg")) == []


def here(printed: list[str]) -> str:
    """Return where the booth answers on this computer, of the addresses printed."""
    return next(each for each in printed if each.endswith("/wall")).removesuffix(
        "/wall"
    )


def test_the_audit_is_written_once_beside_the_running_booth(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        code = keep(booth)
        where = ("--config", tmp_path / "config.toml", "--data", booth.data)
        assert kiosk("takedown", code, *where).returncode == 0
        out = tmp_path / "audit.csv"

        first = kiosk("export", "--audit", "--out", out, "--data", booth.data)
        second = kiosk("export", "--audit", "--out", out, "--data", booth.data)

        assert (first.returncode, first.stdout) == (0, f"{out}: 1 lines.\n")
        assert "command line,,withdrawn," in out.read_text(encoding="utf-8")
        assert second.returncode == 1
        assert second.stderr == f"{out}: is there already. Choose another name.\n"


def test_an_export_says_what_it_does_not_do_yet(tmp_path: Path) -> None:
    said = kiosk("export", "--help").stdout

    assert "photos and pledges are not exported yet" in " ".join(said.split())
    assert kiosk("export", "--out", tmp_path / "x.csv").returncode == 2


def keep(booth: Overheard) -> str:
    """Keep one promise and return its short code."""
    guest = Caller(booth)
    visit = guest.post("/visits", dict(ASKED)).told["visit"]
    guest.post(f"/visits/{visit}/shoot")
    return str(guest.post(f"/visits/{visit}/keep").told["code"])
