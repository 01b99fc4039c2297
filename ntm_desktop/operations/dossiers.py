"""The dossiers of a commune: list, add, choose."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Evaluation
from ntm_desktop.errors import Refused
from ntm_desktop.i18n import Text
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.grades import Grade, grade_of
from ntm_desktop.operations.progress import Progress, progress
from ntm_desktop.operations.sets import UnknownSet
from ntm_desktop.packs.shipped import shipped_pack
from ntm_desktop.workspace.states import Dossier, DossierState, NewDossier

__all__ = [
    "Dossier",
    "DossierName",
    "DossierState",
    "DossierSummary",
    "add",
    "choose",
    "names",
    "newest",
    "summaries",
]


@dataclass(eq=False)
class YearOutsideSet(Refused):
    """Say that a set is not made for dossiers of that year."""

    title: str
    """Short title of the set."""
    year: int
    first: str
    last: str

    code: ClassVar[str] = "year_outside_set"
    what: ClassVar[str] = "The set {title} is for the years {first} to {last}, not for {year}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Choose another year or another set."


@dataclass(eq=False)
class NoSuchDossier(Refused):
    """Say that the workspace has no dossier with that id."""

    dossier: str

    code: ClassVar[str] = "no_such_dossier"
    what: ClassVar[str] = "There is no dossier {dossier} in this workspace."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "List the dossiers and choose one of them."


@dataclass(frozen=True, slots=True)
class DossierName:
    """What the picker shows of a dossier."""

    id: str
    title: Text
    year: int
    revision: int

    def words(self) -> str:
        """Return the short title of the set and the year; the round from the second on."""
        if self.revision > 1:
            return _("{title} \u00b7 year {year}, round {revision}").format(
                title=self.title, year=self.year, revision=self.revision
            )
        return _("{title} \u00b7 year {year}").format(title=self.title, year=self.year)


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """What the overview shows of a dossier."""

    dossier: Dossier
    name: DossierName
    progress: Progress
    evaluation: Evaluation
    grade: Grade | None
    """Of a set with bands."""
    sealed_at: str
    """When it was sealed, UTC; empty while open."""


def listed(desk: Desk) -> tuple[Dossier, ...]:
    """Return the dossiers, newest year first."""
    return tuple(sorted(desk.workspace.dossiers(), key=lambda d: (-d.year, d.set_id, -d.revision)))


def names(desk: Desk) -> tuple[DossierName, ...]:
    """Return the names of the dossiers, newest year first."""
    return tuple(name_of(desk, dossier) for dossier in listed(desk))


def summaries(desk: Desk) -> tuple[DossierSummary, ...]:
    """Return every dossier with its progress as the figures stand now."""
    found = []
    for dossier in listed(desk):
        evaluation = desk.evaluate(dossier)
        sealed = desk.workspace.sealed(dossier.id)
        found.append(
            DossierSummary(
                dossier,
                name_of(desk, dossier),
                progress(evaluation),
                evaluation,
                grade_of(desk.library.by_hash(dossier.set_sha256).source, evaluation),
                sealed[0].sealed_at if sealed else "",
            )
        )
    return tuple(found)


def name_of(desk: Desk, dossier: Dossier) -> DossierName:
    """Return the name of a dossier."""
    title = desk.library.by_hash(dossier.set_sha256).source.short_title
    return DossierName(dossier.id, title, dossier.year, dossier.revision)


def newest(desk: Desk) -> Dossier | None:
    """Return the dossier to begin with: the newest open one, else the newest."""
    found = listed(desk)
    open_ones = [dossier for dossier in found if dossier.state is DossierState.OPEN]
    return next(iter(open_ones or found), None)


def find(desk: Desk, dossier: str) -> Dossier:
    """Return a dossier by its id. Raises NoSuchDossier."""
    for one in desk.workspace.dossiers():
        if one.id == dossier:
            return one
    raise NoSuchDossier(dossier)


def choose(desk: Desk, dossier: str) -> Change:
    """Work on this dossier from now on. Raises NoSuchDossier."""
    return desk.choose(find(desk, dossier))


def add(desk: Desk, set_id: str, year: int, assessed_on: date | None = None) -> Change:
    """Add a dossier and choose it; without a day it is assessed on the last day of its year.

    Raises YearOutsideSet, `sets.UnknownSet`, and what `Desk.record` raises.
    """
    newest = desk.library.newest(set_id)
    require_in(desk.library.set_of(newest).source, year)
    criterion_set = desk.library.keep(newest)
    dossier = Dossier(
        id=uuid.uuid4().hex,
        set_id=criterion_set.id,
        set_version=criterion_set.version,
        set_sha256=criterion_set.sha256,
        year=year,
        assessed_on=assessed_on or date(year, 12, 31),
    )
    change = desk.record([NewDossier(dossier.id, dossier)], "add_dossier")
    desk.choose(dossier)
    return change


def require_year(set_id: str, year: int) -> None:
    """Refuse a year a shipped set is not made for, before there is a workspace.

    Raises YearOutsideSet, `sets.UnknownSet`.
    """
    pack = shipped_pack(set_id)
    if pack is None:
        raise UnknownSet(set_id)
    _require(pack.short_title, year, pack.valid_from, pack.valid_to)


def require_in(criterion_set: CriterionSet, year: int) -> None:
    """Refuse a year a set is not made for. Raises YearOutsideSet."""
    _require(criterion_set.short_title, year, criterion_set.valid_from, criterion_set.valid_to)


def _require(title: Text, year: int, first: int | None, last: int | None) -> None:
    if (first is not None and year < first) or (last is not None and year > last):
        raise YearOutsideSet(str(title), year, str(first or "\u2026"), str(last or "\u2026"))
