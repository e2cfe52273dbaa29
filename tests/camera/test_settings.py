import msgspec
import pytest

from camera.settings import Settings


def test_nothing_need_be_said() -> None:
    settings = msgspec.toml.decode("", type=Settings)

    assert settings == Settings()
    assert settings.source == "auto"
    assert (settings.width, settings.height, settings.rate) == (1920, 1080, 30)


@pytest.mark.parametrize(
    "line",
    [
        "width = 0",
        "height = 100000",
        "rate = 0",
        "rate = 1000",
        "turn = 45",
        'width = "wide"',
        'source = ""',
        "source = 0",
        "sauce = 'auto'",
    ],
)
def test_a_wrong_key_or_value_is_refused(line: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(line, type=Settings)
