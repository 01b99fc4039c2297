"""What one operation changed: exactly what the screen repaints."""

from __future__ import annotations

from dataclasses import dataclass

from ntm_desktop.criteria.verdicts import Flip
from ntm_desktop.facts.fact import FactKey


@dataclass(frozen=True, slots=True)
class Change:
    """The result of an operation and the argument of the one app-wide signal."""

    label: str = ""
    """Code of the action, for the words of undo: `answer`, `cite`, `hamlets`, ..."""
    facts: tuple[FactKey, ...] = ()
    """Facts that now read differently."""
    flips: tuple[Flip, ...] = ()
    """Verdicts before and after."""
    requirements: frozenset[str] = frozenset()
    """Codes of requirements whose result changed in any way: figure, distance, verdict."""
    registers: frozenset[str] = frozenset()
    """Registers that gained, lost or changed records."""
    evidence: bool = False
    """Evidence or what it is shown for changed."""
    structure: bool = False
    """Hamlets, profile, dossiers or the chosen dossier changed: screens rebuild."""
    skipped: tuple[str, ...] = ()
    """Undo only: what was left alone because it was changed since, as targets of the journal."""
