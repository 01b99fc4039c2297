"""What becomes of the facts of a dossier when it moves to another version of its set, or to a child of it.

Rules:
* A fact is never changed by a move. A migration of the new version makes a fact of the new name beside the old one.
* What the new version does not take is named with its reason; the caller keeps it.
* Nothing is carried onto a fact that is there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from ntm_desktop.criteria.language.compute import Place, World, element_period
from ntm_desktop.criteria.language.nodes import HAMLETS, Node, references
from ntm_desktop.criteria.language.results import Unknown
from ntm_desktop.criteria.language.versions import require_known
from ntm_desktop.criteria.model import CriterionSet, Migration
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Value
from ntm_desktop.facts.period import period_year
from ntm_desktop.facts.text import read, show


class MisfitReason(StrEnum):
    """Why a fact is not taken by the new version. The values are a contract."""

    NOT_ASKED = "not_asked"
    """Nothing reads it any more."""
    OTHER_SUBJECT = "other_subject"
    """It is asked of somebody else: of hamlets, of records, of the commune."""
    OTHER_PERIOD = "other_period"
    OTHER_UNIT = "other_unit"
    OTHER_TYPE = "other_type"
    """The value is not of the type that is asked for now."""
    NOT_A_CHOICE = "not_a_choice"
    CONVERSION_FAILED = "conversion_failed"
    """The rule of the migration gives no value."""
    ALREADY_THERE = "already_there"
    """Another figure stands under the new name."""


_IN_THE_WAY = (MisfitReason.OTHER_UNIT, MisfitReason.OTHER_TYPE, MisfitReason.NOT_A_CHOICE)
_SOME_YEAR = 2000
"""For figures without a time."""
_NUMBERS = (ValueType.INTEGER, ValueType.DECIMAL, ValueType.PERCENT, ValueType.MONEY)


@dataclass(frozen=True, slots=True)
class Carried:
    """A fact that is made under a new name from an old one."""

    old: FactKey
    fact: Fact
    """Its claims have the ids of those they come from."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A fact that the new version does not take."""

    fact: Fact
    reason: MisfitReason
    in_the_way: bool = False
    """It stands where the new version reads another kind of value."""


@dataclass(frozen=True, slots=True)
class Carriage:
    """Everything that becomes of the facts of a book."""

    carried: tuple[Carried, ...]
    misfits: tuple[Misfit, ...]

    def over(self, book: FactBook) -> FactBook:
        """Return the book as it would be: with what is carried, without what is in the way."""
        gone = {misfit.fact.key for misfit in self.misfits if misfit.in_the_way}
        if not self.carried and not gone:
            return book
        facts = [fact for key, fact in book.facts.items() if key not in gone]
        return FactBook(
            [*facts, *(one.fact for one in self.carried)],
            hamlets=book.hamlets,
            records=book.records,
            profile=book.profile,
        )


def carry(old: CriterionSet, new: CriterionSet, book: FactBook) -> Carriage:
    """Return what becomes of the facts that the old set knows when a dossier moves to the new one."""
    before, after = old.catalogue.elements, new.catalogue.elements
    changed = {
        name for name, element in before.items() if _definition(after.get(name)) != _definition(element)
    }
    if not changed:
        return Carriage((), ())
    carrying = _Carrying(old, new, book)
    steps = tuple(_steps(old, new))
    for step in steps:
        carrying.rename(step)
    renamed = {step.old_name for step in steps}
    misfits = [
        Misfit(fact, reason, in_the_way=reason in _IN_THE_WAY)
        for fact in book.facts.values()
        for name in (fact.key.element,)
        if name in changed - renamed and (reason := misfit(before[name], after.get(name), fact)) is not None
    ]
    return Carriage(tuple(carrying.made()), (*carrying.lost, *misfits))


def misfit(before: Element, after: Element | None, fact: Fact) -> MisfitReason | None:
    """Return why a fact does not fit an element that was defined otherwise before; None when it does."""
    if after is None:
        return MisfitReason.NOT_ASKED
    elsewhere = _elsewhere(before, after)
    if elsewhere is not None:
        return elsewhere
    numbers = before.type in _NUMBERS and after.type in _NUMBERS
    if numbers and before.unit != after.unit:
        return MisfitReason.OTHER_UNIT
    if numbers and before.type is not after.type and ValueType.PERCENT in {before.type, after.type}:
        return MisfitReason.OTHER_TYPE
    reasons = (_unfit(after, claim.value) for claim in fact.claims if claim.value is not None)
    return next((reason for reason in reasons if reason is not None), None)


def _elsewhere(before: Element, after: Element) -> MisfitReason | None:
    """Return why figures of one element are not where those of the other are read."""
    if (before.subject, before.register) != (after.subject, after.register):
        return MisfitReason.OTHER_SUBJECT
    return None if before.period is after.period else MisfitReason.OTHER_PERIOD


def _unfit(element: Element, value: Value) -> MisfitReason | None:
    kind = element.type
    if isinstance(value, bool):
        fits = kind is ValueType.YES_NO
    elif isinstance(value, Fraction):
        fits = kind in _NUMBERS and (kind is not ValueType.INTEGER or value.denominator == 1)
    elif isinstance(value, date):
        fits = kind is ValueType.DATE
    elif kind is ValueType.CHOICE:
        return None if value in {choice.code for choice in element.choices} else MisfitReason.NOT_A_CHOICE
    else:
        fits = kind is ValueType.TEXT
    return None if fits else MisfitReason.OTHER_TYPE


def _definition(element: Element | None) -> tuple[object, ...] | None:
    """Return what of an element its facts hang on."""
    if element is None:
        return None
    choices = {choice.code for choice in element.choices}
    return element.type, element.unit, element.period, element.subject, element.register, choices


def _steps(old: CriterionSet, new: CriterionSet) -> Iterator[Migration]:
    """Yield the migrations on the way, the oldest first; between sets of two names those whose old name is known."""
    for step in sorted(new.migrations, key=lambda one: _numbers(one.from_version)):
        if old.id == new.id:
            if _numbers(old.version) <= _numbers(step.from_version) < _numbers(new.version):
                yield step
        elif step.old_name in old.catalogue.elements and step.old_name not in new.catalogue.elements:
            yield step


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) if number.isdecimal() else 0 for number in version.split("."))


class _Carrying:
    """Renames facts step by step; a name may be given twice on the way."""

    def __init__(self, old: CriterionSet, new: CriterionSet, book: FactBook) -> None:
        self.new = new
        self.book = book
        self.known: dict[str, Element] = dict(old.catalogue.elements)
        self.on_the_way: dict[FactKey, Carried] = {}
        self.lost: list[Misfit] = []

    def rename(self, step: Migration) -> None:
        """Take the facts of the old name to the new one."""
        before = self.known.get(step.old_name)
        if before is None:
            return
        after = self.new.catalogue.elements.get(step.new_name) or replace(before, name=step.new_name)
        self.known[step.new_name] = after
        for origin, fact in self._of(step.old_name):
            self.on_the_way.pop(fact.key, None)
            taken = self._taken(step, before, after, fact)
            if isinstance(taken, MisfitReason):
                self.lost.append(Misfit(self.book.fact(origin) or fact, taken))
            elif taken is not None:
                self.on_the_way[taken.key] = Carried(origin, taken)

    def made(self) -> Iterable[Carried]:
        """Return the facts that have arrived at a name of the new version."""
        return self.on_the_way.values()

    def _of(self, name: str) -> list[tuple[FactKey, Fact]]:
        found = [(fact.key, fact) for fact in self.book.facts.values() if fact.key.element == name]
        way = [(one.old, one.fact) for one in self.on_the_way.values() if one.fact.key.element == name]
        return [*found, *way]

    def _taken(
        self, step: Migration, before: Element, after: Element, fact: Fact
    ) -> Fact | MisfitReason | None:
        """Return the fact under its new name; None when the same figure is there already."""
        elsewhere = _elsewhere(before, after)
        if elsewhere is not None:
            return elsewhere
        claims = []
        for claim in fact.claims:
            converted = self._claim(step, before, after, claim, fact.key)
            if isinstance(converted, MisfitReason):
                return converted
            claims.append(converted)
        made = replace(fact, key=fact.key._replace(element=step.new_name), claims=tuple(claims))
        there = self.book.fact(made.key)
        if there is None:
            return made
        return None if there.value == made.value else MisfitReason.ALREADY_THERE

    def _claim(
        self, step: Migration, before: Element, after: Element, claim: Claim, key: FactKey
    ) -> Claim | MisfitReason:
        if claim.value is None:  # what could not be read is read again
            reading = read(after, claim.text)
            return replace(claim, value=reading.value, problem=reading.problem)
        if step.conversion is None:
            reason = misfit(before, after, Fact(key, (claim,)))
            return claim if reason is None else reason
        value = self._converted(step.conversion, before, claim.value, key)
        if value is None:
            return MisfitReason.CONVERSION_FAILED
        return _unfit(after, value) or replace(claim, value=value, text=show(after, value))

    def _converted(self, conversion: Node, before: Element, value: Value, key: FactKey) -> Value | None:
        """Compute the rule of a migration, which reads nothing but the old figure."""
        if references(conversion).tables:
            return None  # there are no rows here, and that is not a count of zero
        year = period_year(key.period) or _SOME_YEAR
        table = {SubjectKind.COMMUNE: "", SubjectKind.HAMLET: HAMLETS, SubjectKind.RECORD: before.register}
        read_at = FactKey(before.name, key.subject, element_period(before, year))
        world = World({read_at: value}, date(year, 12, 31), {}, _no_rows, _no_threshold)
        rule = require_known(self.new.rule_language)(conversion, {before.name: before})
        result = rule(world, Place(year, table[before.subject], key.subject))
        return None if isinstance(result, Unknown) else result


def _no_rows(_table: str, _year: int) -> tuple[Place, ...]:
    return ()


def _no_threshold(set_id: str, code: str, _year: int) -> Unknown:
    return Unknown("unknown_requirement", facts=(("set", set_id), ("code", code)))
