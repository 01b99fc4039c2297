"""Real disks that fill up, are pulled out, end in the middle of a file: the real commands on a mounted image.

Needs Linux and root, for mounting an image of its own; touches no other disk. In turn every command meets

* a full disk: a file fills it up but for a part of what the command would write;
* a pulled disk: `umount -l` while it writes, the image mounted again to see what is on it;
* a short read: the file it reads is cut to its half by another process meanwhile;
* a medium that cannot be read: the image loses its second half, so that the block device answers with an error.

Each try is judged by exit code (never 6, never a signal, no trace), by its one sentence, and by what is left.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from ntm_desktop.errors import NtmError
from ntm_desktop.settings import HOME_VARIABLE
from torture.disk_cases import Case, Ran, Try, reading, writing

ROOT: Final = Path(__file__).resolve().parents[2]
IMAGE_SIZE: Final = 96 << 20
LEFT: Final = (0.0, 0.1, 0.5, 0.95)
"""Of what the command would write, so much finds room."""
PULLED_AT: Final = (0.02, 0.3, 0.6, 0.95)
"""The disk is pulled when so much of it is written."""
GAVE_UP: Final = 60.0
BUG: Final = 6


class Stick:
    """An image of a disk, put in, pulled out, full, or cut."""

    def __init__(self, image: Path, place: Path) -> None:
        self.image, self.place = image, place
        place.mkdir(parents=True, exist_ok=True)

    def put_in(self, *, new: bool) -> None:
        """Mount it; a new one is empty."""
        if new:
            with self.image.open("wb") as file:
                file.truncate(IMAGE_SIZE)
            _system("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", str(self.image))
        _system("mount", "-o", "loop", str(self.image), str(self.place))

    def pull(self) -> None:
        """Take it away under whoever uses it."""
        _system("umount", "-l", str(self.place))

    def take_out(self) -> None:
        """Unmount it when nobody uses it any more."""
        if os.path.ismount(self.place):
            _system("umount", str(self.place))

    def free(self) -> int:
        """Return the bytes that are left."""
        found = os.statvfs(self.place)
        return found.f_bavail * found.f_frsize

    def fill_up(self, leaving: int) -> None:
        """Leave only so many bytes."""
        with (self.place / "full").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(self.free() - leaving - (64 << 10), 4096))
        with (self.place / "fuller").open("wb", buffering=0) as file:
            try:
                while self.free() > leaving:
                    file.write(bytes(4096))
            except OSError:
                return  # exactly full


def _system(*words: str) -> None:
    subprocess.run(words, capture_output=True, check=True)


def run(folder: Path) -> list[str]:
    """Try every command on every trouble; return the harm that was done."""
    if sys.platform != "linux" or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        print("real disks are tried on Linux, as root, with mkfs.ext4")
        return []
    harm = []
    for case in (*writing(), *reading()):
        harm += _Tries(case, folder / case.name.replace(" ", "-")).run()
    return harm


class _Tries:
    """One command on a disk in trouble, over and over."""

    def __init__(self, case: Case, folder: Path) -> None:
        self._case = case
        self._start, self._folder = folder / "start", folder / "try"
        (self._start / "usb").mkdir(parents=True)
        os.environ[HOME_VARIABLE] = str(self._start / "home")
        case.make(self._start)
        self._stick = Stick(folder / "image", folder / "try" / "disk")
        self._harm: list[str] = []
        self._seen: Counter[tuple[str, str]] = Counter()
        self._at = self._fresh(new_stick=False)

    def run(self) -> list[str]:
        """Try all troubles."""
        try:
            if self._case.reads:
                self._cut()
                self._unreadable()
            else:
                self._full_and_pulled()
        finally:
            self._stick.take_out()
        for (trouble, words), times in sorted(self._seen.items()):
            print(f"{self._case.name}, {trouble}: {times} x {words}", flush=True)
        return [f"{self._case.name}: {one}" for one in self._harm]

    def _fresh(self, *, new_stick: bool = True) -> Try:
        self._stick.take_out()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._stick.place.mkdir(parents=True)
        if new_stick:
            self._stick.put_in(new=True)
        folder = self._stick.place if self._case.on_disk and new_stick else self._folder
        shutil.copytree(self._start, folder, dirs_exist_ok=True)
        os.environ[HOME_VARIABLE] = str(self._folder / "home")
        return Try(folder, self._stick.place)

    def _full_and_pulled(self) -> None:
        at = self._fresh()
        before = self._stick.free()
        least = [before]
        undisturbed = self._command(at, lambda: least.append(self._stick.free()))
        needs = before - min(least)
        if not undisturbed.done:
            self._harm.append(f"undisturbed: {undisturbed.code} {undisturbed.words}")
        for part in LEFT:
            at = self._fresh()
            self._stick.fill_up(int(needs * part))
            self._judged("full", at, self._command(at, lambda: None))
        for part in PULLED_AT:
            at = self._fresh()
            self._judged("pulled", at, self._command(at, partial(self._pull_at, before - int(needs * part))))

    def _pull_at(self, free: int) -> None:
        if os.path.ismount(self._stick.place) and self._stick.free() <= free:
            self._stick.pull()

    def _cut(self) -> None:
        for wait in (0.0, 0.05, 0.2):
            at = self._fresh()
            source = at.disk / self._case.reads
            shutil.copy(self._start / self._case.reads, source)
            self._judged("cut while it is read", at, self._command(at, _Cutter(source, wait).look))

    def _unreadable(self) -> None:
        at = self._fresh()
        shutil.copy(self._start / self._case.reads, at.disk / self._case.reads)
        self._stick.take_out()
        self._stick.put_in(new=False)
        os.truncate(self._stick.image, IMAGE_SIZE // 8)
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
        self._judged("cannot be read", at, self._command(at, lambda: None))

    def _judged(self, trouble: str, at: Try, ran: Ran) -> None:
        words = ran.words.replace(str(self._folder.parent), "...")
        self._seen[trouble, f"exit {ran.code}: {words.splitlines()[-1] if words else ''}"] += 1
        if ran.code in (BUG, 2) or ran.code < 0 or "Traceback" in ran.words:
            self._harm.append(f"{trouble}: exit {ran.code}: {ran.words[-1500:]}")
        if not os.path.ismount(self._stick.place):
            self._stick.put_in(new=False)
        for name in ("full", "fuller"):
            (self._stick.place / name).unlink(missing_ok=True)
        try:
            self._harm += [f"{trouble}, exit {ran.code}: {one}" for one in self._case.judge(at, ran)]
        except NtmError as fault:
            self._harm.append(f"{trouble}, exit {ran.code}: what was left cannot be used: {fault}")

    def _command(self, at: Try, meanwhile: Callable[[], None]) -> Ran:
        words = [sys.executable, "-m", "ntm_desktop", "--lang", "en", *map(str, self._case.words(at))]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True, cwd="/"
        ) as going:
            ends = time.monotonic() + GAVE_UP
            while going.poll() is None and time.monotonic() < ends:
                meanwhile()
                time.sleep(0.001)
            if going.poll() is None:
                going.kill()
            said = going.stderr.read() if going.stderr is not None else ""
        return Ran(going.returncode, said.strip(), going.returncode == 0)


class _Cutter:
    """Cuts a file to its half some time after the command has opened it."""

    def __init__(self, path: Path, wait: float) -> None:
        self._path, self._wait = path, wait
        self._opened = 0.0

    def look(self) -> None:
        """Cut it when it is time; the size on the disk is what the reader finds from then on."""
        now = time.monotonic()
        if not self._opened:
            self._opened = now if _is_open(self._path) else 0.0
        elif now - self._opened >= self._wait and self._path.exists():
            os.truncate(self._path, self._path.stat().st_size // 2)
            self._opened = float("inf")


def _is_open(path: Path) -> bool:
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if link.readlink() == path and link.parts[2] != str(os.getpid()):
                return True
        except OSError:
            continue
    return False
