"""What is remembered of uploads between two tries, one small file for each identity, and how fast the line was.

Losing it costs sending once more what had arrived, nothing else; so whatever cannot be read counts as nothing.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ntm_desktop.disk import unwritable

_LONGEST: Final = 1 << 16
_SPEED: Final = "line.json"
_CONTENTS: Final = ".contents"


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that was begun."""

    server: str
    upload: str
    """Its place on the server."""
    sha256: str
    size: int
    arrived: int
    """Bytes the server said it has."""
    broke: str = ""
    """Stable code of what broke it off last; empty while it goes on."""
    at: str = ""
    """When it broke off, UTC."""


class Memory:
    """The folder with what is remembered."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def begun(self, identity: str) -> Begun | None:
        """Return what is remembered of an upload."""
        found = self._read(f"{identity}.json")
        one = Begun(
            server=_text(found, "server"),
            upload=_text(found, "upload"),
            sha256=_text(found, "sha256"),
            size=_count(found, "size"),
            arrived=_count(found, "arrived"),
            broke=_text(found, "broke"),
            at=_text(found, "at"),
        )
        return one if one.upload and 0 <= one.arrived <= one.size else None

    def keep(self, identity: str, one: Begun) -> None:
        """Remember an upload. Raises DiskFull, FileUnwritable."""
        self._write(f"{identity}.json", asdict(one))

    def forget(self, identity: str) -> None:
        """Forget an upload. Raises FileUnwritable."""
        path = self._folder / f"{identity}.json"
        try:
            path.unlink(missing_ok=True)
        except OSError as fault:
            raise unwritable(path, fault) from fault

    def contents(self, identity: str) -> bytes:
        """Return the list of contents of a file the receiver has; empty where none is remembered."""
        try:
            return self.place(f"{identity}{_CONTENTS}").read_bytes()
        except OSError:
            return b""

    def keep_contents(self, identity: str, contents: bytes) -> None:
        """Remember what is in a file the receiver has. Raises DiskFull, FileUnwritable."""
        self._put(f"{identity}{_CONTENTS}", contents)

    def place(self, name: str) -> Path:
        """Return where something that is only of use until it was sent may lie."""
        return self._folder / name

    def speed(self) -> int:
        """Return how many bytes a second went over the line lately; 0 when nothing was ever sent."""
        return max(_count(self._read(_SPEED), "bytes_per_second"), 0)

    def keep_speed(self, speed: int) -> None:
        """Remember how fast the line was. Raises DiskFull, FileUnwritable."""
        self._write(_SPEED, {"bytes_per_second": speed})

    def _read(self, name: str) -> dict[str, object]:
        try:
            with (self._folder / name).open("rb") as file:
                found = json.loads(file.read(_LONGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write(self, name: str, content: dict[str, object]) -> None:
        self._put(name, json.dumps(content).encode())

    def _put(self, name: str, content: bytes) -> None:
        target = self._folder / name
        part = target.with_suffix(".part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        except OSError as fault:
            raise unwritable(target, fault) from fault


def _text(found: dict[str, object], name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


def _count(found: dict[str, object], name: str) -> int:
    value = found.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1
