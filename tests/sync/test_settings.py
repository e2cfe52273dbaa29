"""What may stand in the section about the cloud."""

import msgspec
import pytest

from sync.settings import Settings


def read(text: str) -> Settings:
    """Read a section as the config does."""
    return msgspec.toml.decode(text, type=Settings)


def test_nothing_configured_is_a_folder_on_this_computer() -> None:
    assert read("").kind == "folder"


def test_a_cloud_is_an_endpoint_and_a_bucket() -> None:
    settings = read('kind = "s3"\nendpoint = "https://s3.test"\nbucket = "gallery"')

    assert (settings.endpoint, settings.bucket) == ("https://s3.test", "gallery")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('kind = "s3"', "bucket"),
        ('kind = "ftp"', "kind"),
        ('endpoint = "s3.test"', "endpoint"),
        ('bucket = "No Spaces"', "bucket"),
        ("threads = 0", "threads"),
        ("threads = 5", "threads"),
        ('threads = "two"', "threads"),
        ('secret = "hush"', "secret"),
    ],
)
def test_a_wrong_key_is_named(text: str, named: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=named):
        read(text)
