"""The register book: which registers a commune keeps, how each is kept, what each proposes, what is surveyed.

The book is data, delivered beside the criterion sets. It never gives a verdict: rules of sets read registers by
themselves; what the book proposes is a figure that an officer takes over or leaves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, cast

from ntm_desktop.criteria.codec import UnfitError, read, write
from ntm_desktop.criteria.language.nodes import Node
from ntm_desktop.criteria.load import PackUnreadable, json_of
from ntm_desktop.criteria.model import Basis
from ntm_desktop.facts.catalogue import Catalogue
from ntm_desktop.i18n import Text

FORMAT: Final = 1
_MARK: Final = b'"keepings":['
"""In a built file, which has no spaces, these bytes can stand nowhere else: inside a text quotes are escaped."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How one register is kept."""

    register: str
    purpose: Text
    """What it is for, in one sentence."""
    key: tuple[str, ...] = ()
    """Columns that say which line is meant: two lines with the same are one thing written twice."""
    due: str = ""
    """Column with the day from which a time limit runs."""
    months: int = 0
    """How long the limit is; with none the day itself is the limit."""
    done: str = ""
    """Yes/no column: once it says yes the limit no longer matters."""
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other words officers head a column with, by its name."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a figure of the commune is read off a register or the table of hamlets."""

    element: str
    """A number of the commune, or yes/no: yes when a line counts."""
    table: str
    """A register, or `hamlets`."""
    where: Node | None = None
    """Yes/no over the columns: which lines count; None: all."""
    dated: str = ""
    """Column whose day must lie in the year; empty: every line that counts on the day of assessment."""
    distinct: tuple[str, ...] = ()
    """Columns that say who or what is counted: the same counts once. Personal ones may stand here: only the number
    goes on from here."""
    total: str = ""
    """Column that is added up; empty: lines are counted."""


@dataclass(frozen=True, slots=True)
class Sample:
    """How many households a survey must ask: as many as the share or the count says, whichever is more."""

    share: Fraction = Fraction(0)
    """Part of the commune's households."""
    count: int = 0
    """At least so many; all, where there are fewer."""
    basis: Basis = Basis.MISSING
    source: Text = field(default_factory=lambda: Text(""))
    """Who says so."""

    def needed(self, households: int | None) -> int | None:
        """Return how many households must be asked; None while they are not known and it hangs on them."""
        if households is None:
            return None if self.share else self.count
        return min(max(-(-self.share * households // 1), self.count), households)


@dataclass(frozen=True, slots=True)
class Question:
    """One content people are asked about."""

    element: str
    """Of a hamlet: how many forms say satisfied."""
    text: Text
    sample: Sample | None = None
    """Where this content must be asked of other numbers than the whole survey."""


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey of households, tallied by hamlet."""

    id: str
    title: Text
    questions: tuple[Question, ...]
    overall: str
    """Element of a hamlet: forms that say satisfied on the whole."""
    sent: str
    """Element of a hamlet: forms handed out."""
    valid: str
    """Element of a hamlet: valid forms that came back."""
    households: str
    """Element of a hamlet: its households."""
    basis: Basis = Basis.MISSING
    """Of the questions."""
    introduction: Text = field(default_factory=lambda: Text(""))
    sample: Sample | None = None
    """None: nobody says how many households must be asked."""


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """All registers with what belongs to them, in one version."""

    id: str
    version: str
    catalogue: Catalogue
    """Elements that columns, proposals and surveys name, and the registers."""
    keepings: tuple[Keeping, ...] = ()
    """In the order they are shown."""
    proposals: tuple[Proposal, ...] = ()
    surveys: tuple[Survey, ...] = ()

    def keeping(self, register: str) -> Keeping | None:
        """Return how a register is kept; None for one the book does not know."""
        return next((one for one in self.keepings if one.register == register), None)

    def proposals_for(self) -> Mapping[str, Proposal]:
        """Return the proposals by the figure they propose."""
        return {one.element: one for one in self.proposals}


def is_register_book(content: bytes) -> bool:
    """Say whether a built file is a register book and no criterion set: told by a key that only books have."""
    return _MARK in content


def load_registers(content: bytes) -> RegisterBook:
    """Read a built register book.

    Raises:
        PackUnreadable: The content is not a register book of format 1.
    """
    data = json_of(content)
    if data.pop("format", None) != FORMAT:
        raise PackUnreadable("format", "unknown_format")
    try:
        return cast("RegisterBook", read(RegisterBook, data))
    except UnfitError as unfit:
        raise PackUnreadable(unfit.place, unfit.problem, unfit.found) from None


def dump_registers(book: RegisterBook) -> bytes:
    """Return the bytes of the built book; the same book always gives the same bytes."""
    data = cast("dict[str, object]", write(RegisterBook, book))
    data["format"] = FORMAT
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
