"""A receiving office that really listens on this machine, with the service of the program."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from ntm_desktop.operations.receiving import contents_of, identity_of
from ntm_desktop.transfer.arriving import Arrivals
from ntm_desktop.transfer.receiving import service


@dataclass
class ReceivingOffice:
    """Where it listens, where it puts what arrives, and what arrived."""

    address: str
    folder: Path
    told: list[str]


@contextmanager
def receiving(folder: Path, naming: Callable[[Path], str] = identity_of) -> Iterator[ReceivingOffice]:
    """Run a receiving office."""
    told: list[str] = []
    arrivals = Arrivals(folder, naming, contents=contents_of)
    arrivals.prepare()
    application = service(arrivals, "Văn phòng Điều phối NTM", told.append)
    server = uvicorn.Server(
        uvicorn.Config(application, host="127.0.0.1", port=0, log_level="critical", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        thread.join(0.01)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield ReceivingOffice(f"http://127.0.0.1:{port}/files/", folder, told)
    finally:
        server.should_exit = True
        thread.join()
