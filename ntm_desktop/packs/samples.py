"""Made-up facts around everything in which two versions of a set differ; the same two sets always give the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Final

from ntm_desktop.criteria.language.compute import element_period
from ntm_desktop.criteria.language.nodes import Node, node_at, references, text_at, walk
from ntm_desktop.criteria.model import CriterionSet, Requirement
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.catalogue import Element, SubjectKind, ValueType
from ntm_desktop.facts.fact import Claim, Fact, FactKey, Value
from ntm_desktop.facts.subject import Hamlet, Profile, ProfileEntry, Record

MOST_SAMPLES: Final = 240
_WHOLE: Final = 1_000
"""What denominators are set to: thresholds of a tenth of a percent fall on whole numerators."""
_HAMLETS: Final = 20
_YEARS_BACK: Final = 3
_NEAR: Final = (-1, 0, 1)
_ANY_YEAR: Final = 2025


@dataclass(frozen=True, slots=True)
class Sample:
    """Made-up facts, made when they are asked for: all of both sets, or those that a few requirements read."""

    plan: _Plan
    number: int
    year: int
    profile: Profile
    library: Mapping[str, CriterionSet]

    def situation(self, only: Collection[str] | None = None) -> Situation:
        """Return the facts of these elements, of all where it is None; the same in both cases."""
        return self.plan.situation(self, only)


def samples(old: CriterionSet, new: CriterionSet, library: Mapping[str, CriterionSet]) -> Iterator[Sample]:
    """Yield samples around what differs; none where no rule and no threshold does."""
    plan = _Plan({**old.catalogue.elements, **new.catalogue.elements})
    for code, one, other in changed(old, new):
        plan.aim(code, [requirement for requirement in (one, other) if requirement is not None])
    if not plan.aimed:
        return
    profile = {**old.catalogue.profile, **new.catalogue.profile}
    widest = max((len(values) for values in plan.values.values()), default=1)
    places = max((len(profile[name].choices) for name in plan.profile if name in profile), default=1)
    years = sorted(plan.years) or [new.valid_from or _ANY_YEAR]
    rounds = min(max(widest * places * len(years), 2 * (_HAMLETS + 1)), MOST_SAMPLES)
    for number in range(rounds):
        year = years[number // (widest * places) % len(years)]
        lived = Profile(
            tuple(
                ProfileEntry(name, attribute.choices[number // widest % len(attribute.choices)].code)
                for name, attribute in profile.items()
            )
        )
        yield Sample(plan, number, year, lived, library)


def changed(
    old: CriterionSet, new: CriterionSet
) -> Iterator[tuple[str, Requirement | None, Requirement | None]]:
    """Yield the requirements whose verdict may differ."""
    before, after = _by_code(old), _by_code(new)
    alike = composed_alike(old, new)
    for code in dict.fromkeys((*before, *after)):
        one, other = before.get(code), after.get(code)
        if not alike or one is None or other is None or _decisive(one) != _decisive(other):
            yield code, one, other


def composed_alike(old: CriterionSet, new: CriterionSet) -> bool:
    """Say whether the verdicts of parts make those of wholes in the same way."""
    return _composition(old) == _composition(new)


def _composition(source: CriterionSet) -> tuple[object, ...]:
    """Return how the verdicts of parts make those of wholes."""
    stages = [(condition.requirement.code, condition.stage) for condition in source.conditions]
    gaps = [(criterion.code, criterion.complete) for criterion in source.criteria]
    relevant = [indicator.relevant for indicator in source.indicators()]
    wholes = [source.whole, *(criterion.whole for criterion in source.criteria)]
    wholes += [indicator.whole for indicator in source.indicators()]
    return wholes, gaps, relevant, stages, source.complete, source.bands


def _by_code(source: CriterionSet) -> dict[str, Requirement]:
    conditions = (condition.requirement for condition in source.conditions)
    return {requirement.code: requirement for requirement in chain(source.requirements(), conditions)}


def _decisive(requirement: Requirement) -> tuple[object, ...]:
    """Return what of a requirement its verdict hangs on."""
    thresholds = [
        (each.value, each.when, each.rank, each.year_from, each.year_to, each.basis)
        for each in requirement.thresholds
    ]
    rules = requirement.measure, requirement.relevant, requirement.operator, requirement.kind
    return *rules, requirement.basis, requirement.points, thresholds


@dataclass(slots=True)
class _Plan:
    """Which values each element is tried with."""

    elements: Mapping[str, Element]
    aimed: list[str] = field(default_factory=list)
    values: dict[str, list[Fraction]] = field(default_factory=dict)
    profile: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    def aim(self, code: str, versions: list[Requirement]) -> None:
        """Take in a requirement in its two versions: every figure is tried around all their thresholds."""
        self.aimed.append(code)
        thresholds = [threshold for version in versions for threshold in version.thresholds]
        rules = [rule for each in thresholds for rule in (each.value, each.when)]
        rules += [rule for version in versions for rule in (version.measure, version.relevant)]
        constants = sorted({Fraction(text_at(node, 1)) for rule in rules for node in _numbers(rule)})
        read = references(*rules)
        self.profile |= read.profile
        for threshold in thresholds:
            ends = (threshold.year_from, threshold.year_to)
            self.years |= {year + step for year in ends if year is not None for step in _NEAR}
        for version in versions:
            measure = version.measure
            is_ratio = measure is not None and measure[0] == "ratio"
            below = references(node_at(measure, 2) if is_ratio and measure else None).elements
            for name in sorted(references(measure).elements - below):
                self.add(name, [constant * _WHOLE if is_ratio else constant for constant in constants])
            for name in sorted(below):
                self.values.setdefault(name, [Fraction(_WHOLE)])
        for name in sorted(read.elements - references(*(version.measure for version in versions)).elements):
            self.add(name, constants)

    def add(self, name: str, middles: list[Fraction]) -> None:
        element = self.elements.get(name)
        known = self.values.setdefault(name, [])
        step = Fraction(1, _WHOLE) if element is not None and element.type is ValueType.PERCENT else 1
        for middle in middles:
            known += [value for near in _NEAR if (value := middle + near * step) not in known and value >= 0]

    def situation(self, sample: Sample, only: Collection[str] | None) -> Situation:
        """Return one situation; figures that nothing aims at are the same in every one."""
        number, year = sample.number, sample.year
        hamlets = [Hamlet(f"t{order}", f"t{order}", order) for order in range(_HAMLETS)]
        registers = sorted({element.register for element in self.elements.values() if element.register})
        records = [
            Record(f"{name}-{order}", name, order) for name in registers for order in range(number % 4)
        ]
        subjects = {
            SubjectKind.COMMUNE: [""],
            SubjectKind.HAMLET: [hamlet.id for hamlet in hamlets],
            SubjectKind.RECORD: [record.id for record in records],
        }
        facts = [
            Fact(FactKey(name, subject, period), (Claim("sample", "", value),))
            for name, element in self.elements.items()
            if only is None or name in only
            for period in sorted({element_period(element, year - back) for back in range(_YEARS_BACK)})
            for order, subject in enumerate(subjects[element.subject])
            if not element.register or subject.startswith(f"{element.register}-")
            for value in (self.value(element, number, order),)
        ]
        book = FactBook(facts, hamlets=hamlets, records=records, profile=sample.profile)
        return Situation(book, year, date(year, 12, 31), {}, sample.library)

    def value(self, element: Element, number: int, order: int) -> Value:
        aimed = self.values.get(element.name) or [Fraction(_WHOLE)]
        value = aimed[number % len(aimed)]
        if element.type is ValueType.YES_NO:
            # Of the commune by turns; of rows as many as the round, so that every share comes up.
            return (
                number % 2 == 0 if element.subject is SubjectKind.COMMUNE else order < number % (_HAMLETS + 1)
            )
        if element.type is ValueType.CHOICE:
            return element.choices[(number + order) % len(element.choices)].code if element.choices else ""
        if element.type is ValueType.TEXT:
            return "x"
        if element.type is ValueType.DATE:
            return date(_ANY_YEAR, 1 + number % 12, 1)
        return Fraction(int(value)) if element.type is ValueType.INTEGER else value


def _numbers(rule: Node | None) -> Iterator[Node]:
    return (node for node in walk(rule) if node[0] == "number") if rule is not None else iter(())
