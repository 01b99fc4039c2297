"""Where a threshold that the commune confirmed itself and the one of the pack are not the same."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.language.compute import Place
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.model import Basis
from ntm_desktop.criteria.surroundings import world_of
from ntm_desktop.criteria.threshold import resolve
from ntm_desktop.criteria.verdicts import ChosenThreshold, Confirmation, Situation


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A confirmed threshold and what the pack says; neither is changed by the other."""

    requirement: str
    confirmed: Confirmation
    pack: ChosenThreshold

    @property
    def official(self) -> bool:
        """Say whether the pack's was compared with the official text: then the pack's counts, else the commune's."""
        return self.pack.basis is Basis.OFFICIAL


def contradictions(compiled: CompiledSet, situation: Situation) -> tuple[Contradiction, ...]:
    """Return the confirmed thresholds from which those of the set differ, in the order they were confirmed."""
    if not situation.confirmations:
        return ()
    world, place = world_of(compiled, replace(situation, confirmations={})), Place(situation.year)
    found = []
    for code, confirmation in situation.confirmations.items():
        requirement = compiled.requirements.get(code)
        chosen = None if requirement is None else resolve(requirement, world, place)
        if chosen is None or isinstance(chosen, Unknown) or _same(chosen, confirmation):
            continue
        found.append(Contradiction(code, confirmation, chosen))
    return tuple(found)


def _same(chosen: ChosenThreshold, confirmation: Confirmation) -> bool:
    return type(chosen.value) is type(confirmation.value) and chosen.value == confirmation.value
