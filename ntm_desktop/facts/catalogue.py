"""The catalogue: what kinds of figures there are, and how each is asked.

Rules (architecture, section 5):
* An element's type, unit, kind of period and definition never change; a new meaning is a new name plus a migration.
* A field says how a set asks for an element; the element says what it is.
* Elements of a register are its columns; their subject is a record. Elements may also be asked per hamlet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ntm_desktop.facts.period import PeriodKind
from ntm_desktop.i18n import Text


class ValueType(StrEnum):
    """What a value of an element is, and so how its text is read and shown."""

    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    """Typed and shown times one hundred; held as the plain ratio."""
    MONEY = "money"
    """Held in the element's unit (`dong`, `nghin_dong`, `trieu_dong`, `ty_dong`)."""
    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    DATE = "date"


NUMBERS: Final = frozenset({ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY})
"""Types whose values are numbers."""


class SubjectKind(StrEnum):
    """Whom a figure is about."""

    COMMUNE = "commune"
    HAMLET = "hamlet"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers an element or a profile attribute allows."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Element:
    """One kind of figure, the same for every set, year and commune."""

    name: str
    """Lower-case ASCII with underscores; unique in the catalogue; elements of a set carry the set's prefix."""
    label: Text
    type: ValueType
    unit: str = ""
    """Unit as printed after a number (`ho`, `nguoi`, `km` are texts of the pack, not codes), except money units."""
    period: PeriodKind = PeriodKind.YEAR
    subject: SubjectKind = SubjectKind.COMMUNE
    register: str = ""
    """Name of the register whose records it describes, when the subject is a record."""
    definition: Text = field(default_factory=lambda: Text(""))
    """What counts: the words that make two offices count the same."""
    choices: tuple[Choice, ...] = ()
    personal: bool = False
    """Personal data: never enters a dossier."""
    merge: str = "ask"
    """What becomes of it when communes merge: `sum`, `average`, `average:ELEMENT` (weighed by that one), `ask`."""
    change_asked: Fraction | None = None
    """A change by more than this part of last year's figure is asked about; None: as the set says."""


@dataclass(frozen=True, slots=True)
class Register:
    """A running list of the commune (OCOP products, training courses, broadcasts); its columns are elements."""

    name: str
    label: Text
    columns: tuple[str, ...]
    """Element names in the order of the columns."""


@dataclass(frozen=True, slots=True)
class ProfileAttribute:
    """A property of the commune that thresholds may look at (region, zone, commune group)."""

    name: str
    label: Text
    choices: tuple[Choice, ...]
    hint: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Field:
    """How a set asks for one element."""

    element: str
    label: Text
    """Short words above the input."""
    hint: Text = field(default_factory=lambda: Text(""))
    source: Text = field(default_factory=lambda: Text(""))
    """Where officers get the figure; offered as the provenance."""
    years_back: int = 0
    """Asked for the dossier's year minus this many years."""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The elements, registers and profile attributes that sets may name."""

    id: str
    version: str
    elements: Mapping[str, Element]
    registers: Mapping[str, Register] = field(default_factory=dict)
    profile: Mapping[str, ProfileAttribute] = field(default_factory=dict)
