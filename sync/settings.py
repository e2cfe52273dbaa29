"""Where finished files go: a folder on this computer, or a bucket in the cloud."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

Endpoint: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^(https?://[^\s/]+.*)?\Z",
        description='an address that begins with https://, or ""',
    ),
]
"""An address beginning with http:// or https://, or nothing."""

BucketName: TypeAlias = Annotated[
    str,
    Meta(
        pattern=r"^(?!.*\.\.)([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?\Z",
        description='3 to 63 small letters, digits, dots and hyphens, or ""',
    ),
]
"""3 to 63 of a-z, 0-9, dot and hyphen, or nothing."""

Region: TypeAlias = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9-]{2,40}\Z", description="a region's short name")
]

Threads: TypeAlias = Annotated[int, Meta(ge=1, le=4)]
"""How many files may travel at once: 1 to 4."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which bucket, and how to reach it; its key and secret are never kept here."""

    kind: Literal["folder", "s3"] = "folder"
    endpoint: Endpoint = ""
    region: Region = "us-east-1"
    bucket: BucketName = ""
    threads: Threads = 1

    def __post_init__(self) -> None:
        """Refuse a cloud without a bucket (ValueError)."""
        if self.kind == "s3" and not self.bucket:
            raise ValueError('kind = "s3" needs the name of its bucket in `bucket`')
