"""A server that does nothing but tell: the floor beside one approval to many screens.

It sends the bytes of one approval as server-sent events, from asyncio, to as many
listeners in a process of their own: `python -m benchmarks.sse PORT COUNT`.
"""

import asyncio
import json
import subprocess
import sys
from asyncio import StreamReader, StreamWriter
from time import monotonic

from benchmarks.turns import Times
from tests.ports import free_ports

NEWS = b"data: " + b"x" * 900 + b"\n\n"  # as long as one approval's news
PAUSE = 0.05  # seconds between two pieces of news


def last(listeners: int, turns: int) -> Times:
    """Return the seconds until the last of so many heard, turn by turn."""
    return asyncio.run(_told(listeners, turns))


async def _told(listeners: int, turns: int) -> Times:
    open_lines: list[StreamWriter] = []
    all_here = asyncio.Event()

    async def come(_reader: StreamReader, writer: StreamWriter) -> None:
        open_lines.append(writer)
        if len(open_lines) == listeners:
            all_here.set()

    (port,) = free_ports(1)
    server = await asyncio.start_server(come, "127.0.0.1", port, backlog=listeners)
    crowd = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.sse", str(port), str(listeners)),
        stdout=subprocess.PIPE,
    )
    async with server:
        await all_here.wait()
        seconds = [await _tell(open_lines, crowd) for _ in range(turns)]
        crowd.kill()
        await crowd.wait()
        for line in open_lines:
            line.close()
    return Times(seconds)


async def _tell(
    open_lines: list[StreamWriter], crowd: asyncio.subprocess.Process
) -> float:
    await asyncio.sleep(PAUSE)
    told = monotonic()
    for line in open_lines:
        line.write(NEWS)
    assert crowd.stdout  # noqa: S101  # asked for above
    return float(json.loads(await crowd.stdout.readline())) - told


async def listen(port: int, count: int) -> None:
    """Print, for each piece of news, when the last of so many listeners heard it."""
    heard = 0

    async def one() -> None:
        nonlocal heard
        reader, _writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            await reader.readuntil(b"\n\n")
            heard += 1
            if heard % count == 0:
                print(json.dumps(monotonic()), flush=True)

    await asyncio.gather(*(one() for _ in range(count)))


if __name__ == "__main__":
    asyncio.run(listen(int(sys.argv[1]), int(sys.argv[2])))
