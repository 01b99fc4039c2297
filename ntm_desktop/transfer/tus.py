"""The tus protocol, version 1.0.0 (tus.io/protocols/resumable-upload): create, ask how far, append.

Beside it two questions of our own. `GET receipts/<identity>/<sha256>`: does the office have this very file? A server
that does not know it says 404, and the receipt comes another way. `POST held`, where the server offers it: which of
these contents lie in earlier files there?
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ntm_desktop.transfer.changed import Question, question_bytes
from ntm_desktop.transfer.line import Answer, Line
from ntm_desktop.transfer.upload_refusals import (
    ArrivedDifferently,
    ReceiverContradicts,
    ReceiverFault,
    ReceiverRefuses,
)

VERSION: Final = "1.0.0"
CHECKSUMS: Final = ("sha256", "sha1")
"""What a piece may be checked by, the better first; sha1 every server of the checksum extension must know."""
_OK: Final = 200
_FINE: Final = range(200, 300)
_GONE: Final = (404, 410)
_NOT_WHAT_WAS_SAID: Final = 422
"""Our receiver's answer to the last piece of a file that is another than was announced."""
_AGAIN: Final = frozenset({409, 423, 425, 429, 460})
"""Answers of the client's family that speak of the moment: another offset, held by another request, checksum."""
_SERVER: Final = 500
_LAST_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to send: opaque bytes with a name for themselves."""

    path: Path
    identity: str
    """What the file is known by on both sides, hexadecimal."""
    size: int
    sha256: str
    """Of the whole file."""
    changed_at: int
    """When the file was changed last, as its file system told while it was hashed."""
    of: Parcel | None = None
    """The whole file, where this one is what of it the receiver lacks."""

    @property
    def whole(self) -> Parcel:
        """What the receiver shall have in the end."""
        return self.of or self


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server can do."""

    checksum: str = ""
    """How it checks pieces; empty: it does not."""
    changed_only: bool = False
    """It puts a file together from a part and what it has."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The receiver's word that it has a file."""

    identity: str
    sha256: str
    size: int
    received_at: str
    """UTC, ISO 8601; as the receiver says."""
    receiver: str


class Tus:
    """Speak tus with one server. Every method raises what `Line.ask` raises, ReceiverFault, ReceiverRefuses."""

    def __init__(self, line: Line) -> None:
        self._line = line

    @property
    def host(self) -> str:
        """The name of the server."""
        return self._line.host

    def offer(self) -> Offer:
        """Ask what the server can do. Raises ReceiverRefuses when it does not speak this protocol."""
        answer = self._ask("OPTIONS", "", {})
        spoken = answer.headers.get("tus-version", "").replace(" ", "").split(",")
        extensions = answer.headers.get("tus-extension", "").replace(" ", "").split(",")
        if VERSION not in spoken or "creation" not in extensions:
            raise ReceiverRefuses(self.host, answer.status)
        known = answer.headers.get("tus-checksum-algorithm", "").replace(" ", "").split(",")
        usable = [one for one in CHECKSUMS if one in known] if "checksum" in extensions else []
        more = answer.headers.get("ntm-extension", "").replace(" ", "").split(",")
        return Offer(usable[0] if usable else "", "changed-only" in more)

    def create(self, parcel: Parcel) -> str:
        """Announce a file and return the place of its upload on this server."""
        told = {"filename": f"{parcel.identity}.asice", "identity": parcel.identity, "sha256": parcel.sha256}
        if parcel.of is not None:
            told["whole"] = parcel.of.sha256
        metadata = ",".join(
            f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in told.items()
        )
        answer = self._ask("POST", "", {"Upload-Length": str(parcel.size), "Upload-Metadata": metadata})
        place = answer.headers.get("location", "")
        if not place:
            raise ReceiverContradicts(self.host, "no location")
        return self._line.below(place).raw_path.decode("ascii")

    def offset(self, upload: str, size: int) -> int | None:
        """Ask how much of a file has arrived; None when the server knows nothing of the upload any more."""
        answer = self._ask("HEAD", upload, {}, _GONE)
        if answer.status in _GONE:
            return None
        length = answer.headers.get("upload-length")
        if length is not None and length != str(size):
            raise ReceiverContradicts(self.host, f"length {length}")
        return self._number(answer, 0, size)

    def append(self, upload: str, offset: int, piece: bytes, slices: Slices, checksum: str) -> int | None:
        """Send a piece; return how much has arrived now, or None when the upload is gone."""
        headers = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(len(piece)),
        }
        if checksum:
            digest = hashlib.new(checksum, piece, usedforsecurity=False).digest()
            headers["Upload-Checksum"] = f"{checksum} {base64.b64encode(digest).decode()}"
        answer = self._ask("PATCH", upload, headers, (*_GONE, _NOT_WHAT_WAS_SAID), slices(piece))
        if answer.status == _NOT_WHAT_WAS_SAID:
            raise ArrivedDifferently(self.host)
        if answer.status in _GONE:
            return None
        return self._number(answer, offset, offset + len(piece))

    def receipt(self, parcel: Parcel) -> Confirmed | None:
        """Ask whether the office has this very file, the whole; None when it does not, or does not say."""
        one = parcel.whole
        answer = self._ask("GET", f"receipts/{one.identity}/{one.sha256}", {}, (*_GONE, 400, 403, 405))
        return _confirmed(answer.content, one) if answer.status == _OK else None

    def held(self, question: Question) -> frozenset[str]:
        """Ask which contents lie in earlier files there; whatever is no proper answer names none."""
        content = question_bytes(question)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content))}
        try:
            marks = json.loads(self._ask("POST", "held", headers, (), [content]).content)["held"]
        except (ValueError, TypeError, KeyError, RecursionError, ReceiverRefuses):
            return frozenset()
        if not isinstance(marks, str) or len(marks) != len(question.bodies):
            return frozenset()
        return frozenset(one for one, mark in zip(question.bodies, marks, strict=True) if mark == "1")

    def _ask(
        self,
        method: str,
        path: str,
        headers: dict[str, str],
        allowed: Iterable[int] = (),
        content: Iterable[bytes] | None = None,
    ) -> Answer:
        answer = self._line.ask(method, path, {"Tus-Resumable": VERSION, **headers}, content)
        if answer.status in _FINE or answer.status in allowed:
            return answer
        if answer.status >= _SERVER or answer.status in _AGAIN:
            raise ReceiverFault(self.host, answer.status)
        raise ReceiverRefuses(self.host, answer.status)

    def _number(self, answer: Answer, least: int, most: int) -> int:
        text = answer.headers.get("upload-offset", "")
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= _LAST_DIGITS else -1
        if not least <= number <= most:
            raise ReceiverContradicts(self.host, f"offset {text[:40]}")
        return number


Slices = Callable[[bytes], Iterable[bytes]]
"""Cuts a piece into what is handed to the line at a time, at the speed that is allowed."""


def read_confirmed(content: bytes) -> Confirmed | None:
    """Read a receipt; None for what is none."""
    try:
        said = json.loads(content)
        return Confirmed(
            identity=str(said["identity"]),
            sha256=str(said["sha256"]),
            size=int(said["size"]),
            received_at=str(said["received_at"])[:40],
            receiver=str(said.get("receiver", ""))[:200],
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _confirmed(content: bytes, parcel: Parcel) -> Confirmed | None:
    """Read a receipt; one that is not about this very file is none."""
    one = read_confirmed(content)
    if one is None or (one.identity, one.sha256, one.size) != (parcel.identity, parcel.sha256, parcel.size):
        return None
    return one
