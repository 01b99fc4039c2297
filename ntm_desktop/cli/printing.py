"""What a command prints: its result on stdout, everything else on stderr, both in UTF-8 on every console."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from ntm_desktop.disk import unwritable

Json = None | bool | int | str | list["Json"] | Mapping[str, "Json"]


def use_utf8() -> None:
    """Let both streams take every letter; a console that cannot show one shows a mark in its place.

    A stream that was closed leads nowhere from now on: nothing opened later may take its number and get its words.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def stop_printing() -> None:
    """Let go of an output whose reader went away (`... | head`), so that nothing complains at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str = "") -> None:
    """Print a line of the result. Raises DiskFull, FileUnwritable when the output goes to a file that takes no more."""
    with _told():
        print(text)


def finish() -> None:
    """Let everything said arrive. Raises as `say`."""
    with _told():
        sys.stdout.flush()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as fault:
        stop_printing()
        raise unwritable(Path("stdout"), fault) from fault


def say_json(document: Json) -> None:
    """Print the one JSON document of a command. Raises as `say`."""
    say(json.dumps(document, ensure_ascii=False, indent=1))


def tell(text: str) -> None:
    """Print a line beside the result: progress, problems, refusals; where nobody can be told, nobody is."""
    with suppress(OSError):
        print(text, file=sys.stderr)
