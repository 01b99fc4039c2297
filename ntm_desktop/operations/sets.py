"""The criterion sets at hand: those shipped with the program and those kept in the workspace.

A dossier names its set by the hash of the pack; packs a dossier ever used are kept in the workspace for good, so an
old dossier opens with exactly the set it was made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ntm_desktop.criteria.evaluate import CompiledSet, compile_set
from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import Damaged, Refused
from ntm_desktop.packs.shipped import content_of, shipped_pack
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.folder import Workspace


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
    """Say that no set with that id came with the program."""

    set_id: str

    code: ClassVar[str] = "unknown_set"
    what: ClassVar[str] = "This program has no criterion set called {set_id}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose one of the sets the program lists."


class SetLibrary:
    """Loads each set once and keeps it while the desk is open."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._compiled: dict[str, CompiledSet] = {}

    def by_hash(self, sha256: str) -> CompiledSet:
        """Return the set of a pack kept in the workspace.

        Raises PackLost, and what `criteria.load` raises.
        """
        compiled = self._compiled.get(sha256)
        if compiled is None:
            pack = self._workspace.pack(sha256)
            if pack is None:
                raise PackLost(sha256)
            compiled = compile_set(load(pack.content))
            self._compiled[sha256] = compiled
        return compiled

    def keep_shipped(self, set_id: str) -> CriterionSet:
        """Copy the newest shipped pack of this id, and those it refers to, into the workspace; return the set.

        Raises UnknownSet, ShippedPackDamaged.
        """
        pack = shipped_pack(set_id)
        if pack is None:
            raise UnknownSet(set_id)
        if self._workspace.pack(pack.sha256) is None:
            self._workspace.keep_pack(PackFile(pack.id, pack.version, pack.sha256, content_of(pack)))
        criterion_set = self.by_hash(pack.sha256).source
        for reference in criterion_set.references:
            self.keep_shipped(reference)
        return criterion_set

    def references(self, criterion_set: CriterionSet) -> Mapping[str, CriterionSet]:
        """Return the other sets its rules read thresholds of, by id; the newest kept version of each."""
        if not criterion_set.references:
            return {}
        kept = {set_id: sha256 for set_id, _version, sha256 in self._workspace.packs()}
        return {
            set_id: self.by_hash(kept[set_id]).source for set_id in criterion_set.references if set_id in kept
        }
