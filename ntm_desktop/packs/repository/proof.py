"""Who published a pack, as one content that travels with a dossier and is judged years later without a network.

Expiry is not judged: the publisher stood behind the pack when it was used. Signatures, thresholds, hashes and who lets
whom in are. A proof made with keys that a newer root has taken away proves nothing any more: it may be the thief's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ntm_desktop.errors import Damaged, Refused, Untrusted
from ntm_desktop.packs.repository.lists import LARGEST, SignedLists, fingerprint_of, from_json, to_json
from ntm_desktop.packs.repository.reading import BEGINNING
from ntm_desktop.packs.repository.rules import ListedPack, Walk, lists_source
from ntm_desktop.snapshot.canonical import canonical_bytes, parse

FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published a pack."""

    fingerprint: str
    """SHA-256 of its first root file, hexadecimal."""
    name: str
    province: str = ""
    """Name of the province's list; empty for the publisher's own packs."""
    province_name: str = ""

    @property
    def key(self) -> str:
        """Its identity: the fingerprint, and for a province also the name of its list."""
        return f"{self.fingerprint}/{self.province}" if self.province else self.fingerprint

    @property
    def title(self) -> str:
        """The name to show: the province's, where a province published."""
        return self.province_name or self.name


def proof_of(lists: SignedLists, province: str) -> bytes:
    """Return the lists that prove who published the packs of a province (empty: the publisher's own); canonical."""
    own = {name: each for name, each in lists.provinces.items() if name == province}
    value = to_json(replace(lists, provinces=own))
    return canonical_bytes({"format": FORMAT, "province": province, "lists": value})


def prove(
    proof: bytes, pack_sha256: str, root_bytes: bytes, *, later_roots: Sequence[bytes] = ()
) -> Publisher | None:
    """Return who published a pack, None when the proof does not show it to somebody who trusts this root.

    `root_bytes` is the oldest root that is trusted, `later_roots` the ones known to follow it.
    """
    try:
        lists, province = _decoded(proof)
        walk = Walk(SignedLists((root_bytes, *later_roots)), BEGINNING)
        walk.follow(lists_source(lists), province=province)
        packs = walk.packs()
    except (ValueError, Untrusted, Damaged, Refused):
        return None
    for pack in packs:
        if pack.sha256 == pack_sha256:
            return publisher_of(walk, pack)
    return None


def publisher_of(walk: Walk, pack: ListedPack) -> Publisher:
    """Return who published a pack of lists that were followed."""
    province = pack.name.province
    named = walk.province_name(province) if province else ""
    return Publisher(fingerprint_of(walk.lists.roots[0]), walk.publisher, province, named)


def published_packs(publishers: Sequence[SignedLists]) -> Mapping[str, Publisher]:
    """Return who published every pack that remembered lists name, by the SHA-256 of the pack.

    Raises: Untrusted, when what is remembered does not hold together.
    """
    found: dict[str, Publisher] = {}
    for lists in publishers:
        if lists.targets:
            walk = Walk(lists, BEGINNING)
            walk.follow(lists_source(lists))
            found |= {pack.sha256: publisher_of(walk, pack) for pack in walk.packs()}
    return found


def _decoded(proof: bytes) -> tuple[SignedLists, str]:
    if len(proof) > LARGEST:
        raise ValueError(LARGEST)
    value = parse(proof)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise ValueError(FORMAT)
    province = value.get("province")
    if not isinstance(province, str):
        raise ValueError(province)  # noqa: TRY004  # one kind of fault for all that does not fit
    return from_json(value.get("lists")), province
