"""The criterion sets at hand: those shipped with the program and those kept in the workspace.

A dossier names its set by the hash of the pack; packs a dossier ever used are kept in the workspace for good, so an
old dossier opens with exactly the set it was made with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.criteria.evaluate import CompiledSet, compile_set
from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.operations.register_books import RegisterBooks
from ntm_desktop.packs.shipped import ShippedPack, content_of, shipped_packs
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.shelf import NewPack


@dataclass(eq=False)
class PackLost(Damaged):
    """Say that the workspace lost the pack a dossier was made with."""

    sha256: str

    code: ClassVar[str] = "pack_lost"
    what: ClassVar[str] = "The criterion pack of a dossier is no longer in the workspace."
    safe: ClassVar[str] = "All figures are still there."
    next_step: ClassVar[str] = "Restore the workspace from its last copy."


@dataclass(eq=False)
class UnknownSet(Refused):
    """Say that no set with that id is at hand."""

    set_id: str

    code: ClassVar[str] = "unknown_set"
    what: ClassVar[str] = "This program has no criterion set called {set_id}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose one of the sets the program lists."


@dataclass(frozen=True, slots=True)
class KnownVersion:
    """A version of a set that is at hand."""

    sha256: str
    shipped: ShippedPack | None = None
    """What the program's own index says of it; None when it did not come with the program."""
    kept: bool = False
    """The workspace keeps it."""


class SetLibrary:
    """Loads each set once and keeps it while the desk is open."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._compiled: dict[str, CompiledSet] = {}
        self.registers = RegisterBooks(workspace)

    def by_hash(self, sha256: str) -> CompiledSet:
        """Return the set of a pack kept in the workspace.

        Raises PackLost, and what `criteria.load` raises.
        """
        compiled = self._compiled.get(sha256)
        if compiled is None:
            pack = self._workspace.pack(sha256)
            if pack is None:
                raise PackLost(sha256)
            compiled = self.of(pack.content)
        return compiled

    def of(self, content: bytes) -> CompiledSet:
        """Return the set in the bytes of a pack, kept or not. Raises what `criteria.load` raises."""
        compiled = self._compiled.get(hashlib.sha256(content).hexdigest())
        if compiled is None:
            compiled = compile_set(load(content))
            self._compiled[compiled.source.sha256] = compiled
        return compiled

    def learn(self, other: SetLibrary) -> None:
        """Know every set that another library has read: of a desk that was opened beside this one."""
        self._compiled = {**other._compiled, **self._compiled}

    def compiled(self, source: CriterionSet) -> CompiledSet:
        """Return a set ready to evaluate that this library read before. Raises KeyError for any other."""
        return self._compiled[source.sha256]

    def versions(self) -> Mapping[tuple[str, str], KnownVersion]:
        """Return every version that is at hand, kept in the workspace or shipped, by id and version; parses none.

        Raises ShippedPackDamaged.
        """
        shipped = {(pack.id, pack.version): KnownVersion(pack.sha256, pack) for pack in shipped_packs()}
        kept = {
            (set_id, version): KnownVersion(
                sha256, _shipped(shipped.get((set_id, version)), sha256), kept=True
            )
            for set_id, version, sha256 in self._workspace.packs()
        }
        return shipped | kept

    def newest(self, set_id: str) -> KnownVersion:
        """Return the newest version of a set that is at hand. Raises UnknownSet, ShippedPackDamaged."""
        found = [(numbers(version), one) for (id_, version), one in self.versions().items() if id_ == set_id]
        if not found:
            raise UnknownSet(set_id)
        return max(found, key=lambda pair: pair[0])[1]

    def set_of(self, known: KnownVersion) -> CompiledSet:
        """Return the set of a version that is at hand; keeps nothing. Raises as `by_hash`, ShippedPackDamaged."""
        if known.kept or known.shipped is None:
            return self.by_hash(known.sha256)
        return self._compiled.get(known.sha256) or self.of(content_of(known.shipped))

    def keep(self, known: KnownVersion, above: tuple[str, ...] = ()) -> CriterionSet:
        """See to it that the workspace keeps a version that is at hand, and those it reads; return the set.

        `above` names the sets that are being kept because of it: sets may read each other.

        Raises UnknownSet, ShippedPackDamaged, and what `PackShelf.keep` raises.
        """
        criterion_set = self.set_of(known).source
        if not known.kept and known.shipped is not None:
            ring = (*above, criterion_set.id)
            wanted = [one for one in criterion_set.references if one not in ring]
            references = {one: self.keep(self.newest(one), ring).sha256 for one in wanted}
            pack = known.shipped
            file = PackFile(pack.id, pack.version, pack.sha256, content_of(pack))
            self._workspace.shelf.keep((NewPack(file, references=references),))
        return criterion_set

    def keep_newest(self, set_id: str) -> CriterionSet:
        """Keep the newest version of a set that is at hand, and those it reads; return it. Raises as `keep`."""
        return self.keep(self.newest(set_id))

    def references(
        self, criterion_set: CriterionSet, beside: Mapping[str, CriterionSet] | None = None
    ) -> Mapping[str, CriterionSet]:
        """Return the other sets its rules read thresholds of, by id.

        Those of a kept pack are the ones that were at hand when it was kept: a newer version changes no verdict. Of one
        that is not kept yet it is the newest at hand, where `beside` holds sets that come along with it.
        """
        pinned = self._workspace.shelf.references(criterion_set.sha256) if criterion_set.references else {}
        found: dict[str, CriterionSet] = {}
        for set_id in criterion_set.references:
            if set_id in pinned:
                found[set_id] = self.by_hash(pinned[set_id]).source
            elif beside and set_id in beside:
                found[set_id] = beside[set_id]
            else:
                with suppress(UnknownSet):
                    found[set_id] = self.set_of(self.newest(set_id)).source
        return found


def _shipped(known: KnownVersion | None, sha256: str) -> ShippedPack | None:
    return known.shipped if known is not None and known.sha256 == sha256 else None


def numbers(version: str) -> tuple[int, ...]:
    """Return a version to compare by: 1.10.0 is newer than 1.9.0."""
    return tuple(int(number) if number.isdecimal() else -1 for number in version.split("."))
