"""Prove sending over a bad line, against the tus server of others and against our own.

    python packaging/dev.py line [--megabytes N] [--times N] [--cuts N]

Needs Node.js with npm: `@tus/server` is fetched by the pinned lock into build/line and is no part of the program. The
line of 128 kbit/s with 3 % loss is made `--times` faster so that the proof ends; its round trip shrinks as much.
A dossier goes through while the line is cut, and sender and server are killed (-9); at the end the file there is held
against the one here. Then, with a small file, every request fails once in turn, in three ways.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from line.bad_line import BadLine
from ntm_desktop.operations import seal
from ntm_desktop.transfer.line import line_to
from ntm_desktop.transfer.memory import Memory
from ntm_desktop.transfer.tus import Tus
from ntm_desktop.transfer.upload import Sending, parcel_of, send
from ntm_desktop.transfer.upload_refusals import LineFault
from torture import communes

HERE: Final = Path(__file__).resolve().parent
BUILD: Final = HERE.parents[1] / "build" / "line"
SLOW: Final = 128_000 // 8
LOST_OF: Final = 33
"""One packet of so many is lost: 3 %."""
TRIP: Final = 0.2
"""Seconds there and back."""
MOST_SHARE: Final = 105
"""Percent of the bytes that may be handed over."""
DEATHS: Final = (0.2, 0.4, 0.6, 0.8)
"""Shares of the file at which sender and server are killed, in turn."""
_PORT: Final = 18470
Command = Callable[[Path, int], list[str]]


@dataclass
class Server:
    """A server in a process of its own that can be killed and started again on the same folder."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            self.command, cwd=BUILD, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    def wait_until_it_listens(self) -> None:
        """Read its first line."""
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.readline()

    def kill(self) -> None:
        """End it at once."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()


@dataclass
class _Trial:
    """What was told of one sending; pauses are short."""

    faults: int = 0

    def wait(self, _seconds: float) -> None:
        time.sleep(0.05)

    def broke(self, _fault: LineFault, _arrived: int) -> None:
        self.faults += 1


def main(argv: list[str]) -> int:
    """Run the proof and return 0 when everything arrived as it was."""
    parser = argparse.ArgumentParser(prog="line", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=50, help="size of the dossier (50)")
    parser.add_argument("--times", type=int, default=64, help="how much faster than 128 kbit/s (64)")
    parser.add_argument("--cuts", type=int, default=20, help="cuts of the line (20); kills come on top")
    asked = parser.parse_args(argv)
    if shutil.which("npm") is None:
        print("Node.js with npm is not here: nothing was proven.")
        return 3
    BUILD.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "server.mjs"):
        shutil.copyfile(HERE / name, BUILD / name)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=BUILD, check=True)
    failures: list[str] = []
    for name, command in (("@tus/server", _theirs), ("ntm-desktop receive", _ours)):
        with tempfile.TemporaryDirectory(prefix="ntm-line-") as folder:
            failures += _deliver(name, command, Path(folder), asked)
    for kind in ("500", "before", "after"):
        with tempfile.TemporaryDirectory(prefix="ntm-line-") as folder:
            failures += _each_request(kind, Path(folder))
    for failure in failures:
        print("FAILED:", failure)
    print("failed" if failures else "everything arrived as it was")
    return 1 if failures else 0


def _theirs(folder: Path, port: int) -> list[str]:
    return ["node", "server.mjs", str(folder), str(port)]


def _ours(folder: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "ntm_desktop", "receive", str(folder), "--port", str(port)]


def _deliver(name: str, command: Command, folder: Path, asked: argparse.Namespace) -> list[str]:
    """Send one large dossier with cuts and kills; return what went wrong."""
    desk = communes.make(folder / "workspace", files=asked.megabytes, size=1 << 20)
    built = seal.build(desk.workspace, seal.prepare(desk, communes.SIGNATORY), folder / "dossier.asice", None)
    seal.commit(desk, built)
    desk.close()
    store = folder / "received"
    store.mkdir()
    server = Server(command(store, _PORT))
    server.start()
    line = BadLine(_PORT, rate=SLOW * asked.times, lost_of=LOST_OF, trip=TRIP / asked.times)
    begun = time.monotonic()
    try:
        cuts, kills = _disturb(server, line, folder, built.size, asked)
    finally:
        server.kill()
        line.close()
    took = time.monotonic() - begun
    files = [one for one in store.rglob("*") if one.is_file() and one.stat().st_size == built.size]
    same = len(files) == 1 and _hash(files[0]) == _hash(built.path)
    share = line.sent * 100 / built.size
    print(
        f"{name}: {built.size / 1e6:.1f} MB in {took:.0f} s at {SLOW * asked.times * 8 // 1000} kbit/s,"
        f" {cuts} cuts, {kills} kills (-9) of sender and server in turn; {share:.2f} % of its bytes handed over;"
        f" {'the same' if same else 'ANOTHER FILE'}, identity {built.identity[:16]}"
    )
    failures = [] if same else [f"{name}: what arrived is another file"]
    if share > MOST_SHARE:
        failures.append(f"{name}: {share:.2f} % were handed over")
    return failures


def _disturb(
    server: Server, line: BadLine, folder: Path, size: int, asked: argparse.Namespace
) -> tuple[int, int]:
    """Run the sender until it is done, and cut and kill on the way; return how many cuts and kills there were."""
    address = f"http://127.0.0.1:{line.port}/files/"
    marks = [(number + 0.5) / asked.cuts for number in range(asked.cuts)]
    deaths = list(DEATHS)
    cuts = kills = 0
    sender = _sender(folder, address)
    while True:
        code = sender.poll()
        if code == 0:
            return cuts, kills
        if code is not None:
            sender = _sender(folder, address)
        share = line.sent / size
        if marks and share >= marks[0]:
            marks.pop(0)
            cuts += 1 if line.cut() else 0
        if deaths and share >= deaths[0]:
            deaths.pop(0)
            kills += 1
            if kills % 2:
                sender.kill()
                sender.wait()
            else:
                server.kill()
                server.start()
        time.sleep(0.005)


def _sender(folder: Path, address: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(HERE / "sender.py"), str(folder / "workspace"), address]
    return subprocess.Popen(command, env={**os.environ, "PYTHONUTF8": "1"})


def _each_request(kind: str, folder: Path) -> list[str]:
    """Let the first, the second, ... request fail once, until a run has fewer requests than that."""
    failures, number = [], 0
    while True:
        path = folder / f"{number}.bin"
        path.write_bytes(os.urandom(100_000))
        store = folder / f"store{number}"
        store.mkdir()
        server = Server([*_theirs(store, _PORT), str(number), kind])
        server.start()
        server.wait_until_it_listens()
        trial = _Trial()
        parcel = parcel_of(path, hashlib.sha256(path.name.encode()).hexdigest())
        how = Sending(wait=trial.wait, broke=trial.broke)
        try:
            with line_to(f"http://127.0.0.1:{_PORT}/files/") as line:
                sent = send(parcel, Tus(line), str(line.address), Memory(folder / "memory"), how)
        finally:
            server.kill()
        arrived = [one for one in store.iterdir() if not one.suffix and one.stat().st_size == parcel.size]
        if sent.confirmed is None or not any(_hash(one) == parcel.sha256 for one in arrived):
            failures.append(f"request {number} failing ({kind}): not delivered")
        if not trial.faults:
            print(f"@tus/server, {kind}: each of {number} requests failed once in turn, all delivered")
            return failures
        number += 1


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
