"""The bucket is made to agree, whatever happens on the way."""

import threading
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.bucket import Bucket, FolderBucket, Refused, Unreachable
from sync.s3 import S3Bucket
from sync.uploader import Uploader
from tests.seaweed import Seaweed
from tests.sync.world import Clock, Database, Memory, nobody, page, sham, tombstone

DEADLINE = 10.0  # seconds, for what takes milliseconds
DOWN = Unreachable("The cloud cannot be reached.")


@pytest.fixture
def clock() -> Clock:
    """Give a clock that stands still."""
    return Clock()


@pytest.fixture
def memory() -> Memory:
    """Give a bucket in memory."""
    return Memory()


Start = Callable[[Bucket], Uploader]


@pytest.fixture
def start(database: Database, album: Path, clock: Clock) -> Start:
    """Give what makes an uploader for a bucket."""
    return lambda bucket: Uploader(
        lambda: bucket, database.transaction, album, clock=clock
    )


def drain(uploader: Uploader) -> int:
    """Step until there is nothing to do; return how often there was."""
    steps = 0
    while uploader.step():
        steps += 1
    return steps


def test_a_wish_is_delivered_to_the_cloud(
    database: Database, start: Start, cloud: Seaweed, album: Path
) -> None:
    database.wish(page("card/w.jpg", file="card.jpg"), page("p/w"))

    assert drain(start(cloud.open())) == 2

    with urllib.request.urlopen(f"{cloud.public_url}/p/w") as answer:
        assert answer.read() == (album / "page.html").read_bytes()
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-store"
    assert database.waiting().count == 0
    assert database.waiting().last_settled is not None


def test_an_absent_wish_removes_and_what_was_never_there_is_fine(
    database: Database, start: Start, cloud: Seaweed
) -> None:
    uploader = start(cloud.open())
    database.wish(page("p/gone"))
    drain(uploader)

    database.wish(tombstone("p/gone"), tombstone("p/never"))
    drain(uploader)

    assert cloud.keys().count("p/gone") == 0
    assert database.waiting().count == 0


def test_a_delivered_wish_is_not_sent_again(
    database: Database, start: Start, memory: Memory
) -> None:
    uploader = start(memory)
    database.wish(page())

    assert uploader.step()
    assert not uploader.step()
    assert memory.calls == ["put p/abc"]


def test_power_lost_between_the_upload_and_the_note_of_it_leaves_one_object(
    database: Database, start: Start, cloud: Seaweed, album: Path
) -> None:
    database.wish(page("p/power"))
    cloud.open().put("p/power", album / "page.html", "text/html", "no-store")

    drain(start(cloud.open()))

    assert cloud.keys().count("p/power") == 1
    assert database.waiting().count == 0


@dataclass
class TakenDownMeanwhile:
    """A bucket during whose put the guest withdraws."""

    database: Database
    bucket: FolderBucket

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Let the tombstone land first, then the file."""
        self.database.wish(tombstone(key))
        self.bucket.put(key, file, content_type, cache_control)

    def remove(self, key: str) -> None:
        """Remove."""
        self.bucket.remove(key)


def test_a_tombstone_that_lands_during_the_put_wins(
    database: Database, start: Start, tmp_path: Path
) -> None:
    database.wish(page())
    folder = FolderBucket(tmp_path / "bucket")
    uploader = start(TakenDownMeanwhile(database, folder))

    assert uploader.step()
    assert database.due() == [tombstone()]
    assert uploader.step()

    assert not (tmp_path / "bucket/p/abc").exists()
    assert database.waiting().count == 0


def test_no_transaction_is_held_across_the_network(
    database: Database, start: Start, tmp_path: Path
) -> None:
    # The bucket above writes to the same database within its put: with a
    # transaction held around it, that would wait until SQLite gave up.
    database.wish(page("p/a"), page("p/b"))
    uploader = start(TakenDownMeanwhile(database, FolderBucket(tmp_path / "bucket")))

    assert drain(uploader) == 4


def test_wishes_wait_out_an_outage_and_drain_after_it(
    database: Database, start: Start, clock: Clock, tmp_path: Path
) -> None:
    with Seaweed(tmp_path / "cloud") as cloud:
        uploader = start(cloud.open())
        cloud.stop()
        database.wish(*(page(f"p/{number}") for number in range(20)))

        assert uploader.step()
        assert not uploader.step()
        assert database.waiting().count == 20
        assert "cannot be reached" in database.waiting().problem

        cloud.start()
        clock.now += 45
        assert drain(uploader) == 20
        assert len(cloud.keys()) == 20
        assert database.waiting().problem == ""


def steps_in(uploader: Uploader, clock: Clock, seconds: int) -> int:
    """Step ten times a second for so long; return how often something was asked."""
    asked = 0
    for _ in range(seconds * 10):
        clock.now += 0.1
        asked += uploader.step()
    return asked


def test_a_cloud_that_is_down_is_asked_seldom_by_the_whole_booth(
    database: Database, start: Start, clock: Clock
) -> None:
    database.wish(*(page(f"p/{number}") for number in range(20)))
    with nobody() as settings:
        uploader = start(S3Bucket(settings, key="k", secret="s"))

        assert steps_in(uploader, clock, 30) <= 12
        assert steps_in(uploader, clock, 270) <= 30
        assert steps_in(uploader, clock, 60) <= 6
    assert database.waiting().count == 20


@pytest.mark.parametrize("status", ["403 Forbidden", "503 Busy", "200 OK", "301 Moved"])
def test_a_cloud_that_says_no_is_asked_seldom_and_nothing_is_lost(
    database: Database, start: Start, clock: Clock, status: str
) -> None:
    database.wish(*(page(f"p/{number}") for number in range(20)))
    with sham(status) as server:
        uploader = start(S3Bucket(server.settings(), key="k", secret="s"))
        asked = steps_in(uploader, clock, 60)

        assert server.questions == asked <= 12
    assert database.waiting().count == 20


def test_after_an_outage_the_order_of_wishing_is_kept(
    database: Database, start: Start, clock: Clock, memory: Memory
) -> None:
    database.wish(page("card/a.jpg"), page("p/a"))
    uploader = start(memory)
    memory.error = DOWN
    steps_in(uploader, clock, 30)

    memory.error = None
    clock.now += 30
    drain(uploader)

    assert list(memory.objects) == ["card/a.jpg", "p/a"]


def test_new_wishes_do_not_make_it_ask_a_cloud_that_is_down(
    database: Database, start: Start, memory: Memory
) -> None:
    memory.error = DOWN
    uploader = start(memory)
    database.wish(page())
    uploader.step()

    for number in range(20):
        database.wish(page(f"p/{number}"))
        uploader.wake()
        assert not uploader.step()

    assert len(memory.calls) == 1


@dataclass
class Picky:
    """A bucket that refuses one key."""

    bucket: Memory
    refused: str

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Put, unless refused."""
        if key == self.refused:
            raise Refused("The cloud refused a file.")
        self.bucket.put(key, file, content_type, cache_control)

    def remove(self, key: str) -> None:
        """Remove."""
        self.bucket.remove(key)


def test_one_refused_file_does_not_hold_the_others(
    database: Database, start: Start, clock: Clock, memory: Memory
) -> None:
    database.wish(page("p/bad"), page("p/a"), page("p/b"))

    steps_in(start(Picky(memory, "p/bad")), clock, 2)

    assert set(memory.objects) == {"p/a", "p/b"}
    assert database.waiting().count == 1
    assert database.waiting().problem == "The cloud refused a file."


def test_a_file_that_vanished_waits_with_its_problem_and_holds_nothing(
    database: Database, start: Start, tmp_path: Path
) -> None:
    database.wish(page("p/a", file="gone.html"), page("p/b"))

    assert drain(start(FolderBucket(tmp_path / "bucket"))) == 2

    assert (tmp_path / "bucket/p/b").exists()
    assert database.waiting().count == 1
    assert "missing" in database.waiting().problem


def test_a_tombstone_settles_a_file_that_vanished(
    database: Database, start: Start, tmp_path: Path
) -> None:
    uploader = start(FolderBucket(tmp_path / "bucket"))
    database.wish(page(file="gone.html"))
    drain(uploader)

    database.wish(tombstone())
    drain(uploader)

    assert database.waiting().count == 0
    assert database.waiting().problem == ""


def test_a_bucket_that_cannot_be_opened_is_tried_again(
    database: Database, album: Path, clock: Clock, memory: Memory
) -> None:
    answers: list[Memory] = []

    def opened() -> Bucket:
        if answers:
            return answers[0]
        raise Refused("The cloud's address is wrong.")

    uploader = Uploader(opened, database.transaction, album, clock=clock)
    database.wish(page())
    drain(uploader)
    assert database.waiting().problem == "The cloud's address is wrong."

    answers.append(memory)
    clock.now += 30
    drain(uploader)
    assert list(memory.objects) == ["p/abc"]


def test_a_clock_set_back_ten_years_does_not_stop_uploads(
    database: Database, start: Start, clock: Clock, memory: Memory
) -> None:
    memory.error = Refused("The cloud refused a file.")
    uploader = start(memory)
    database.wish(page())
    uploader.step()

    memory.error = None
    clock.now -= 10 * 365 * 86_400
    assert uploader.step()

    assert list(memory.objects) == ["p/abc"]


@dataclass
class Held:
    """A bucket whose put ends when it is let go, or fails while nobody waits."""

    started: threading.Event
    release: threading.Event

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Wait, and find the cloud down."""
        self.started.set()
        assert self.release.wait(DEADLINE)
        raise DOWN

    def remove(self, key: str) -> None:
        """Find the cloud down."""
        raise DOWN


def test_one_probe_at_a_time_asks_whether_the_cloud_is_back(
    database: Database, start: Start, clock: Clock
) -> None:
    held = Held(threading.Event(), threading.Event())
    uploader = start(held)
    database.wish(tombstone("p/z"))
    uploader.step()
    database.wish(page("p/z", revision=3), page("p/a"), page("p/b"))
    clock.now += 30

    probe = threading.Thread(target=uploader.step)
    probe.start()
    assert held.started.wait(DEADLINE)
    others = [uploader.step() for _ in range(10)]
    held.release.set()
    probe.join()

    assert not any(others)


def running(
    uploader: Uploader, stack: ExitStack
) -> tuple[threading.Thread, threading.Event]:
    """Run the uploader in a thread that ends with the stack."""
    stop = threading.Event()
    thread = threading.Thread(target=uploader.run, args=(stop,))
    thread.start()
    stack.callback(thread.join)
    stack.callback(stop.set)
    return thread, stop


@pytest.mark.parametrize("error", [None, DOWN])
def test_it_stops_within_a_second_idle_or_waiting(
    database: Database, start: Start, memory: Memory, error: Unreachable | None
) -> None:
    memory.error = error
    database.wish(page())
    with ExitStack() as stack:
        thread, stop = running(start(memory), stack)
        assert memory.called.wait(DEADLINE)

        stop.set()
        thread.join(1.0)

        assert not thread.is_alive()
    assert len(memory.calls) == 1


def test_two_threads_send_each_file_once(
    database: Database, start: Start, memory: Memory
) -> None:
    keys = [f"p/{number}" for number in range(30)]
    database.wish(*(page(key) for key in keys))
    uploader = start(memory)

    threads = [threading.Thread(target=drain, args=(uploader,)) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(memory.calls) == sorted(f"put {key}" for key in keys)
    assert database.waiting().count == 0


def test_a_wake_brings_a_new_wish_up(
    database: Database, start: Start, memory: Memory
) -> None:
    with ExitStack() as stack:
        uploader = start(memory)
        running(uploader, stack)

        database.wish(page())
        uploader.wake()

        assert memory.called.wait(DEADLINE)


def test_logs_say_once_that_uploads_wait_and_never_name_a_token(
    database: Database,
    start: Start,
    clock: Clock,
    memory: Memory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO", logger="sync")
    database.wish(page("p/0123456789abcdefghjk"))
    uploader = start(memory)
    memory.error = DOWN
    steps_in(uploader, clock, 60)
    memory.error = None
    clock.now += 30
    drain(uploader)

    assert [each.getMessage() for each in caplog.records] == [
        "Uploads wait: The cloud cannot be reached.",
        "Uploads go on.",
    ]
