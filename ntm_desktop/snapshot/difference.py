"""What changed between two revisions of a dossier: figures, verdicts, evidence. Pure: from what each swears to."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.criteria.compare import compare
from ntm_desktop.criteria.verdicts import Flip
from ntm_desktop.facts.fact import Fact, FactKey
from ntm_desktop.snapshot.content import DossierContent
from ntm_desktop.snapshot.model import Evidence


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure in both revisions; None: it was not there."""

    key: FactKey
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is not the same, in the order of the later revision's set."""

    figures: tuple[FigureChange, ...] = ()
    flips: tuple[Flip, ...] = ()
    added: tuple[Evidence, ...] = ()
    """Evidence that is new, or shown for something else now."""
    removed: tuple[Evidence, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether the two swear to the same."""
        return not (self.figures or self.flips or self.added or self.removed)


def difference(before: DossierContent, after: DossierContent) -> Difference:
    """Compare two revisions; a figure counts as changed when its value or its source is another."""
    old, new = ({fact.key: fact for fact in one.facts} for one in (before, after))
    figures = tuple(
        FigureChange(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if _says(old.get(key)) != _says(new.get(key))
    )
    was, is_now = (
        {(filed.evidence.sha256, filed.evidence.links): filed.evidence for filed in one.evidence}
        for one in (before, after)
    )
    return Difference(
        figures=figures,
        flips=compare(before.evaluation, after.evaluation),
        added=tuple(one for key, one in is_now.items() if key not in was),
        removed=tuple(one for key, one in was.items() if key not in is_now),
    )


def _says(fact: Fact | None) -> tuple[object, ...]:
    claim = None if fact is None else fact.in_use
    return () if claim is None else (claim.value, claim.text if claim.value is None else "", claim.provenance)
