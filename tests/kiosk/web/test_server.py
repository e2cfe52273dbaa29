import signal
import sqlite3
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

import psutil
import pytest

from tests.kiosk.web.listening import listens
from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Caller, Overheard, a_volunteer
from tests.served import fetch
from tests.waiting import eventually

WORDS = "Lời hứa này không có trong sổ."
STOPPED = 5.0  # seconds
MENDED = 25.0  # seconds: five times the figure of R20


def test_a_stop_with_twenty_sockets_and_a_preview_takes_no_five_seconds(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth, ExitStack() as open_:
        walls = [open_.enter_context(listens(booth.url, "wall")) for _ in range(20)]
        eventually(lambda: Caller(booth).get("/booth/camera").told["is_live"])
        visit = Caller(booth).post("/visits", {**ASKED, "face": True}).told["visit"]
        stream = open_.enter_context(Caller(booth).reading(f"/visits/{visit}/preview"))
        assert stream.read(1000).startswith(b"--frame")

        said = booth.stopped(within=STOPPED)

        eventually(lambda: not any(wall.is_open for wall in walls))
    assert "Traceback" not in said


def test_a_stop_in_silence_says_nothing_and_leaves_nobody_behind(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        (worker,) = booth.workers

        said = booth.stopped(within=STOPPED)

    assert_quiet(said)
    eventually(lambda: not is_alive(worker))


def test_the_process_that_watches_holds_no_camera_library_and_no_lettering(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        (worker,) = booth.workers

        assert {"cv2", "libvips"} <= libraries(worker)
        assert not {"cv2", "libvips"} & libraries(psutil.Process(worker).ppid())


def test_a_killed_worker_is_replaced_and_nothing_kept_is_lost(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        code = keep(booth)
        volunteer = a_volunteer(booth)

        killed = booth.kill_worker()
        eventually(lambda: is_served_by_another(booth, killed), MENDED)

        queue = volunteer.get("/moderation/feed").told
        assert [code in each["html"] for each in queue["entries"]] == [True]
        assert [each for each in booth.workers if each == killed] == []


def test_after_a_worker_was_killed_the_jobs_run_again(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        keep(booth)
        killed = booth.kill_worker()
        eventually(lambda: is_served_by_another(booth, killed), MENDED)
        volunteer = a_volunteer(booth)
        (entry,) = volunteer.get("/moderation/feed").told["entries"]

        with listens(booth.url, "wall") as wall:
            body = {"decision": "approved", "revision": 1}
            volunteer.post(f"/pledges/{entry['id']}/decision", body)
            wall.hears(1)

        eventually(lambda: len(list((booth.data / "bucket").glob("card/*"))) == 2)
        eventually(lambda: Caller(booth).get("/booth/camera").told["is_live"])


@pytest.mark.parametrize("how", [Overheard.kill, Overheard.stop])
def test_the_pin_and_a_volunteers_session_outlive_a_restart(
    tmp_path: Path, how: Callable[[Overheard], None]
) -> None:
    with Overheard(tmp_path) as booth:
        volunteer, pin = a_volunteer(booth), booth.pin

        how(booth)
        booth.start()

        assert booth.pin == pin
        assert volunteer.get("/moderation/feed").status == 200


def test_the_log_of_a_whole_night_holds_no_token_words_or_pin(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        volunteer, operator = a_volunteer(booth), Caller(booth)
        operator.post(booth.status_link.removeprefix(booth.url), {})
        guest_and_volunteer_walk(booth, volunteer)
        Caller(booth).post("/moderation/pin", {"pin": "999999"})
        Caller(booth).post("/visits", {"words": WORDS})
        operator.get("/status")
        pin, secrets = booth.pin, tokens(booth)

        said = booth.stopped()

    assert secrets
    for secret in (*secrets, WORDS, pin, "999999", volunteer.cookie, "Quầy"):
        assert secret not in said
    assert "Traceback" not in said


def test_a_screen_that_says_too_many_things_at_once_leaves_no_trace(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        with listens(booth.url, "wall") as wall:
            for event in ("alive", "nonsense"):
                wall.say(event, tuple(range(1000)))
            keep(booth)
            wall.hears(1)
            wall.say("disconnect", tuple(range(1000)))
            keep(booth)

        said = booth.stopped()

    assert_quiet(said)


def test_the_phones_listener_is_its_own_and_has_the_pages_alone(
    tmp_path: Path,
) -> None:
    with Overheard(tmp_path) as booth:
        public = f"http://127.0.0.1:{booth.public_port}"

        assert fetch(f"{public}/p/none")[0] == 200
        for path in ("/", "/wall", "/status", "/healthz", "/socket.io/?EIO=4"):
            staff = {"Host": f"127.0.0.1:{booth.port}"}
            assert fetch(f"{public}{path}") == (404, b"")
            assert fetch(f"{public}{path}", **staff) == (404, b"")
        assert fetch(f"{booth.url}/healthz", Host="evil.example") == (400, b"")
        assert booth.get("/healthz") == (200, b"ok")


def test_a_one_time_link_of_the_greeting_works_once(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        path = booth.status_link.removeprefix(booth.url)

        assert Caller(booth).post(path, {}).told == {"next": "/status"}
        assert Caller(booth).post(path, {}).status == 410


def test_an_interrupt_stops_it_as_ctrl_c_does(tmp_path: Path) -> None:
    with Overheard(tmp_path) as booth:
        code, said = booth.interrupted(signal.SIGINT)

    assert code == 0
    assert_quiet(said)


def assert_quiet(said: str) -> None:
    """Let nothing have gone wrong, whatever the camera told meanwhile."""
    for alarm in ("ERROR", "WARNING", "Traceback", "SIGKILL"):
        assert alarm not in said


def keep(booth: Overheard) -> str:
    """Keep one promise and return its short code."""
    guest = Caller(booth)
    visit = guest.post("/visits", {**ASKED, "words": WORDS}).told["visit"]
    guest.post(f"/visits/{visit}/shoot")
    return str(guest.post(f"/visits/{visit}/keep").told["code"])


def guest_and_volunteer_walk(booth: Overheard, volunteer: Caller) -> None:
    """Let one promise go its whole way, and away again."""
    keep(booth)
    (entry,) = volunteer.get("/moderation/feed").told["entries"]
    body = {"decision": "approved", "revision": 1}
    volunteer.post(f"/pledges/{entry['id']}/decision", body)
    (token,) = tokens(booth)
    eventually((booth.data / "bucket" / "p" / token).exists)
    booth.get(f"/p/{token}", booth.public_port)
    fetch(f"{booth.url}/p/{token}")
    Caller(booth).post(f"/p/{token}/remove", {})
    volunteer.post(f"/pledges/{entry['id']}/withdraw", {})
    eventually(lambda: not (booth.data / "bucket" / "p" / token).exists())


def tokens(booth: Overheard) -> list[str]:
    """Return every token in the database."""
    with closing(sqlite3.connect(booth.data / "kiosk.db")) as db:
        return [row[0] for row in db.execute("SELECT token FROM links")]


def libraries(process: int) -> set[str]:
    """Name the libraries a process has loaded."""
    maps = psutil.Process(process).memory_maps()
    return {Path(each.path).name.partition(".")[0].partition("-")[0] for each in maps}


def is_alive(process: int) -> bool:
    """Say whether a process still runs."""
    try:
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def is_served_by_another(booth: Overheard, killed: int) -> bool:
    """Say whether another process than the killed one answers."""
    if not set(booth.workers) - {killed}:
        return False
    try:
        return booth.get("/healthz")[0] == 200
    except OSError:
        return False
