"""What would change before anything is changed: for every open dossier that could move, flips, thresholds, figures.

Nothing here writes to the workspace; what was learned of the publisher is remembered per user.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ntm_desktop.criteria.carry import Carriage, Misfit, MisfitReason, carry
from ntm_desktop.criteria.contradictions import Contradiction, contradictions
from ntm_desktop.criteria.evaluate import CompiledSet, evaluate
from ntm_desktop.criteria.inputs import all_inputs
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.registers import is_register_book
from ntm_desktop.criteria.verdicts import Evaluation, Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Field, SubjectKind
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.folding import fold
from ntm_desktop.facts.period import reading_period
from ntm_desktop.i18n import Text
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import Dossier, DossierName, DossierState, listed, name_of
from ntm_desktop.operations.pack_changes import PartChange, Version, part_changes
from ntm_desktop.operations.pack_registers import RegistersPreview, registers_preview
from ntm_desktop.operations.packs import find, may_move, newest_sets
from ntm_desktop.operations.publishers import (
    Admitted,
    Fetch,
    Notice,
    Pace,
    Publisher,
    RefusedPack,
    admitted,
)
from ntm_desktop.operations.sets import SetLibrary, numbers
from ntm_desktop.packs.promise import BrokenPromise, is_patch, promise
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import Clock

__all__ = [
    "Asked",
    "BrokenPromise",
    "Contradiction",
    "KeptLookedAt",
    "LookedAt",
    "Misfit",
    "MisfitReason",
    "Move",
    "Pace",
    "PackPreview",
    "Preview",
    "look_at",
    "look_at_kept",
    "move_of",
    "preview",
    "preview_kept",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that the new version asks for and the old one did not."""

    element: str
    label: Text
    unit: str
    known: bool
    """It is there already, because another set asks for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What moving one dossier to another version would change."""

    dossier: Dossier
    name: DossierName
    before: CriterionSet
    after: CriterionSet
    changes: tuple[PartChange, ...]
    """Indicators and conditions that flip or differ, in the order of the new set."""
    evaluations: tuple[Evaluation, Evaluation]
    """Before and after."""
    carriage: Carriage
    asked: tuple[Asked, ...]
    contradicted: tuple[Contradiction, ...]
    """Thresholds the commune confirmed that the new version gives otherwise; they are kept and listed."""

    @property
    def flips(self) -> tuple[PartChange, ...]:
        """What gets another verdict."""
        return tuple(change for change in self.changes if change.flips)

    @property
    def others(self) -> tuple[PartChange, ...]:
        """What keeps its verdict under another threshold or rule."""
        return tuple(change for change in self.changes if not change.flips and change.matters)

    @property
    def unchanged(self) -> int:
        """How many indicators keep their verdict."""
        flipped = sum(1 for change in self.flips if not change.condition and change.after is not None)
        return len(self.evaluations[1].indicators) - flipped

    @property
    def met(self) -> tuple[int, int]:
        """How many indicators are met before and after."""
        before, after = (evaluation.counts()[Verdict.MET] for evaluation in self.evaluations)
        return before, after

    @property
    def misfits(self) -> tuple[Misfit, ...]:
        """Figures that the new version does not take; they are kept and listed."""
        return self.carriage.misfits

    @property
    def patch(self) -> bool:
        """Say whether the version promises that no verdict changes."""
        same = self.before.id == self.after.id
        return same and is_patch(self.before.version, self.after.version)

    @property
    def promise_broken(self) -> bool:
        """Say whether a verdict changes although the version number says that none can."""
        verdicts = [
            (one.overall.verdict, {code: each.verdict for code, each in one.requirements.items()})
            for one in self.evaluations
        ]
        return self.patch and (bool(self.flips) or verdicts[0] != verdicts[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPreview:
    """A pack, and what it would change."""

    set: CriterionSet
    publisher: Publisher | None
    """Who signed it; None for one that is here already."""
    here: bool
    moves: tuple[Move, ...]
    """Open dossiers that could move to it; only under the newest version of each set."""
    promise: tuple[BrokenPromise, ...]
    """Verdicts that examples and made-up figures show to change although the version is only a patch."""

    @property
    def examples(self) -> int:
        """How many examples of its own it passed."""
        return len(self.set.examples)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a source would bring."""

    source: str
    publisher: Publisher
    packs: tuple[PackPreview, ...]
    """Those that are not here yet, and newer versions that are here; by set, the newest first."""
    warnings: tuple[Notice, ...]
    refused: tuple[RefusedPack, ...]
    admitted: Admitted
    """What `packs.keep` keeps: exactly what was looked at, whatever becomes of the source."""
    registers: tuple[RegistersPreview, ...] = ()
    """Register books among them."""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A preview made by a desk of its own, with the sets that were read for it."""

    preview: Preview
    library: SetLibrary


@dataclass(frozen=True, slots=True)
class KeptLookedAt:
    """The preview of a pack that is here, made by a desk of its own, with the sets that were read for it."""

    pack: PackPreview
    library: SetLibrary


def look_at(
    folder: Path, source: Path | str, clock: Clock, *, confirmed: str = "", pace: Pace | None = None
) -> LookedAt:
    """Open the workspace beside the one that is open, for reading, and preview a source; for a job.

    Raises what `Workspace.open` and `preview` raise.
    """
    with _beside(folder, clock) as desk:
        return LookedAt(preview(desk, source, confirmed=confirmed, pace=pace), desk.library)


def look_at_kept(folder: Path, name: str, clock: Clock, known: SetLibrary) -> KeptLookedAt:
    """Open the workspace beside the one that is open, for reading, and preview a pack that is here; for a job.

    `known` holds sets that were read already. Raises what `Workspace.open` and `preview_kept` raise.
    """
    with _beside(folder, clock) as desk:
        desk.library.learn(known)
        return KeptLookedAt(preview_kept(desk, name), desk.library)


@contextmanager
def _beside(folder: Path, clock: Clock) -> Iterator[Desk]:
    workspace = Workspace.open(folder, who="", clock=clock, read_only=True)
    try:
        yield Desk(workspace, clock)
    finally:
        workspace.close()


def preview(
    desk: Desk,
    source: Path | str,
    *,
    confirmed: str = "",
    fetch: Fetch | None = None,
    pace: Pace | None = None,
) -> Preview:
    """Return what the packs of a source would change; nothing is written to the workspace.

    Raises what `publishers.admitted` raises.
    """
    found = admitted(desk, source, confirmed=confirmed, fetch=fetch, pace=pace)
    coming = newest_sets(desk, found.packs)
    publishers = {pack.sha256: pack.publisher for pack in found.packs}
    books = tuple(registers_preview(desk, pack) for pack in found.packs if is_register_book(pack.content))
    sets = [
        desk.library.of(pack.content).source for pack in found.packs if not is_register_book(pack.content)
    ]
    sets += [one for one in _newer_here(desk) if one.id not in coming]
    ordered = sorted(sets, key=lambda one: (one.id, tuple(-number for number in numbers(one.version))))
    packs = []
    for one in ordered:
        if pace is not None:
            pace.check()
        newest = coming.get(one.id, one) is one
        packs.append(_pack(desk, one, coming, publisher=publishers.get(one.sha256), newest=newest))
    return Preview(str(source), found.publisher, tuple(packs), found.warnings, found.refused, found, books)


def preview_kept(desk: Desk, name: str) -> PackPreview:
    """Return what a pack that is here (`SET@VERSION`) would change. Raises UnknownPack."""
    return _pack(desk, find(desk, name), {}, publisher=None, newest=True)


def _newer_here(desk: Desk) -> list[CriterionSet]:
    """Return the newest versions at hand of the sets of open dossiers that have an older one."""
    found: dict[str, CriterionSet] = {}
    for dossier in listed(desk):
        newest = found.get(dossier.set_id) or find(desk, dossier.set_id)
        if dossier.state is DossierState.OPEN and numbers(newest.version) > numbers(dossier.set_version):
            found[dossier.set_id] = newest
    return list(found.values())


def _pack(
    desk: Desk,
    to: CriterionSet,
    coming: Mapping[str, CriterionSet],
    *,
    publisher: Publisher | None,
    newest: bool,
) -> PackPreview:
    moves = tuple(_moves(desk, to, coming)) if newest and _concerns(desk, publisher) else ()
    return PackPreview(
        set=to, publisher=publisher, here=publisher is None, moves=moves, promise=_promise(desk, to, coming)
    )


def _concerns(desk: Desk, publisher: Publisher | None) -> bool:
    """Say whether a pack is proposed to this commune: that of another province is not, though it may be chosen."""
    if publisher is None or not publisher.province_name:
        return True
    return fold(publisher.province_name).endswith(_bare(desk.commune.province))


def _bare(province: str) -> str:
    """Return the name of a province without the word for it: lists call it in their own way."""
    name = fold(province)
    return next((name.removeprefix(word) for word in ("tinh ", "thanh pho ") if name.startswith(word)), name)


def _moves(desk: Desk, to: CriterionSet, coming: Mapping[str, CriterionSet]) -> Iterator[Move]:
    for dossier in listed(desk):
        if dossier.state is not DossierState.OPEN:
            continue
        before = desk.library.by_hash(dossier.set_sha256).source
        if _forward(before, to) and may_move(dossier, before, to) and _for_year(to, dossier.year):
            yield move_of(desk, dossier, to, coming)


def _forward(before: CriterionSet, to: CriterionSet) -> bool:
    """Say whether a set is the next step of another: a newer version of it, or a child of it."""
    if before.id == to.id:
        return numbers(before.version) < numbers(to.version)
    return to.parent.partition("@")[0] == before.id


def _for_year(criterion_set: CriterionSet, year: int) -> bool:
    first, last = criterion_set.valid_from, criterion_set.valid_to
    return (first is None or first <= year) and (last is None or year <= last)


def _promise(desk: Desk, to: CriterionSet, coming: Mapping[str, CriterionSet]) -> tuple[BrokenPromise, ...]:
    """Hold the version to the one before it that is here."""
    before = [
        (numbers(version), one)
        for (set_id, version), one in desk.library.versions().items()
        if set_id == to.id and is_patch(version, to.version) and numbers(version) < numbers(to.version)
    ]
    if not before:
        return ()
    old = desk.library.set_of(max(before, key=lambda pair: pair[0])[1]).source
    return promise(old, to, library=desk.library.references(to, coming))


def move_of(
    desk: Desk, dossier: Dossier, to: CriterionSet, coming: Mapping[str, CriterionSet] | None = None
) -> Move:
    """Return what moving a dossier to a set would change; `coming` holds sets that would come along with it."""
    old = desk.library.by_hash(dossier.set_sha256)
    new = desk.library.compiled(to)
    situation = desk.situation_of(dossier)
    carriage = _of_dossier(carry(old.source, to, desk.book), old, situation)
    there = replace(
        situation, book=carriage.over(desk.book), library=desk.library.references(to, coming or {})
    )
    before, after = desk.evaluate(dossier), evaluate(new, there)
    return Move(
        dossier=dossier,
        name=name_of(desk, dossier),
        before=old.source,
        after=to,
        changes=part_changes(Version(old.source, before), Version(to, after)),
        evaluations=(before, after),
        carriage=carriage,
        asked=tuple(newly_asked(old.source, to, there)),
        contradicted=contradictions(new, there),
    )


def _of_dossier(carriage: Carriage, old: CompiledSet, situation: Situation) -> Carriage:
    """Leave out figures nobody asks for any more that this dossier never read: those of other years."""
    unread = [one for one in carriage.misfits if one.reason is MisfitReason.NOT_ASKED]
    if not unread:
        return carriage
    read = {one.key for one in all_inputs(old, situation)} | set(_asked_keys(old.source, situation))
    kept = tuple(
        one for one in carriage.misfits if one.reason is not MisfitReason.NOT_ASKED or one.fact.key in read
    )
    return replace(carriage, misfits=kept)


def _asked_keys(source: CriterionSet, situation: Situation) -> Iterator[FactKey]:
    """Yield the figures a set asks for in a situation."""
    for field in _fields(source):
        element = source.catalogue.elements.get(field.element)
        if element is None:
            continue
        period = reading_period(element.period, situation.year - field.years_back)
        for subject in _subjects(element.subject, element.register, situation):
            yield FactKey(field.element, subject, period)


def _subjects(kind: SubjectKind, register: str, situation: Situation) -> Iterable[str]:
    if kind is SubjectKind.COMMUNE:
        return ("",)
    book: FactBook = situation.book
    if kind is SubjectKind.HAMLET:
        return (hamlet.id for hamlet in book.hamlets_on(situation.assessed_on))
    return (record.id for record in book.records_on(register, situation.assessed_on))


def _fields(source: CriterionSet) -> Iterator[Field]:
    conditions = (condition.requirement for condition in source.conditions)
    for requirement in (*source.requirements(), *conditions):
        yield from requirement.fields
        for table in requirement.tables:
            yield from table.columns


def newly_asked(old: CriterionSet, new: CriterionSet, there: Situation) -> Iterator[Asked]:
    """Yield the figures a set asks for in a situation that another one does not."""
    before = {(field.element, field.years_back) for field in _fields(old)}
    seen: set[tuple[str, int]] = set()
    for field in _fields(new):
        asked = (field.element, field.years_back)
        element = new.catalogue.elements.get(field.element)
        if asked in before or asked in seen or element is None:
            continue
        seen.add(asked)
        period = reading_period(element.period, there.year - field.years_back)
        subjects = tuple(_subjects(element.subject, element.register, there))
        known = bool(subjects) and all(
            FactKey(field.element, subject, period) in there.book.values for subject in subjects
        )
        yield Asked(field.element, element.label, element.unit, known)
