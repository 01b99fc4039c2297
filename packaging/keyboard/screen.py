"""A virtual screen and a keyboard on it: Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

MOST_SECONDS = 60
NEEDED = ("Xvfb", "xdotool", "xkbcomp")
SIZE = "1366x768"
LETTERS = "\u1ed9\u1ead\u1eed\u00e3"
"""Vietnamese letters that get keys of their own, as no keyboard has them."""
_FIRST_FREE_KEY = 243  # the keys behind it are on no keyboard


def missing() -> list[str]:
    """Return which of the tools are not installed."""
    return [tool for tool in NEEDED if shutil.which(tool) is None]


@contextmanager
def virtual_screen(size: str = SIZE) -> Iterator[dict[str, str]]:
    """Open a virtual screen; give the environment of a program that is to appear on it."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(writing,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()  # written when the screen is ready
    try:
        _give_keys(LETTERS, f":{number}")
        yield dict(os.environ) | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
    finally:
        server.terminate()
        server.wait(MOST_SECONDS)


def _give_keys(letters: str, display: str) -> None:
    """Put letters on keys before any program looks at the keyboard.

    Without, xdotool changes the keyboard for every such letter, and a busy program reads the key after it has been
    changed back.
    """
    keys = "".join(
        f"key <I{_FIRST_FREE_KEY + number}> {{ [ U{ord(letter):04X} ] }};"
        for number, letter in enumerate(letters)
    )
    keymap = (
        'xkb_keymap { xkb_keycodes { include "evdev+aliases(qwerty)" }; xkb_types { include "complete" };'
        ' xkb_compat { include "complete" };'
        f' xkb_symbols {{ include "pc+us+inet(evdev)" {keys} }}; }};'
    )
    subprocess.run(
        ["xkbcomp", "-w", "0", "-", display], input=keymap, text=True, check=True, timeout=MOST_SECONDS
    )


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
        """Type a text of ASCII and `LETTERS`."""
        self._run("type", "--delay", "12", text)

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
