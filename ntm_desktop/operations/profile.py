"""The commune's profile: region, zone, group and what else thresholds look at, each from a day on by a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.errors import Refused
from ntm_desktop.facts.catalogue import ProfileAttribute
from ntm_desktop.facts.folding import fold, one_line
from ntm_desktop.facts.subject import ProfileEntry
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.packs.shipped import set_of, shipped_packs
from ntm_desktop.workspace.states import NewProfileEntry

__all__ = ["ProfileEntry", "UnknownChoice", "UnknownProperty", "attributes", "entries", "set_profile"]

LONGEST_DOCUMENT = 500


@dataclass(eq=False)
class UnknownProperty(Refused):
    """Say that no criterion set looks at a property of that name."""

    name: str
    known: str

    code: ClassVar[str] = "unknown_property"
    what: ClassVar[str] = "No criterion set looks at a property called {name}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use one of: {known}."


@dataclass(eq=False)
class UnknownChoice(Refused):
    """Say that a property has no such value."""

    name: str
    value: str
    known: str

    code: ClassVar[str] = "unknown_choice"
    what: ClassVar[str] = "{value} is not a value of the property {name}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Use one of: {known}."


@dataclass(eq=False)
class DocumentTooLong(Refused):
    """Say that what names the deciding document is no name of a document."""

    most: int = LONGEST_DOCUMENT

    code: ClassVar[str] = "document_too_long"
    what: ClassVar[str] = "The name of the document has more than {most} characters."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Give number and sign, kind and date of the document only."


def attributes(desk: Desk) -> dict[str, ProfileAttribute]:
    """Return the properties that the sets at hand look at, by name."""
    sets = sets_at_hand(desk)
    return {name: one for criterion_set in sets for name, one in criterion_set.catalogue.profile.items()}


def sets_at_hand(desk: Desk) -> list[CriterionSet]:
    """Return the sets that dossiers of the workspace name; all shipped sets while there is no dossier."""
    hashes = {dossier.set_sha256 for dossier in desk.workspace.dossiers()}
    if hashes:
        return [desk.library.by_hash(one).source for one in sorted(hashes)]
    return [set_of(pack) for pack in shipped_packs()]


def entries(desk: Desk) -> tuple[ProfileEntry, ...]:
    """Return all entries, by property and day."""
    return tuple(
        sorted(desk.workspace.book.profile.entries, key=lambda one: (one.attribute, one.since or date.min))
    )


def set_profile(
    desk: Desk, values: Mapping[str, str], *, document: str = "", since: date | None = None
) -> Change:
    """Say what the commune is from a day on, by which document; all values or none.

    Values are codes or labels of the choices.
    Raises UnknownProperty, UnknownChoice, DocumentTooLong, and what `Desk.record` raises.
    """
    known = attributes(desk)
    document = one_line(document)
    if len(document) > LONGEST_DOCUMENT:
        raise DocumentTooLong
    states = [
        NewProfileEntry(name, since, ProfileEntry(name, _code(known, name, value), since, document))
        for name, value in values.items()
    ]
    return desk.record(states, "profile")


def _code(known: Mapping[str, ProfileAttribute], name: str, value: str) -> str:
    attribute = known.get(name)
    if attribute is None:
        raise UnknownProperty(name, ", ".join(sorted(known)))
    for choice in attribute.choices:
        if fold(value) in {fold(choice.code), fold(choice.label.vi), fold(choice.label.en or choice.code)}:
            return choice.code
    raise UnknownChoice(name, value, ", ".join(choice.code for choice in attribute.choices))
