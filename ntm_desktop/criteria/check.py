"""Static check of a whole set: its rules, names, references, thresholds and wholes. Done when a pack is built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ntm_desktop.criteria.equal_rank import equal_rank
from ntm_desktop.criteria.language.check import NUMBER, YES_NO, Finding, check_rule
from ntm_desktop.criteria.language.nodes import Node, references, walk
from ntm_desktop.criteria.model import (
    Basis,
    Criterion,
    CriterionSet,
    Indicator,
    Requirement,
    RequirementKind,
    Table,
    Threshold,
    Whole,
    WholeKind,
)
from ntm_desktop.criteria.whole import WHOLE_OPERATIONS
from ntm_desktop.facts.catalogue import SubjectKind

SHORT_NAME = 22
"""So many characters of a name fit into the tree."""
STAGES = ("precondition", "recognition", "revocation")


def check_set(source: CriterionSet, library: Mapping[str, CriterionSet]) -> tuple[Finding, ...]:
    """Return everything that is wrong with a set; empty when a pack may be built from it.

    `library` holds the sets it refers to, by id.
    """
    checker = _Checker(source, library)
    return tuple(dict.fromkeys(checker.all()))


class _Checker:
    def __init__(self, source: CriterionSet, library: Mapping[str, CriterionSet]) -> None:
        self.source = source
        self.library = {**library, source.id: source}
        self.catalogue = source.catalogue
        self.requirements = (
            *source.requirements(),
            *(condition.requirement for condition in source.conditions),
        )

    def all(self) -> Iterator[Finding]:
        yield from self._of_catalogue()
        yield from self._of_whole("set", self.source.whole, [c.code for c in self.source.criteria])
        yield from self._documents("set", self.source.legal_basis)
        for number, form in enumerate(self.source.papers):
            yield from self._documents(f"papers[{number}]", [form.document])
        yield from self._of_bands()
        yield from self._of_migrations()
        for criterion in self.source.criteria:
            yield from self._of_criterion(criterion)
            for indicator in criterion.indicators:
                yield from self._of_indicator(indicator)
        for requirement in self.requirements:
            yield from self._of_requirement(requirement)
        for condition in self.source.conditions:
            if condition.stage not in STAGES:
                yield _finding(condition.requirement.code, "unknown_stage", stage=condition.stage)
        yield from self._not_asked()
        yield from self._cycles()

    def _of_catalogue(self) -> Iterator[Finding]:
        for register in self.catalogue.registers.values():
            for column in register.columns:
                element = self.catalogue.elements.get(column)
                if element is None:
                    yield _finding(register.name, "unknown_element", element=column)
                elif element.subject is not SubjectKind.RECORD or element.register != register.name:
                    yield _finding(register.name, "not_a_column", element=column)

    def _of_bands(self) -> Iterator[Finding]:
        """Find bands that say the same, and bands where nothing is worth points."""
        bands = self.source.bands
        if bands and not any(requirement.points for requirement in self.source.requirements()):
            yield _finding("bands", "bands_without_points")
        for number, band in enumerate(bands):
            place = f"bands[{number}]"
            if band.code in {other.code for other in bands[:number]}:
                yield _finding(place, "duplicate_code", found=band.code)
            if band.at_least in {other.at_least for other in bands[:number]}:
                yield _finding(place, "equal_bands", points=str(band.at_least))

    def _of_migrations(self) -> Iterator[Finding]:
        """Find facts that would be carried to nowhere, and conversions that read another than the old one."""
        for number, migration in enumerate(self.source.migrations):
            place = f"migrations[{number}]"
            yield from self._element(place, migration.new_name)
            read = references(migration.conversion)
            for name in sorted((read.elements | read.tables | read.profile) - {migration.old_name}):
                yield _finding(place, "not_the_old_name", element=name)

    def _of_criterion(self, criterion: Criterion) -> Iterator[Finding]:
        yield from _short(criterion.code, criterion.short_name.vi)
        codes = [indicator.code for indicator in criterion.indicators]
        yield from self._of_whole(criterion.code, criterion.whole, codes)

    def _of_indicator(self, indicator: Indicator) -> Iterator[Finding]:
        code = indicator.code
        yield from _short(code, indicator.short_name.vi)
        codes = [requirement.code for requirement in indicator.requirements]
        yield from self._of_whole(code, indicator.whole, codes)
        yield from self._rule(f"{code} relevant", indicator.relevant, YES_NO)
        yield from self._documents(code, [indicator.document])
        for tag in indicator.tags:
            if tag not in self.source.tags:
                yield _finding(code, "unknown_tag", tag=tag)

    def _of_requirement(self, requirement: Requirement) -> Iterator[Finding]:
        code = requirement.code
        yes_no = requirement.kind is RequirementKind.YES_NO
        yield from self._rule(f"{code} measure", requirement.measure, YES_NO if yes_no else NUMBER)
        yield from self._rule(f"{code} relevant", requirement.relevant, YES_NO)
        measure = requirement.measure
        if requirement.kind is RequirementKind.RATIO and measure is not None and measure[0] != "ratio":
            yield _finding(code, "ratio_expected", found=str(measure[0]))
        if requirement.operator is None and not yes_no and measure is not None:
            yield _finding(code, "no_operator")
        for number, threshold in enumerate(requirement.thresholds):
            place = f"{code} thresholds[{number}]"
            yield from self._of_threshold(place, threshold, YES_NO if yes_no else NUMBER)
        for clash in equal_rank(requirement, self.catalogue):
            situation = ", ".join(f"{name}={value}" for name, value in clash.situation)
            places = f"{clash.first}, {clash.second}"
            yield _finding(code, "two_thresholds", places=places, year=str(clash.year), situation=situation)
        for check in requirement.checks:
            yield from self._rule(f"{code} {check.code}", check.rule, YES_NO)
            yield from self._element(f"{code} {check.code}", check.element)
        yield from self._of_fields(requirement)
        yield from self._documents(code, [requirement.document, *requirement.guidance.documents])

    def _of_fields(self, requirement: Requirement) -> Iterator[Finding]:
        for field in requirement.fields:
            yield from self._asked(requirement.code, field.element, SubjectKind.COMMUNE, "")
        for table in requirement.tables:
            yield from self._of_table(requirement.code, table)

    def _of_table(self, code: str, table: Table) -> Iterator[Finding]:
        if table.register and table.register not in self.catalogue.registers:
            yield _finding(code, "unknown_register", register=table.register)
        subject = SubjectKind.RECORD if table.register else SubjectKind.HAMLET
        for column in table.columns:
            yield from self._asked(code, column.element, subject, table.register)

    def _asked(self, code: str, name: str, subject: SubjectKind, register: str) -> Iterator[Finding]:
        element = self.catalogue.elements.get(name)
        if element is None:
            yield _finding(code, "unknown_element", element=name)
        elif element.subject is not subject or element.register != register:
            yield _finding(code, "asked_elsewhere", element=name, subject=element.subject.value)

    def _of_threshold(self, place: str, threshold: Threshold, expected: str) -> Iterator[Finding]:
        yield from self._rule(place, threshold.value, expected)
        yield from self._rule(f"{place} when", threshold.when, YES_NO)
        yield from self._documents(place, [threshold.document])
        known = threshold.basis in {Basis.OFFICIAL, Basis.REPORTED}
        if known and threshold.value is None:
            yield _finding(place, "value_missing", basis=threshold.basis.value)
        if not known and threshold.value is not None:
            yield _finding(place, "value_without_basis", basis=threshold.basis.value)
        if threshold.basis is Basis.OFFICIAL and not (threshold.checked_by and threshold.checked_on):
            yield _finding(place, "official_unchecked")

    def _of_whole(self, place: str, whole: Whole, codes: list[str]) -> Iterator[Finding]:
        if whole.kind in {WholeKind.AT_LEAST, WholeKind.POINTS} and whole.number is None:
            yield _finding(place, "whole_without_number")
        if whole.kind is WholeKind.EXPRESSION:
            if whole.rule is None:
                yield _finding(place, "whole_without_rule")
                return
            for node in walk(whole.rule):
                if node[0] not in WHOLE_OPERATIONS:
                    yield _finding(place, "not_in_whole", operation=str(node[0]))
                elif node[0] == "fact" and node[1] not in codes:
                    yield _finding(place, "unknown_part", part=str(node[1]))

    def _rule(self, place: str, node: Node | None, expected: str) -> Iterator[Finding]:
        if node is None:
            return
        for finding in check_rule(node, self.catalogue, expected=expected):
            yield Finding(finding.code, finding.facts, place)
        for set_id, code in sorted(references(node).thresholds):
            other = self.library.get(set_id)
            if set_id != self.source.id and set_id not in self.source.references:
                yield _finding(place, "reference_not_named", set=set_id)
            if other is None:
                yield _finding(place, "unknown_set", set=set_id)
            elif code not in _by_code(other):
                yield _finding(place, "unknown_requirement", set=set_id, requirement=code)

    def _element(self, place: str, name: str) -> Iterator[Finding]:
        if name and name not in self.catalogue.elements:
            yield _finding(place, "unknown_element", element=name)

    def _documents(self, place: str, ids: Iterable[str]) -> Iterator[Finding]:
        for id_ in ids:
            if id_ and id_ not in self.source.documents:
                yield _finding(place, "unknown_document", document=id_)

    def _not_asked(self) -> Iterator[Finding]:
        """Find elements that rules read and no field or table of the set asks for."""
        asked = {field.element for requirement in self.requirements for field in requirement.fields}
        for requirement in self.requirements:
            asked.update(column.element for table in requirement.tables for column in table.columns)
        for requirement in self.requirements:
            read = references(*_rules(requirement)).elements & self.catalogue.elements.keys()
            for name in sorted(read - asked):
                yield _finding(requirement.code, "not_asked", element=name)

    def _cycles(self) -> Iterator[Finding]:
        """Find thresholds that refer to themselves, through whichever sets."""
        for requirement in self.requirements:
            start = (self.source.id, requirement.code)
            open_, seen = list(self._referred(*start)), set[tuple[str, str]]()
            while open_:
                key = open_.pop()
                if key == start:
                    yield _finding(requirement.code, "threshold_cycle")
                    break
                if key not in seen:
                    seen.add(key)
                    open_ += self._referred(*key)

    def _referred(self, set_id: str, code: str) -> frozenset[tuple[str, str]]:
        other = self.library.get(set_id)
        requirement = _by_code(other).get(code) if other is not None else None
        if requirement is None:
            return frozenset()
        thresholds = requirement.thresholds
        return references(*(node for each in thresholds for node in (each.value, each.when))).thresholds


def _rules(requirement: Requirement) -> list[Node | None]:
    return [
        requirement.measure,
        requirement.relevant,
        *(node for threshold in requirement.thresholds for node in (threshold.when, threshold.value)),
        *(check.rule for check in requirement.checks),
    ]


def _by_code(source: CriterionSet) -> dict[str, Requirement]:
    conditions = (condition.requirement for condition in source.conditions)
    return {requirement.code: requirement for requirement in (*source.requirements(), *conditions)}


def _short(code: str, name: str) -> Iterator[Finding]:
    if len(name) > SHORT_NAME:
        yield _finding(code, "short_name_too_long", name=name)


def _finding(place: str, code: str, **facts: str) -> Finding:
    return Finding(code, tuple(facts.items()), place)
