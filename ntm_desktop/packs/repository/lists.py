"""The signed lists of a repository as they were verified: what is remembered of a publisher, and what proves a pack."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ntm_desktop.packs.repository.layout import (
    METADATA,
    MOST_PROVINCES,
    MOST_ROOTS,
    ROOT,
    SNAPSHOT,
    TARGETS,
    TIMESTAMP,
    is_province,
)
from ntm_desktop.snapshot.canonical import Json

LARGEST: Final = 16 << 20
"""Bytes of encoded lists."""


@dataclass(frozen=True, slots=True)
class SignedLists:
    """The lists of one publisher, byte for byte as signed."""

    roots: tuple[bytes, ...]
    """Without gaps, the first trusted one first; its versions need not begin with 1."""
    timestamp: bytes = b""
    """Empty, as the others: not yet seen."""
    snapshot: bytes = b""
    targets: bytes = b""
    provinces: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the first root, hexadecimal: the publisher's identity."""
        return fingerprint_of(self.roots[0])

    def of(self, role: str) -> bytes:
        """Return the list of a role other than root; empty when it was not yet seen."""
        own = {TIMESTAMP: self.timestamp, SNAPSHOT: self.snapshot, TARGETS: self.targets}
        return own[role] if role in own else self.provinces.get(role, b"")


def fingerprint_of(root: bytes) -> str:
    """Return the identity of a publisher: the SHA-256 of its first root file, hexadecimal."""
    return hashlib.sha256(root).hexdigest()


def to_json(lists: SignedLists) -> dict[str, Json]:
    """Return the lists as plain JSON values: texts, because their bytes are what was signed."""
    return {
        ROOT: [each.decode() for each in lists.roots],
        TIMESTAMP: lists.timestamp.decode(),
        SNAPSHOT: lists.snapshot.decode(),
        TARGETS: lists.targets.decode(),
        "provinces": {name: content.decode() for name, content in sorted(lists.provinces.items())},
    }


def from_json(value: Json) -> SignedLists:
    """Read what `to_json` wrote; nothing in it is believed by that. Raises ValueError."""
    if not isinstance(value, dict) or value.keys() != {ROOT, TIMESTAMP, SNAPSHOT, TARGETS, "provinces"}:
        raise ValueError(METADATA)
    roots, provinces = value[ROOT], value["provinces"]
    if not isinstance(roots, list) or not 0 < len(roots) <= MOST_ROOTS:
        raise ValueError(ROOT)
    if not isinstance(provinces, dict) or len(provinces) > MOST_PROVINCES:
        raise ValueError(TARGETS)
    if not all(map(is_province, provinces)):
        raise ValueError(TARGETS)
    return SignedLists(
        tuple(map(_bytes, roots)),
        _bytes(value[TIMESTAMP]),
        _bytes(value[SNAPSHOT]),
        _bytes(value[TARGETS]),
        {name: _bytes(content) for name, content in provinces.items()},
    )


def _bytes(value: Json) -> bytes:
    if not isinstance(value, str):
        raise ValueError(METADATA)  # noqa: TRY004  # one kind of fault for all that does not fit
    return value.encode()
