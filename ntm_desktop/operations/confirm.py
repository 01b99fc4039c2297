"""The commune's own threshold: entered where the pack has none that is official, never over an official one.

It carries the number of the document that sets it, is journaled, counts in the verdicts of this dossier, and is
listed as self-declared when a dossier is verified.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import ClassVar

from ntm_desktop.criteria.model import Basis, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Confirmation
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import Element, ValueType
from ntm_desktop.facts.folding import one_line
from ntm_desktop.facts.text import read
from ntm_desktop.i18n import Text
from ntm_desktop.operations.answer import DossierClosed
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.profile import LONGEST_DOCUMENT, DocumentTooLong
from ntm_desktop.workspace.states import NewConfirmation

LABEL = "confirm"


@dataclass(eq=False)
class ThresholdIsOfficial(Refused):
    """Say that a threshold compared with the official text is not replaced by a commune."""

    requirement: str

    code: ClassVar[str] = "threshold_is_official"
    what: ClassVar[str] = "The threshold of {requirement} was compared with the official text and stands."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "If it is wrong, ask the publisher of the set for a new version."


@dataclass(eq=False)
class NotAThreshold(Refused):
    """Say that what was typed cannot be a threshold."""

    requirement: str
    text: str

    code: ClassVar[str] = "not_a_threshold"
    what: ClassVar[str] = "\u201c{text}\u201d cannot be read as the threshold of {requirement}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Type a number such as 85 % or 1.430; for yes or no type yes."


@dataclass(eq=False)
class NoDocument(Refused):
    """Say that a threshold needs the document that sets it."""

    requirement: str

    code: ClassVar[str] = "no_document"
    what: ClassVar[str] = "A threshold of the commune's own needs the number of the document that sets it."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Enter number and date of the decision, for example 1260/Q\u0110-UBND."


def may_confirm(requirement: Requirement) -> bool:
    """Say whether the commune may enter this threshold: nothing official stands there."""
    if requirement.kind is RequirementKind.YES_NO and requirement.operator is None:
        return requirement.basis is not Basis.OFFICIAL
    return requirement.operator is not None and all(
        threshold.basis is not Basis.OFFICIAL for threshold in requirement.thresholds
    )


def confirmation_of(desk: Desk, requirement: str) -> Confirmation | None:
    """Return what the commune confirmed for a requirement of the chosen dossier."""
    return desk.situation.confirmations.get(requirement)


def confirm(
    desk: Desk, requirement: Requirement, text: str, document: str, dated: date | None = None
) -> Change:
    """Take the commune's own threshold for a requirement of the chosen dossier.

    Raises DossierClosed, ThresholdIsOfficial, NotAThreshold, NoDocument, DocumentTooLong, and what
    `Desk.record` raises.
    """
    dossier = desk.dossier
    if dossier is None or not desk.editable:
        raise DossierClosed(dossier.id if dossier is not None else "")
    if not may_confirm(requirement):
        raise ThresholdIsOfficial(requirement.code)
    document = one_line(document)
    if not document:
        raise NoDocument(requirement.code)
    if len(document) > LONGEST_DOCUMENT:
        raise DocumentTooLong
    confirmation = Confirmation(
        requirement=requirement.code,
        value=read_threshold(requirement, text, _measured(desk, requirement)),
        document=document,
        dated=dated,
        who=desk.who,
    )
    return desk.record([NewConfirmation(dossier.id, requirement.code, confirmation)], LABEL)


def withdraw(desk: Desk, requirement: str) -> Change:
    """Take the commune's own threshold away again. Raises DossierClosed and what `Desk.record` raises."""
    dossier = desk.dossier
    if dossier is None or not desk.editable:
        raise DossierClosed(dossier.id if dossier is not None else "")
    return desk.record([NewConfirmation(dossier.id, requirement, None)], LABEL)


def _measured(desk: Desk, requirement: Requirement) -> Element | None:
    """Return the element whose amount is itself the measure, so that the threshold is read in its unit."""
    measure = requirement.measure
    if measure is None or measure[0] != "fact":
        return None
    return desk.compiled.source.catalogue.elements.get(str(measure[1]))


def read_threshold(requirement: Requirement, text: str, measured: Element | None = None) -> Fraction | bool:
    """Read a threshold typed the Vietnamese way; a ratio's is a percentage, an amount's in the unit of its element.

    Raises NotAThreshold.
    """
    kind = ValueType.DECIMAL
    if requirement.kind is RequirementKind.RATIO:
        kind = ValueType.PERCENT
    elif requirement.kind is RequirementKind.YES_NO:
        kind = ValueType.YES_NO
    one = measured if measured is not None and kind is ValueType.DECIMAL else None
    value = read(one or Element(requirement.code, Text(""), kind), text).value
    if isinstance(value, bool) or (isinstance(value, Fraction) and value >= 0):
        return value
    raise NotAThreshold(requirement.code, text)
