"""A virtual screen and a keyboard on it: Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

MOST_SECONDS = 60
QUICK, PATIENT = "12", "2000"
"""Milliseconds per letter."""
NEEDED = ("Xvfb", "xdotool")
SIZE = "1366x768"


def missing() -> list[str]:
    """Return which of the tools are not installed."""
    return [tool for tool in NEEDED if shutil.which(tool) is None]


@contextmanager
def virtual_screen(size: str = SIZE) -> Iterator[dict[str, str]]:
    """Open a virtual screen; give the environment of a program that is to appear on it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()  # written when the screen is ready
    try:
        yield dict(os.environ) | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    finally:
        server.terminate()
        server.wait(MOST_SECONDS)


class Keyboard:
    """Press keys in the one window of a process."""

    def __init__(self, environment: dict[str, str], process: int) -> None:
        self._environment = environment
        self.window = self._run("search", "--sync", "--onlyvisible", "--pid", str(process)).split()[-1]
        self._run("windowfocus", "--sync", self.window)

    def press(self, *keys: str) -> None:
        """Press keys, such as `Return` or `ctrl+f`, one after the other."""
        self._run("key", "--delay", "4", *keys)

    def type(self, text: str) -> None:
        """Type a text, whatever letters it has.

        For a letter that is on no key xdotool changes the keyboard, and changes it back after the delay: it must be
        long enough for a program on a busy machine to have seen the key.
        """
        for ascii_only, letters in groupby(text, str.isascii):
            self._run("type", "--delay", QUICK if ascii_only else PATIENT, "".join(letters))

    def play(self, strokes: Sequence[str]) -> None:
        """Press many keys, by their names, faster than anybody types.

        Not faster still: Qt takes the same key at the same millisecond for one that is held down.
        """
        self._run("key", "--delay", "4", *strokes)

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["xdotool", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS,
            check=True,
        )
        return done.stdout
