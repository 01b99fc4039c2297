"""Which years stand still: closed by an officer, or signed in every dossier there is of them."""

from __future__ import annotations

from collections.abc import Iterable

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import period_year
from ntm_desktop.operations.desk import Desk
from ntm_desktop.workspace.errors import YearLocked
from ntm_desktop.workspace.states import DossierState

__all__ = ["YearLocked", "locked_years", "require_unlocked"]


def locked_years(desk: Desk) -> frozenset[int]:
    """Return the years whose figures are changed by a correction only.

    A year whose dossiers are all signed stands still; a revision, or a new dossier of that year, lets it go again.
    """
    dossiers = desk.workspace.dossiers()
    still_open = {dossier.year for dossier in dossiers if dossier.state is DossierState.OPEN}
    signed = {dossier.year for dossier in dossiers} - still_open
    closed = {state.year for state in desk.workspace.years().values() if state.closed}
    return frozenset(signed | closed)


def require_unlocked(desk: Desk, keys: Iterable[FactKey]) -> None:
    """Refuse to change figures of a year that stands still. Raises YearLocked."""
    years = {period_year(key.period) for key in keys}
    for year in sorted(year for year in years & locked_years(desk) if year is not None):
        raise YearLocked(year)
