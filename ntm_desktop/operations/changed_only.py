"""Send of a dossier only what the receiving office lacks: it has the rest in an earlier one of this commune.

What it said it has is remembered by the list of its contents (the manifest), so that no earlier file is needed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from ntm_desktop.disk import open_file
from ntm_desktop.dossier.bodies import Span, manifest_spans
from ntm_desktop.dossier.manifest import read_manifest
from ntm_desktop.errors import NtmError
from ntm_desktop.transfer.changed import (
    MOST_BASES,
    SMALLEST,
    Plan,
    Question,
    base_of,
    part_blocks,
    plan_of,
)
from ntm_desktop.transfer.memory import Memory
from ntm_desktop.transfer.tus import Parcel, Tus
from ntm_desktop.transfer.upload import Sending, Sent, parcel_of, patiently, send
from ntm_desktop.transfer.upload_refusals import ArrivedDifferently, ReceiverRefuses
from ntm_desktop.workspace.post import Posted

SUFFIX = ".changed"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A dossier the office said it has."""

    identity: str
    contents: bytes
    """Its manifest."""


def earlier_than(one: Posted, all_posted: Iterable[Posted], memory: Memory) -> tuple[Earlier, ...]:
    """Return what the office has of this commune, the likeliest to share files with a revision first."""
    others = [each for each in all_posted if each.identity != one.identity]
    ordered = sorted(
        others, key=lambda each: (each.dossier == one.dossier, each.sealed_at, each.revision), reverse=True
    )
    found = (Earlier(each.identity, memory.contents(each.identity)) for each in ordered)
    return tuple(each for each in found if each.contents)[:MOST_BASES]


def expected(path: Path, size: int, earlier: Sequence[Earlier]) -> int | None:
    """Return about how many bytes of a sealed file the office lacks; None where it saves nothing, or cannot be told."""
    if not earlier:
        return None
    try:
        spans = _spans(path, path.stat().st_mtime_ns)
    except (NtmError, OSError):
        return None
    plan = plan_of(spans, _contents_of(earlier), size, ())
    return size - plan.saved if plan.saved else None


@lru_cache(maxsize=64)
def _spans(path: Path, _changed_at: int) -> tuple[Span, ...]:
    return manifest_spans(path)[1]


def _contents_of(earlier: Iterable[Earlier]) -> frozenset[str]:
    return frozenset(one.sha256 for each in earlier for one in read_manifest(each.contents).references)


def send_part(
    whole: Parcel, earlier: Sequence[Earlier], tus: Tus, server: str, memory: Memory, how: Sending
) -> Sent | None:
    """Send what the office lacks of a file; None when the whole has to go: nothing is saved, or it did not do.

    Raises as `transfer.upload.send` but for what sending the whole may mend.
    """
    part = _begun_part(whole, memory, how) or _new_part(whole, earlier, tus, memory, how)
    if part is None:
        return None
    try:
        sent = send(part, tus, server, memory, how)
    except (ReceiverRefuses, ArrivedDifferently):
        sent = None
    if sent is None or sent.confirmed is None:
        memory.forget(whole.identity)
        sent = None
    with suppress(OSError):
        part.path.unlink()
    return sent


def _begun_part(whole: Parcel, memory: Memory, how: Sending) -> Parcel | None:
    """Return the part whose upload broke off, as long as it is still here."""
    begun, path = memory.begun(whole.identity), memory.place(f"{whole.sha256}{SUFFIX}")
    if begun is None or not path.is_file():
        return None
    part = parcel_of(path, whole.identity, how.cancelled)
    return replace(part, of=whole) if part.sha256 == begun.sha256 else None


def _new_part(
    whole: Parcel, earlier: Sequence[Earlier], tus: Tus, memory: Memory, how: Sending
) -> Parcel | None:
    """Ask what the office holds and write the rest beside; None where that saves nothing."""
    begun = memory.begun(whole.identity)
    goes_on = begun is not None and begun.sha256 == whole.sha256 and begun.arrived
    spans = () if goes_on else manifest_spans(whole.path)[1]
    theirs = _contents_of(earlier)
    asked = tuple(dict.fromkeys(one[2] for one in spans if one[1] >= SMALLEST and one[2] in theirs))
    if not asked or not patiently(tus.offer, how).changed_only:
        return None
    bases = tuple(base_of(each.identity, each.contents, whole.identity) for each in earlier)
    held = patiently(lambda: tus.held(Question(whole.identity, bases, asked)), how)
    plan = plan_of(spans, held, whole.size, bases)
    return _written(whole, plan, memory, how) if plan.left_out else None


def _written(whole: Parcel, plan: Plan, memory: Memory, how: Sending) -> Parcel | None:
    """Write the part; None when there is no room for it: then the whole goes as it lies."""
    path = memory.place(f"{whole.sha256}{SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open_file(whole.path) as file, path.open("wb") as made:
            for block in part_blocks(file, plan):
                how.stop_if_asked()
                made.write(block)
    except (OSError, EOFError):
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return None
    return replace(parcel_of(path, whole.identity, how.cancelled), of=whole)
