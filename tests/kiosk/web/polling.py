"""A socket by hand: Socket.IO's first words over plain HTTP, as any device."""

import json
from collections.abc import Mapping

from tests.kiosk.web.people import Device

PATH = "/socket.io/?EIO=4&transport=polling"
TEXT = {"Content-Type": "text/plain;charset=UTF-8"}


def joins(
    device: Device, auth: object, headers: Mapping[str, str] | None = None
) -> bool:
    """Ask to listen, and say whether the booth lets this device."""
    begun = device.get(PATH, headers)
    if begun.status_code != 200:
        return False

    sid = json.loads(begun.text[1:])["sid"]
    hello = b"40" + (b"" if auth is None else json.dumps(auth).encode())
    there = f"{PATH}&sid={sid}"
    assert device.send("POST", there, hello, {**TEXT, **(headers or {})}).text == "OK"
    answer = device.get(there, headers).text
    assert answer.startswith(("40", "44")), answer
    return answer.startswith("40")
