"""A real cloud, and whatever else may answer in its place."""

import hashlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from sync import s3
from sync.bucket import BucketError, Refused, Unreachable, Unreadable
from sync.s3 import S3Bucket
from sync.settings import Settings
from tests.seaweed import Seaweed
from tests.sync.world import nobody, sham, silence

HTML = "text/html; charset=utf-8"
PORTAL = "<html><h1>Welcome to our free Wi-Fi</h1></html>"


def opened(settings: Settings, *, key: str = "k", secret: str = "s") -> S3Bucket:
    """Open a bucket that loses patience soon."""
    return S3Bucket(
        settings, key=key, secret=secret, connect_timeout=0.5, read_timeout=0.5
    )


def put(bucket: S3Bucket, album: Path, key: str = "p/abc") -> None:
    """Put the page."""
    bucket.put(key, album / "page.html", HTML, "no-store")


Ask = Callable[[S3Bucket, Path], None]
ASKS: list[Ask] = [put, lambda bucket, _: bucket.remove("p/abc")]
either = pytest.mark.parametrize("ask", ASKS, ids=["put", "remove"])


def error_of(code: str) -> str:
    """Return the body of an S3 error."""
    return f"<Error><Code>{code}</Code><Message>Sorry.</Message></Error>"


def test_a_phone_reads_the_page_without_any_key(cloud: Seaweed, album: Path) -> None:
    put(cloud.open(), album, "p/phone")

    with urllib.request.urlopen(f"{cloud.public_url}/p/phone") as answer:
        assert answer.read() == (album / "page.html").read_bytes()
        assert answer.headers["Content-Type"] == HTML
        assert answer.headers["Cache-Control"] == "no-store"


def test_the_object_carries_its_checksums(cloud: Seaweed, album: Path) -> None:
    data = (album / "page.html").read_bytes()

    put(cloud.open(), album, "p/sums")

    head = cloud.client().head_object(Bucket=cloud.bucket, Key="p/sums")
    assert head["Metadata"] == {"sha256": hashlib.sha256(data).hexdigest()}
    assert head["ETag"] == f'"{hashlib.md5(data).hexdigest()}"'  # noqa: S324


def test_putting_twice_leaves_one_object(cloud: Seaweed, album: Path) -> None:
    for _ in range(2):
        put(cloud.open(), album, "p/twice")

    assert cloud.keys().count("p/twice") == 1


def test_removing_removes_and_what_is_not_there_is_fine(
    cloud: Seaweed, album: Path
) -> None:
    put(cloud.open(), album, "p/removed")

    for _ in range(2):
        cloud.open().remove("p/removed")

    assert cloud.keys().count("p/removed") == 0


def test_key_and_secret_come_from_the_environment(
    cloud: Seaweed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)

    S3Bucket(cloud.settings()).remove("p/never-put")


@either
def test_a_wrong_secret_is_told(cloud: Seaweed, album: Path, ask: Ask) -> None:
    bucket = opened(cloud.settings(), key=cloud.key, secret="wrong")

    with pytest.raises(Refused, match="does not know our key or our secret"):
        ask(bucket, album)


@either
def test_an_unknown_key_is_told(cloud: Seaweed, album: Path, ask: Ask) -> None:
    bucket = opened(cloud.settings(), key="stranger", secret=cloud.secret)

    with pytest.raises(Refused, match="does not know our key or our secret"):
        ask(bucket, album)


def test_a_bucket_that_is_not_there_is_told(cloud: Seaweed, album: Path) -> None:
    elsewhere = Settings(kind="s3", endpoint=cloud.endpoint, bucket="no-such-bucket")
    bucket = opened(elsewhere, key="anyone", secret="wrong")

    with pytest.raises(Refused):
        put(bucket, album)


def test_a_file_that_vanished_is_told_before_anything_is_asked(album: Path) -> None:
    with sham("200 OK") as server, pytest.raises(Unreadable):
        opened(server.settings()).put("p/abc", album / "gone.html", HTML, "no-store")

    assert server.questions == 0


@pytest.mark.parametrize("key", ["", "../p", "p/../../x", "p/a b", "/p"])
def test_a_key_that_is_no_plain_path_is_refused(album: Path, key: str) -> None:
    with sham("200 OK") as server, pytest.raises(Refused):
        put(opened(server.settings()), album, key)

    assert server.questions == 0


@either
def test_a_silent_cloud_blocks_no_longer_than_its_timeouts(
    album: Path, ask: Ask
) -> None:
    with silence() as settings:
        bucket = opened(settings)
        started = time.monotonic()
        with pytest.raises(Unreachable, match="cannot be reached"):
            ask(bucket, album)

    assert time.monotonic() - started < 15.0


@either
def test_a_cloud_that_is_off_is_unreachable(album: Path, ask: Ask) -> None:
    with nobody() as settings, pytest.raises(Unreachable, match="cannot be reached"):
        ask(opened(settings), album)


@either
@pytest.mark.parametrize(
    ("status", "body", "kind", "sentence"),
    [
        ("200 OK", PORTAL, Unreachable, "sign-in page"),
        ("200 OK", "", Unreachable, "sign-in page"),
        ("302 Found", PORTAL, Unreachable, "sign-in page"),
        ("511 Network Authentication Required", PORTAL, Unreachable, "busy"),
        ("301 Moved Permanently", error_of("PermanentRedirect"), Refused, "region"),
        ("301 Moved Permanently", "", Refused, "region"),
        ("307 Temporary", error_of("TemporaryRedirect"), Refused, "region"),
        ("400 Bad", error_of("AuthorizationHeaderMalformed"), Refused, "region"),
        ("400 Bad", error_of("BadDigest"), Refused, "something else than was sent"),
        ("403 Forbidden", error_of("AccessDenied"), Refused, "let our key"),
        ("403 Forbidden", error_of("RequestTimeTooSkewed"), Refused, "clock"),
        ("403 Forbidden", PORTAL, Refused, "let our key"),
        ("404 Not Found", error_of("NoSuchBucket"), Refused, "no bucket"),
        ("405 Not Allowed", "", Refused, "refused a file"),
        ("429 Too Many Requests", error_of("SlowDown"), Unreachable, "busy"),
        ("500 Oh", error_of("InternalError"), Unreachable, "busy"),
        ("503 Busy", error_of("SlowDown"), Unreachable, "busy"),
        ("503 Busy", "not XML <<<", Unreachable, "cloud"),
    ],
)
def test_whatever_else_answers_is_told_in_a_sentence_after_one_request(
    album: Path,
    ask: Ask,
    status: str,
    body: str,
    kind: type[BucketError],
    sentence: str,
) -> None:
    with sham(status, body) as server, pytest.raises(kind, match=sentence) as caught:
        ask(opened(server.settings()), album)

    assert server.questions == 1
    assert str(caught.value).endswith(".")


def test_an_answer_with_another_checksum_is_not_an_upload(album: Path) -> None:
    headers = ('ETag: "d41d8cd98f00b204e9800998ecf8427e"', "x-amz-request-id: 1")

    with sham("200 OK", headers=headers) as server:
        bucket = opened(server.settings())
        with pytest.raises(Refused, match="something else than was sent"):
            put(bucket, album)


def test_under_the_clouds_own_encryption_an_etag_is_no_checksum(album: Path) -> None:
    headers = ('ETag: "d41d8c"', "x-amz-server-side-encryption: aws:kms")

    with sham("200 OK", headers=headers) as server:
        put(opened(server.settings()), album)

    assert server.questions == 1


def test_an_answer_cut_off_in_the_middle_is_unreachable(album: Path) -> None:
    with sham("500 Oh") as server, pytest.raises(Unreachable):
        server.answer = b"HTTP/1.1 500 Oh\r\nContent-Length: 500\r\n\r\n<Error><Co"
        put(opened(server.settings()), album)


def test_without_any_key_the_operator_is_told_which_to_set(
    album: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in (s3.KEY, s3.SECRET, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))

    with sham("200 OK") as server, pytest.raises(Refused, match=s3.KEY):
        put(S3Bucket(server.settings()), album)

    assert server.questions == 0


def test_an_address_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match="address is wrong"):
        opened(Settings(kind="s3", endpoint="http://a b", bucket="gallery"))


def test_the_clouds_library_is_loaded_only_with_a_cloud() -> None:
    code = "import sys, sync.uploader, sync.s3; print('boto3' in sys.modules)"

    answer = subprocess.check_output([sys.executable, "-c", code], text=True)

    assert answer == "False\n"
