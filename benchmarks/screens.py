"""Many screens in one process, which say when each heard the news.

`python -m benchmarks.screens PORT COUNT` prints the seconds in which all of them, at
once, were connected, and then a line of JSON for each piece of news that all have
heard: the monotonic seconds at which each did.
"""

import asyncio
import json
import sys
from collections import defaultdict
from time import monotonic

from simple_websocket import AioClient  # type: ignore[import-untyped]  # none exist

AUTH = json.dumps({"screen": "wall"})
PING, PONG = "2", "3"
CONNECT, CONNECTED = f"40{AUTH}", "40"
NEWS = "42"


async def main(port: int, count: int) -> None:
    """Listen until the parent ends this process."""
    heard: dict[str, list[float]] = defaultdict(list)
    began = monotonic()
    screens = await asyncio.gather(*(_connected(port) for _ in range(count)))
    async with asyncio.TaskGroup() as listening:
        for screen in screens:
            listening.create_task(_listen(screen, heard, count))  # answers pings too
        print(monotonic() - began, flush=True)


async def _connected(port: int) -> AioClient:
    address = f"ws://127.0.0.1:{port}/socket.io/?EIO=4&transport=websocket"
    screen = await AioClient.connect(address)
    # At once: what came with the handshake's last bytes is seen with the next ones.
    await screen.send(CONNECT)
    while not (await screen.receive()).startswith(CONNECTED):
        pass
    return screen


async def _listen(screen: AioClient, heard: dict[str, list[float]], count: int) -> None:
    while True:
        said = await screen.receive()
        at = monotonic()
        if said == PING:
            await screen.send(PONG)
        elif said.startswith(NEWS):
            _note(said, at, heard, count)


def _note(said: str, at: float, heard: dict[str, list[float]], count: int) -> None:
    # The text itself tells news apart: to parse it fifty times would cost the others.
    heard[said].append(at)
    if len(heard[said]) == count:
        print(json.dumps(heard.pop(said)), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
