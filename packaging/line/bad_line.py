"""A line that is narrow, loses packets and is cut: what stands between sender and server, and counts what was sent.

A kernel without the netem queue cannot lose packets for us; here each packet that would be lost waits for one round
trip instead, as its repetition would. What is counted is every byte the sender handed over, heads included.
"""

from __future__ import annotations

import asyncio
import threading
from typing import Final

PACKET: Final = 1448
"""Bytes of one TCP segment on Ethernet."""


class BadLine:
    """Listens on a port of this computer and passes on to another; runs in a thread of its own."""

    def __init__(self, onward: int, *, rate: int, lost_of: int, trip: float) -> None:
        self.onward = onward
        self.sent = 0
        """Bytes the sender handed over."""
        self.port = 0
        self._rate = rate
        self._lost_of = lost_of
        self._trip = trip
        self._packets = 0
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._ready.wait()

    def cut(self) -> int:
        """Break every connection off; return how many there were."""

        async def broken() -> int:
            count = len(self._open)
            for writer in tuple(self._open):
                writer.transport.abort()
            return count

        return asyncio.run_coroutine_threadsafe(broken(), self._loop).result()

    def close(self) -> None:
        """End."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._pass, "127.0.0.1", 0, limit=PACKET * 8)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.onward)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, far_writer}
        self._open |= both
        try:
            await asyncio.gather(self._copy(reader, far_writer, counted=True), self._copy(far_reader, writer))
        except OSError:
            pass
        finally:
            self._open -= both
            for one in both:
                one.transport.abort()

    async def _copy(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counted: bool = False
    ) -> None:
        while packet := await reader.read(PACKET):
            if counted:
                self.sent += len(packet)
            self._packets += 1
            lost = self._packets % self._lost_of == 0
            await asyncio.sleep(len(packet) / self._rate + (self._trip if lost else 0))
            writer.write(packet)
            await writer.drain()
        writer.transport.abort()
