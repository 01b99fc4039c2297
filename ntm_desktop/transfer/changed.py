"""Send only what the receiver lacks: a file without the bodies that lie in an earlier one there, put together again.

    magic "ntm-changed-1" LF  length of the head, 4 bytes  head (JSON)  the bytes that were not left out, in order

The head names the size of the whole, the earlier files to look in, and what was left out: offset, size, SHA-256.
Who names an earlier file proves that he has its list of contents (HMAC-SHA256, RFC 2104, keyed with the list): what he
may learn from the answer stands in the list he has. What the bytes mean is the business of others.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from ntm_desktop.disk import open_file

MAGIC: Final = b"ntm-changed-1\n"
LONGEST_HEAD: Final = 4 << 20
"""Bytes; of a question too."""
SMALLEST: Final = 1024
"""Bytes of a body from which leaving it out is worth its line in the head."""
MOST_BASES: Final = 4
"""Earlier files that are looked in."""
MOST_BODIES: Final = 20_000
_LENGTH: Final = struct.Struct(">I")
_BLOCK: Final = 1 << 20
_HEX: Final = re.compile(r"[0-9a-f]{64}")


class NotAPart(ValueError):
    """Say that what a stranger sent is none, or fits nothing: answered as such, never shown to an officer."""


Span = tuple[int, int, str]
"""Offset, size and SHA-256 of a body inside a file."""


class Place(NamedTuple):
    """Where a body lies at the receiver."""

    path: Path
    offset: int
    size: int


class Base(NamedTuple):
    """An earlier file to look in, and the proof that its list of contents is known."""

    identity: str
    proof: str


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which of these bodies does the receiver hold in those files."""

    identity: str
    """Of the file that is about to be sent."""
    bases: tuple[Base, ...]
    bodies: tuple[str, ...]
    """SHA-256 of each."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What was left out of a file."""

    size: int
    """Of the whole."""
    bases: tuple[Base, ...]
    left_out: tuple[Span, ...]
    """In order, none over another."""

    @property
    def saved(self) -> int:
        """Bytes that need not be sent."""
        return sum(size for _offset, size, _sha256 in self.left_out)


def base_of(identity: str, contents: bytes, file: str) -> Base:
    """Name an earlier file by its identity and prove, for sending `file` alone, that its contents are known."""
    proof = hmac.new(contents, MAGIC + file.encode(), hashlib.sha256).hexdigest()
    return Base(identity, proof)


def is_proven(base: Base, contents: bytes, file: str) -> bool:
    """Say whether who named an earlier file knows its contents."""
    return hmac.compare_digest(base_of(base.identity, contents, file).proof, base.proof)


def plan_of(spans: Iterable[Span], held: Collection[str], size: int, bases: Sequence[Base]) -> Plan:
    """Leave out what the receiver holds."""
    left_out = tuple(sorted(one for one in spans if one[1] >= SMALLEST and one[2] in held))
    return Plan(size, tuple(bases), left_out[:MOST_BODIES])


def question_bytes(question: Question) -> bytes:
    """Write a question."""
    return json.dumps(
        {"identity": question.identity, "bases": question.bases, "sha256": question.bodies}
    ).encode()


def read_question(content: bytes) -> Question:
    """Read a question of a stranger. Raises NotAPart."""
    said = _object(content)
    bodies = _list(said.get("sha256"), MOST_BODIES)
    return Question(_hex(said.get("identity")), _bases(said.get("bases")), tuple(_hex(one) for one in bodies))


def part_blocks(file: BinaryIO, plan: Plan) -> Iterator[bytes]:
    """Give the file without what was left out. Raises OSError, and EOFError for a file that is shorter."""
    head = json.dumps({"size": plan.size, "bases": plan.bases, "left_out": plan.left_out}).encode()
    yield MAGIC + _LENGTH.pack(len(head)) + head
    at = 0
    for offset, size, _sha256 in (*plan.left_out, (plan.size, 0, "")):
        file.seek(at)
        yield from _blocks(file, offset - at)
        at = offset + size


def read_plan(part: BinaryIO) -> Plan:
    """Read the head of what a stranger sent; the file stands behind it then. Raises NotAPart, OSError."""
    start = part.read(len(MAGIC) + _LENGTH.size)
    if len(start) != len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
        raise NotAPart
    (length,) = _LENGTH.unpack(start[len(MAGIC) :])
    if length > LONGEST_HEAD:
        raise NotAPart
    said = _object(part.read(length))
    spans = [_span(one) for one in _list(said.get("left_out"), MOST_BODIES)]
    plan = Plan(_count(said.get("size")), _bases(said.get("bases")), tuple(spans))
    at = 0
    for offset, size, _sha256 in plan.left_out:
        if offset < at:
            raise NotAPart
        at = offset + size
    if at > plan.size:
        raise NotAPart
    return plan


def whole_blocks(part: BinaryIO, plan: Plan, places: Mapping[str, Place]) -> Iterator[bytes]:
    """Give the whole again, from behind the head. Raises NotAPart when it cannot be put together, OSError."""
    at = 0
    try:
        for offset, size, sha256 in plan.left_out:
            yield from _blocks(part, offset - at)
            place = places.get(sha256)
            if place is None or place.size != size:
                raise NotAPart
            with open_file(place.path) as file:
                file.seek(place.offset)
                yield from _blocks(file, size)
            at = offset + size
        yield from _blocks(part, plan.size - at)
    except EOFError as fault:
        raise NotAPart from fault
    if part.read(1):
        raise NotAPart


def _blocks(file: BinaryIO, count: int) -> Iterator[bytes]:
    while count > 0:
        block = file.read(min(count, _BLOCK))
        if not block:
            raise EOFError
        count -= len(block)
        yield block


def _object(content: bytes) -> dict[str, object]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise NotAPart from fault
    if isinstance(said, dict):
        return said
    raise NotAPart


def _list(value: object, most: int) -> list[object]:
    if isinstance(value, list) and len(value) <= most:
        return value
    raise NotAPart


def _hex(value: object) -> str:
    if isinstance(value, str) and _HEX.fullmatch(value):
        return value
    raise NotAPart


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise NotAPart


def _bases(value: object) -> tuple[Base, ...]:
    pairs = (_list(one, 2) for one in _list(value, MOST_BASES))
    return tuple(Base(*(_hex(text) for text in pair)) for pair in pairs if len(pair) == len(Base._fields))


def _span(value: object) -> Span:
    match value:
        case [offset, size, sha256]:
            return _count(offset), _count(size), _hex(sha256)
        case _:
            raise NotAPart
