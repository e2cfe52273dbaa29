import ssl
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import socketio
from cryptography.x509 import (
    Certificate,
    DNSName,
    IPAddress,
    SubjectAlternativeName,
    load_pem_x509_certificate,
)

from kiosk.web.roles import Role
from kiosk.web.tls import certify
from tests.kiosk.web.people import ASKED
from tests.kiosk.web.processes import Overheard
from tests.waiting import eventually

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
DAY = timedelta(days=1)
YEARS = 3650 * DAY


def read(file: Path) -> Certificate:
    """Read a certificate."""
    return load_pem_x509_certificate(file.read_bytes())


def test_the_servers_certificate_is_for_its_names_by_an_authority_of_its_own(
    tmp_path: Path,
) -> None:
    tls = certify(tmp_path, ["quay-1.local", "192.0.2.7", "::1"], NOW)

    served, trusted = read(tls.certificate), read(tls.trusted)
    served.verify_directly_issued_by(trusted)
    names = served.extensions.get_extension_for_class(SubjectAlternativeName).value
    assert names.get_values_for_type(DNSName) == ["quay-1.local"]
    addresses = {str(each) for each in names.get_values_for_type(IPAddress)}
    assert addresses == {"192.0.2.7", "::1"}
    assert tls.until == trusted.not_valid_after_utc == NOW + 365 * DAY
    assert trusted.not_valid_before_utc == NOW - DAY
    assert served.not_valid_after_utc == NOW + 30 * DAY


def test_keys_are_ours_alone(tmp_path: Path) -> None:
    certify(tmp_path, ["localhost"], NOW)

    folder = tmp_path / "tls"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("ca.key", "server.key"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600


def test_the_authority_stays_and_the_servers_is_new_with_todays_names(
    tmp_path: Path,
) -> None:
    before = certify(tmp_path, ["192.0.2.7"], NOW)
    trusted, served = before.trusted.read_bytes(), before.certificate.read_bytes()

    after = certify(tmp_path, ["192.0.2.8"], NOW + 60 * DAY)

    assert after.trusted.read_bytes() == trusted
    assert after.certificate.read_bytes() != served
    renewed = read(after.certificate)
    renewed.verify_directly_issued_by(read(after.trusted))
    assert renewed.not_valid_after_utc == NOW + 90 * DAY


@pytest.mark.parametrize("wrong", [-YEARS, -2 * DAY, 2 * DAY, YEARS])
def test_a_clock_that_is_wrong_at_a_start_locks_no_tablet_out(
    tmp_path: Path, wrong: timedelta
) -> None:
    trusted = certify(tmp_path, ["localhost"], NOW).trusted.read_bytes()

    tls = certify(tmp_path, ["localhost"], NOW + wrong)

    assert tls.trusted.read_bytes() == trusted
    served = read(tls.certificate)
    assert served.not_valid_before_utc <= NOW <= served.not_valid_after_utc


# A booth that serves by TLS


@pytest.fixture(scope="module")
def booth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Overheard]:
    """Serve one booth by TLS."""
    booth = Overheard(tmp_path_factory.mktemp("tls"))
    booth.encrypt()
    with booth:
        yield booth


@pytest.fixture
def trusting(booth: Overheard) -> ssl.SSLContext:
    """Trust what a tablet is told to install."""
    file = booth.data / "tls" / "pledgebooth-ca.crt"
    return ssl.create_default_context(cafile=str(file))


@pytest.fixture
def base(booth: Overheard) -> str:
    """Say where it answers."""
    return booth.url.replace("http:", "https:")


def test_a_device_that_trusts_the_booth_gets_its_page(
    base: str, trusting: ssl.SSLContext
) -> None:
    with urlopen(f"{base}/wall", context=trusting, timeout=25) as answer:
        assert answer.status == 200
        assert b"<wall-screen" in answer.read()


def test_a_device_that_does_not_trust_it_is_refused(base: str) -> None:
    with pytest.raises(URLError, match="CERTIFICATE_VERIFY_FAILED"):
        urlopen(f"{base}/wall", timeout=25)


def test_nobody_is_answered_in_plain(booth: Overheard) -> None:
    with pytest.raises((URLError, OSError)):
        urlopen(f"{booth.url}/healthz", timeout=25)


def test_every_address_that_staff_reads_is_encrypted(booth: Overheard) -> None:
    said = [each for each in booth.said if not each.startswith("Links")]

    assert "http://" not in "\n".join(said)
    assert booth.link(Role.WALL).startswith("https://")


def test_a_paired_device_has_a_cookie_for_tls_alone_and_hears_news_by_its_socket(
    booth: Overheard, base: str, trusting: ssl.SSLContext
) -> None:
    path = booth.link(Role.VOLUNTEER).removeprefix(base)
    _, cookie = asked(booth, trusting, base, path)
    assert "Secure" in cookie
    heard: list[object] = []
    tablet = socketio.Client(
        reconnection=False,
        websocket_extra_options={"sslopt": {"context": trusting}, "origin": base},
    )
    tablet.on("news", heard.append)
    session = {"Cookie": cookie.partition(";")[0]}
    tablet.connect(
        base, session, {"screen": "moderation"}, ["websocket"], wait_timeout=25
    )
    wire = tablet.eio.ws

    visit, _ = asked(booth, trusting, base, "/visits", ASKED)
    for act in ("shoot", "keep"):
        asked(booth, trusting, base, f"/visits/{visit['visit']}/{act}")

    eventually(lambda: bool(heard))
    tablet.disconnect()
    wire.close()


def asked(
    booth: Overheard,
    trusting: ssl.SSLContext,
    base: str,
    path: str,
    body: object = None,
) -> tuple[dict[str, object], str]:
    """Write as our own pages do; return what was told, and the cookie."""
    import json

    line = HTTPSConnection("127.0.0.1", booth.port, timeout=25, context=trusting)
    own = {"Origin": base, "Content-Type": "application/json"}
    line.request("POST", path, json.dumps(body or {}), own)
    answer = line.getresponse()
    assert answer.status < 300, answer.read()
    told = json.loads(answer.read())
    line.close()
    return told, answer.headers.get("Set-Cookie", "")
