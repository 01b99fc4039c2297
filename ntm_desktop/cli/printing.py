"""What a command prints: its result on stdout, everything else on stderr, both in UTF-8 on every console."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping

Json = None | bool | int | str | list["Json"] | Mapping[str, "Json"]


def use_utf8() -> None:
    """Let both streams take every letter; a console that cannot show one shows a mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def stop_printing() -> None:
    """Let go of an output whose reader went away (`... | head`), so that nothing complains at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str = "") -> None:
    """Print a line of the result."""
    print(text)


def say_json(document: Json) -> None:
    """Print the one JSON document of a command."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def tell(text: str) -> None:
    """Print a line beside the result: progress, problems, refusals."""
    print(text, file=sys.stderr)
