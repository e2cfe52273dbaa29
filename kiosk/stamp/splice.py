"""Join two JPEGs, one above the other, without encoding either again.

A card's lower part is known before the shutter, so it is encoded while the guest
poses; afterwards only the photo is. A JPEG may start afresh after every so many
blocks: with that number set to the upper part's, the lower part's own data follows
one restart marker. Both must come from the same encoder at the same quality.
"""

from struct import pack, unpack_from

START_OF_FRAME = 0xC0
START_OF_SCAN = 0xDA
END = b"\xff\xd9"
RESTART = b"\xff\xd0"
RESTART_INTERVAL = b"\xff\xdd\x00\x04"
BLOCK = 16  # pixels a side, at 4:2:0


def stacked(upper: bytes, lower: bytes) -> bytes:
    """Return one JPEG of two equally wide ones; the upper is whole blocks high.

    Both are baseline, 4:2:0 and at least as many blocks are in the upper.
    """
    head, scan = _parts(upper)
    _, lower_scan = _parts(lower)
    frame, start = _marker(upper, START_OF_FRAME), _marker(upper, START_OF_SCAN)
    height, width = unpack_from(">HH", upper, frame + 5)
    (more,) = unpack_from(">H", lower, _marker(lower, START_OF_FRAME) + 5)
    interval = height // BLOCK * -(-width // BLOCK)
    taller = head[: frame + 5] + pack(">H", height + more) + head[frame + 7 : start]
    restart = RESTART_INTERVAL + pack(">H", interval)
    return b"".join((taller, restart, head[start:], scan, RESTART, lower_scan, END))


def segments(jpeg: bytes) -> list[tuple[int, int]]:
    """Return each marker before the picture's data, and where it stands."""
    found: list[tuple[int, int]] = []
    at = 2
    while not found or found[-1][0] != START_OF_SCAN:
        found.append((jpeg[at + 1], at))
        at += 2 + unpack_from(">H", jpeg, at + 2)[0]
    return found


def _marker(jpeg: bytes, wanted: int) -> int:
    return next(at for marker, at in segments(jpeg) if marker == wanted)


def _parts(jpeg: bytes) -> tuple[bytes, bytes]:
    """Return what stands before the picture's data, and the data."""
    start = _marker(jpeg, START_OF_SCAN)
    data = start + 2 + unpack_from(">H", jpeg, start + 2)[0]
    return jpeg[:data], jpeg[data : -len(END)]
