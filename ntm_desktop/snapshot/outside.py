"""Papers that were signed elsewhere: what was given out, and who vouches for one that cannot be proven. JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from ntm_desktop.snapshot.reader import DossierUnreadable, Item

FILE: Final = "documents/signed-outside.json"
"""Inside the container."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """An officer's word for a paper that cannot be proven."""

    who: str
    at: str
    """UTC, ISO 8601 with `Z`."""
    reason: str


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A paper as it was given out to be signed."""

    name: str
    """Below `documents/`."""
    size: int
    sha256: str
    confirmed: Confirmed | None = None


def write_given(papers: Sequence[GivenOut]) -> bytes:
    """Return the file of the container."""
    document = {"format": 1, "papers": [asdict(one) for one in papers]}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()


def read_given(content: bytes) -> tuple[GivenOut, ...]:
    """Read the file of a container that may be hostile. Raises DossierUnreadable for anything that is none."""
    try:
        root = Item(json.loads(content))
    except (ValueError, RecursionError):
        raise DossierUnreadable("$", "not_json") from None
    version, papers = root.fields("format", "papers")
    if version.counter() != 1:
        version.fail("unknown_format")
    return papers.each(_given, lambda one: one.name)


def _given(item: Item) -> GivenOut:
    confirmed, name, sha256, size = item.fields("confirmed", "name", "sha256", "size")
    return GivenOut(name.text(), size.counter(), sha256.sha256(), confirmed.optional(_confirmed))


def _confirmed(item: Item) -> Confirmed:
    at, reason, who = item.fields("at", "reason", "who")
    return Confirmed(who.text(), at.moment(), reason.text())
