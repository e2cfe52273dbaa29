"""A bucket that speaks S3."""

import hashlib
import os
from base64 import b64encode
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sync.bucket import BucketError, Refused, Unreachable, checked, content
from sync.settings import Settings

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_s3 import S3Client

KEY = "PLEDGEBOOTH_BUCKET_KEY"
SECRET = "PLEDGEBOOTH_BUCKET_SECRET"  # noqa: S105 - the variable's name, not a secret

SILENT = "The cloud cannot be reached."
PORTAL = "Something else answers in place of the cloud, perhaps a sign-in page."
BUSY = "The cloud is out of order or busy."
DAMAGED = "The cloud received something else than was sent."
WRONG_REGION = "The bucket lies in another region: correct `region` or `endpoint`."
WRONG_KEY = "The cloud does not know our key or our secret."
WRONG_CLOCK = "This computer's clock is wrong, so the cloud refuses it."
NO_RIGHT = "The cloud does not let our key put or remove files."
NO_BUCKET = "There is no bucket of that name in the cloud."
NO_KEY = f"There is no key for the cloud: set {KEY} and {SECRET}."
REFUSED = "The cloud refused a file."

SENTENCES: Mapping[str, str] = {
    "PermanentRedirect": WRONG_REGION,
    "TemporaryRedirect": WRONG_REGION,
    "AuthorizationHeaderMalformed": WRONG_REGION,
    "IllegalLocationConstraintException": WRONG_REGION,
    "InvalidAccessKeyId": WRONG_KEY,
    "SignatureDoesNotMatch": WRONG_KEY,
    "RequestTimeTooSkewed": WRONG_CLOCK,
    "AccessDenied": NO_RIGHT,
    "NoSuchBucket": NO_BUCKET,
    "BadDigest": DAMAGED,
    "XAmzContentSHA256Mismatch": DAMAGED,
}
"""What an S3 error code means to an operator."""

Answer = TypeVar("Answer")


class S3Bucket:
    """A bucket on Amazon S3 or at any endpoint that speaks it."""

    def __init__(
        self,
        settings: Settings,
        *,
        key: str = "",
        secret: str = "",
        connect_timeout: float = 5.0,
        read_timeout: float = 20.0,
    ) -> None:
        """Open the bucket without asking it anything; timeouts are in seconds.

        Key and secret are taken from the environment unless given, else from
        where boto3 finds them.

        Raises:
            Refused: the settings make no sense.
        """
        self._bucket = settings.bucket
        config = _config(settings, connect_timeout, read_timeout)
        keys = (key or os.environ.get(KEY), secret or os.environ.get(SECRET))
        self._client = _asked(lambda: _client(settings, config, *keys))

    def put(self, key: str, file: Path, content_type: str, cache_control: str) -> None:
        """Put the file under the key, checked by MD5 there and back.

        Raises:
            Unreadable: the file to put cannot be read.
            Refused: the cloud said no.
            Unreachable: no answer of the cloud's came.
        """
        data = content(file)
        md5 = hashlib.md5(data, usedforsecurity=False)
        answer = _asked(
            lambda: self._client.put_object(
                Bucket=self._bucket,
                Key=checked(key),
                Body=data,
                ContentType=content_type,
                CacheControl=cache_control,
                ContentMD5=b64encode(md5.digest()).decode(),
                Metadata={"sha256": hashlib.sha256(data).hexdigest()},
            )
        )
        _check_kept(answer, md5.hexdigest())

    def remove(self, key: str) -> None:
        """Remove the key, which need not be there; raise as `put` does."""
        answer = _asked(
            lambda: self._client.delete_object(Bucket=self._bucket, Key=checked(key))
        )
        if answer["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NO_CONTENT:
            raise Unreachable(PORTAL)


def _config(settings: Settings, connect: float, read: float) -> "Config":
    from botocore.config import Config

    return Config(
        connect_timeout=connect,
        read_timeout=read,
        # The outbox owns back-off: hidden retries would double its requests.
        retries={"mode": "standard", "total_max_attempts": 1},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if settings.endpoint else "auto"},
    )


def _client(
    settings: Settings, config: "Config", key: str | None, secret: str | None
) -> "S3Client":
    from boto3.session import Session

    session = Session(
        aws_access_key_id=key or None,
        aws_secret_access_key=secret or None,
        region_name=settings.region,
    )
    endpoint = settings.endpoint or None
    client: S3Client = session.client("s3", endpoint_url=endpoint, config=config)
    client.meta.events.register("before-call.s3", _stay)
    return client


def _stay(context: dict[str, Any], **_: object) -> None:
    # boto3 follows a 301 by asking again, and again, until the stack is full. Told
    # that it was redirected already, it reports the 301 instead.
    context.setdefault("s3_redirect", {})["redirected"] = True


def _asked(ask: Callable[[], Answer]) -> Answer:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return ask()
    except ClientError as error:
        raise _answered(error.response) from error
    except BotoCoreError as error:
        raise _unanswered(error) from error
    except ValueError as error:  # an endpoint that is no address
        raise Refused(f"The cloud's address is wrong: {error}") from error


def _answered(response: Mapping[str, Any]) -> BucketError:
    code = str(response.get("Error", {}).get("Code", ""))
    status = int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    if code in SENTENCES:
        return Refused(SENTENCES[code])
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _BUSY:
        return Unreachable(BUSY)
    return _by_status(status)


_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS})


def _by_status(status: int) -> BucketError:
    if status in (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.TEMPORARY_REDIRECT):
        return Refused(WRONG_REGION)
    if status < HTTPStatus.BAD_REQUEST:
        return Unreachable(PORTAL)
    return Refused(NO_RIGHT if status == HTTPStatus.FORBIDDEN else REFUSED)


def _unanswered(error: Exception) -> BucketError:
    from botocore import exceptions

    ours = (exceptions.NoCredentialsError, exceptions.PartialCredentialsError)
    if isinstance(error, ours):
        return Refused(NO_KEY)
    if isinstance(error, exceptions.ParamValidationError):
        return Refused(REFUSED)
    return Unreachable(SILENT)


def _check_kept(answer: Mapping[str, Any], md5: str) -> None:
    etag = str(answer.get("ETag", "")).strip('"')
    if not etag:
        raise Unreachable(PORTAL)
    # Under the cloud's own encryption keys an ETag is no MD5.
    is_md5 = answer.get("ServerSideEncryption", "AES256") == "AES256"
    if is_md5 and etag != md5:
        raise Refused(DAMAGED)
