"""The criterion sets that are here, and taking new versions in: no dossier is changed by that, old packs stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import is_register_book
from ntm_desktop.disk import Disk
from ntm_desktop.errors import Refused
from ntm_desktop.i18n import Text
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import Dossier, DossierName, DossierState, listed, name_of
from ntm_desktop.operations.publishers import Admitted, AdmittedPack, Fetch, admitted, trust_store
from ntm_desktop.operations.sets import KnownVersion, numbers
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.copies import free_name
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.shelf import NewPack, Publication

__all__ = [
    "Before",
    "InstalledSet",
    "UnknownPack",
    "UsedBy",
    "copied_before",
    "copy_before",
    "find",
    "installed",
    "keep",
    "may_move",
    "newest_for",
    "take_in",
]


@dataclass(eq=False)
class UnknownPack(Refused):
    """Say that a version of a set is not at hand."""

    pack: str

    code: ClassVar[str] = "unknown_pack"
    what: ClassVar[str] = "There is no criterion pack {pack} here."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "List the packs and name one as SET@VERSION, or import it first."


@dataclass(frozen=True, slots=True)
class UsedBy:
    """A dossier made with a set."""

    dossier: Dossier
    name: DossierName
    movable: bool
    """It is open, and a newer version is here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledSet:
    """A set that is here, in its newest version."""

    id: str
    version: str
    sha256: str
    title: Text
    short_title: Text
    level: str
    publisher: str
    """Who published it; what the pack says of itself where no publisher signed it."""
    signed: bool
    """A publisher that is known here stands behind it, or it came with the program."""
    shipped: bool
    criteria: int
    indicators: int
    complete: bool
    valid_from: int | None
    valid_to: int | None
    parent: str
    """`SET@VERSION` of a child set's parent; else empty."""
    older: tuple[str, ...]
    """The other versions that are here, the newest first."""
    dossiers: tuple[UsedBy, ...]


def installed(desk: Desk) -> tuple[InstalledSet, ...]:
    """Return the sets that are here, those with dossiers first, then complete ones, then by title.

    Raises ShippedPackDamaged, PackLost.
    """
    versions = desk.library.versions()
    by_set: dict[str, list[tuple[str, KnownVersion]]] = {}
    for (set_id, version), one in versions.items():
        by_set.setdefault(set_id, []).append((version, one))
    dossiers = listed(desk)
    found = [_installed(desk, sorted(these, key=_newer_first), dossiers) for these in by_set.values()]
    return tuple(sorted(found, key=lambda one: (not one.dossiers, not one.complete, str(one.title), one.id)))


def _newer_first(pair: tuple[str, KnownVersion]) -> tuple[int, ...]:
    return tuple(-number for number in numbers(pair[0]))


def _installed(
    desk: Desk, these: list[tuple[str, KnownVersion]], dossiers: tuple[Dossier, ...]
) -> InstalledSet:
    version, newest = these[0]
    found = desk.library.set_of(newest).source
    publication = desk.workspace.shelf.publications().get(newest.sha256)
    return InstalledSet(
        id=found.id,
        version=version,
        sha256=newest.sha256,
        title=found.title,
        short_title=found.short_title,
        level=found.level,
        publisher=publication.title if publication is not None else found.publisher,
        signed=publication is not None or newest.shipped is not None,
        shipped=newest.shipped is not None,
        criteria=len(found.criteria),
        indicators=len(found.indicators()),
        complete=found.complete,
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        parent=found.parent.partition("+")[0],
        older=tuple(version for version, _one in these[1:]),
        dossiers=tuple(
            UsedBy(dossier, name_of(desk, dossier), newest_for(desk, dossier) is not None)
            for dossier in dossiers
            if dossier.set_id == found.id
        ),
    )


def find(desk: Desk, name: str) -> CriterionSet:
    """Return a set by `SET@VERSION`, or the newest version of `SET`. Raises UnknownPack, ShippedPackDamaged."""
    set_id, _at, version = name.partition("@")
    fitting = [
        (numbers(one), known)
        for (id_, one), known in desk.library.versions().items()
        if id_ == set_id and version in {"", one}
    ]
    if not fitting:
        raise UnknownPack(name)
    return desk.library.set_of(max(fitting, key=lambda pair: pair[0])[1]).source


def newest_for(desk: Desk, dossier: Dossier) -> CriterionSet | None:
    """Return the newest version that is here of an open dossier's set; None when it has that already."""
    if dossier.state is not DossierState.OPEN:
        return None
    newest = find(desk, dossier.set_id)
    return newest if numbers(newest.version) > numbers(dossier.set_version) else None


def may_move(dossier: Dossier, before: CriterionSet, to: CriterionSet) -> bool:
    """Say whether a dossier may move to a set: its own, its parent or child, another child of its parent."""
    if dossier.set_sha256 == to.sha256:
        return False
    family = {before.id, _parent(before)} - {""}
    return not family.isdisjoint({to.id, _parent(to)})


def _parent(criterion_set: CriterionSet) -> str:
    return criterion_set.parent.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Before:
    """A copy of the workspace that was taken before a change."""

    copy: Path
    head: str
    """The last edit it holds."""


def copy_before(workspace: Workspace, occasion: str) -> Before:
    """Copy the workspace over a connection of its own, for a job. Raises as `Workspace.take_copy`."""
    if workspace.read_only:
        raise WorkspaceReadOnly(str(workspace.folder))
    with workspace.reader() as reader:
        target = free_name(workspace.folder / "copies", occasion)
        return Before(reader.copy_database(target, Disk()), reader.head)


def copied_before(desk: Desk, occasion: str, before: Before | None = None) -> Path:
    """Return the copy that was taken before; where there is none, or something was entered since, take it now.

    Raises what `Workspace.take_copy` raises.
    """
    if before is not None and before.head == desk.workspace.head:
        return before.copy
    return desk.workspace.take_copy(occasion)


def take_in(desk: Desk, source: Path | str, *, confirmed: str = "", fetch: Fetch | None = None) -> Admitted:
    """Keep the packs of a source that are not here yet, after taking a copy; no dossier is changed.

    Raises what `publishers.admitted` and `keep` raise; then no pack was kept.
    """
    return keep(desk, admitted(desk, source, confirmed=confirmed, fetch=fetch))


def keep(desk: Desk, found: Admitted, before: Before | None = None) -> Admitted:
    """Keep packs that were admitted before; no dossier is changed.

    Raises what `copied_before` and `PackShelf.keep` raise; then no pack was kept.
    """
    if found.packs:
        copied_before(desk, "before-packs", before)
        contents = ((pack, pack.content) for pack in found.packs)
        books = (_new(pack, content, {}) for pack, content in contents if is_register_book(content))
        desk.workspace.shelf.keep((*_ordered(desk, found.packs), *books), trust_store().copy())
        desk.library.registers.forget()
    return found


def _ordered(desk: Desk, packs: Iterable[AdmittedPack]) -> Iterable[NewPack]:
    """Return the packs with what they read, those that are read before those that read them."""
    waiting = {pack.sha256: pack for pack in packs if not is_register_book(pack.content)}
    beside = newest_sets(desk, waiting.values())
    done: dict[str, NewPack] = {}

    def put(pack: AdmittedPack, ring: tuple[str, ...]) -> None:
        content = pack.content
        criterion_set = load(content)  # not remembered: a bundle may bring many old versions
        reads: Mapping[str, CriterionSet] = desk.library.references(criterion_set, beside)
        pinned: dict[str, str] = {}
        for set_id, one in reads.items():
            if one.id in ring:
                continue  # sets that read each other cannot both come first
            if one.sha256 in waiting and one.sha256 not in done:
                put(waiting[one.sha256], (*ring, one.id))
            elif one.sha256 not in waiting:
                desk.library.keep(desk.library.versions()[one.id, one.version])
            pinned[set_id] = one.sha256
        done[pack.sha256] = _new(pack, content, pinned)

    for pack in waiting.values():
        if pack.sha256 not in done:
            put(pack, (pack.id,))
    return done.values()


def newest_sets(desk: Desk, packs: Iterable[AdmittedPack]) -> dict[str, CriterionSet]:
    """Return the newest version of each set among packs that may not be kept yet."""
    sets = (pack for pack in packs if not is_register_book(pack.content))
    newest = {pack.id: pack for pack in sorted(sets, key=lambda pack: numbers(pack.version))}
    return {pack.id: desk.library.of(pack.content).source for pack in newest.values()}


def _new(pack: AdmittedPack, content: bytes, references: Mapping[str, str]) -> NewPack:
    publisher = pack.publisher
    return NewPack(
        PackFile(pack.id, pack.version, pack.sha256, content, pack.proof),
        Publication(publisher.fingerprint, publisher.name, publisher.province, publisher.province_name),
        references,
    )
