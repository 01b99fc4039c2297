"""Judge the signatures of a PDF that may be hostile: separate facts for each, no exception, no network.

A signature says itself which bytes it covers, and those are read as bytes: its field, its page and its picture prove
nothing. Only what follows the bytes of a signature is looked at as a PDF, in a child process.
"""

from __future__ import annotations

import multiprocessing
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final, Self

from ntm_desktop.trust.anchors import Anchors
from ntm_desktop.trust.judge import Integrity, SignatureFacts, judge
from ntm_desktop.trust.pdf_child import HEAD, After, serve

LARGEST_PDF: Final = 64 << 20
"""Bytes; the papers of a dossier have less than one million."""
MOST_SIGNATURES: Final = 50
SECONDS: Final = 30
_START: Final = 1024
"""Bytes within which a PDF says that it is one (ISO 32000-1, annex H)."""
_RANGE: Final = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_HEXADECIMAL: Final = re.compile(rb"<[0-9A-Fa-f\s]*>")
_MOMENT: Final = re.compile(
    rb"/M\s*\(D(?::|\\072)(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)?'?)?"
)
_KEYWORDS: Final = re.compile(rb"/Keywords\s*\(((?:[^()\\]|\\.)*)\)")
_AROUND: Final = 4096
"""Bytes before and after the hexadecimal digits in which the time of signing stands."""


@dataclass(frozen=True, slots=True)
class PdfSignature:
    """One signature of a PDF."""

    facts: SignatureFacts
    end: int = 0
    """Bytes from the start of the file that it speaks for."""
    after: After = After.UNKNOWN
    """What stands behind them."""

    @property
    def sound(self) -> bool:
        """Tell whether it fits its bytes and nothing but signatures came after."""
        return self.facts.intact and self.after in (After.NOTHING, After.SIGNATURES)


def is_pdf(head: bytes) -> bool:
    """Say whether a file that begins so is a PDF and no zip."""
    return b"%PDF-" in head[:_START] and not head.startswith(b"PK")


class Apart:
    """A child process that takes PDFs to pieces; it is started when first needed, and afresh after one broke it."""

    def __init__(self, child: Callable[[Connection], None] = serve, seconds: float = SECONDS) -> None:
        self._child = child
        self._seconds = seconds
        self._running: tuple[Connection, SpawnProcess] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()

    def after(self, content: bytes, end: int) -> After:
        """Say what stands behind the first bytes of a PDF."""
        if len(content) == end:
            return After.NOTHING
        pipe = self._pipe()
        with suppress(EOFError, OSError, ValueError):
            pipe.send_bytes(HEAD.pack(end) + content)
            if pipe.poll(self._seconds):
                return After(pipe.recv_bytes().decode())
        self.close()
        return After.UNKNOWN

    def _pipe(self) -> Connection:
        if self._running is None:
            context = multiprocessing.get_context("spawn")
            pipe, there = context.Pipe()
            process = context.Process(target=self._child, args=(there,), daemon=True)
            process.start()
            there.close()
            self._running = pipe, process
        return self._running[0]

    def close(self) -> None:
        """End the child process."""
        if self._running is not None:
            pipe, process = self._running
            self._running = None
            pipe.close()
            process.kill()
            process.join()
            process.close()


def judge_pdfs(
    contents: Iterable[bytes], anchors: Anchors, at: datetime, apart: Apart | None = None
) -> tuple[tuple[PdfSignature, ...], ...]:
    """Judge every signature of each PDF at a moment (aware), in the order they were made, by the anchors given."""
    with apart or Apart() as taken_apart:
        return tuple(tuple(_judged(content, anchors, at, taken_apart)) for content in contents)


def _judged(content: bytes, anchors: Anchors, at: datetime, apart: Apart) -> Iterator[PdfSignature]:
    found = sorted(_RANGE.finditer(content), key=lambda one: int(one[3]) + int(one[4]))
    for one in found[:MOST_SIGNATURES]:
        yield _judge(content, [int(part) for part in one.groups()], anchors, at, apart)


def _judge(
    content: bytes,
    byte_range: list[int],
    anchors: Anchors,
    at: datetime,
    apart: Apart,
) -> PdfSignature:
    start, first, second, length = byte_range
    end = second + length
    digits = content[first:second]
    if start or not first < second < end <= len(content) or not _HEXADECIMAL.fullmatch(digits):
        return PdfSignature(SignatureFacts(Integrity.UNREADABLE))
    signature = _unpadded(digits)
    covered = content[:first] + content[second:end]
    claimed = _claimed(content[max(0, first - _AROUND) : first] + content[second : second + _AROUND])
    facts = judge(signature, covered, anchors, at, claimed_at=claimed)
    return PdfSignature(facts, end, apart.after(content, end) if facts.intact else After.UNKNOWN)


def _unpadded(digits: bytes) -> bytes:
    """Return the signature without the zeros that fill its place; nothing where there is none."""
    from asn1crypto.parser import peek

    try:
        padded = bytes.fromhex(digits[1:-1].decode("ascii"))
        return padded[: peek(padded)]
    except ValueError:
        return b""


def _claimed(around: bytes) -> datetime | None:
    """Return the moment the signature's dictionary claims."""
    found = _MOMENT.search(around)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    hours, minutes = int(found[7] or 0), int(found[8] or 0)
    ahead = timedelta(hours=hours, minutes=-minutes if hours < 0 else minutes)
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=timezone(ahead))
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def keywords_of(content: bytes) -> tuple[str, ...]:
    """Return the words for programs in the bytes of a paper of this program, which writes them plainly."""
    found = _KEYWORDS.search(content)
    return tuple(found[1].decode("latin-1").split()) if found else ()
