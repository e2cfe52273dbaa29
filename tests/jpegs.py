"""What is inside a JPEG file besides its picture."""

NAMES = {0xDB: "DQT", 0xC4: "DHT", 0xC0: "SOF0", 0xC2: "SOF2", 0xFE: "COM", 0xDA: "SOS"}


def segments(jpeg: bytes) -> list[str]:
    """List the segments before the picture's data, in order."""
    found: list[str] = []
    at = 2
    while at < len(jpeg) and (not found or found[-1] != "SOS"):
        assert jpeg[at] == 0xFF, "not a JPEG"
        marker = jpeg[at + 1]
        application = f"APP{marker - 0xE0}"
        is_application = 0xE0 <= marker <= 0xEF
        found.append(application if is_application else NAMES.get(marker, hex(marker)))
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found
