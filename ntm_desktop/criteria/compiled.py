"""A criterion set ready to be evaluated: every rule compiled once, and who reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from ntm_desktop.criteria.language.compute import Rule
from ntm_desktop.criteria.language.nodes import Node, children, node_at, references, text_at
from ntm_desktop.criteria.language.versions import require_known
from ntm_desktop.criteria.model import Check, CriterionSet, Indicator, Requirement, Threshold
from ntm_desktop.facts.catalogue import Element, ValueType

Preference = tuple[int, bool, bool]


@dataclass(frozen=True, slots=True, eq=False)
class CompiledThreshold:
    """A threshold with its rules."""

    source: Threshold
    when: Rule | None
    value: Rule | None
    why: tuple[str, ...]
    """Codes why it is chosen, when it is."""


@dataclass(frozen=True, slots=True, eq=False)
class CompiledRequirement:
    """A requirement with its rules."""

    source: Requirement
    relevant: tuple[Rule, ...]
    """Of the indicator, then its own; all must be yes."""
    measure: Rule | None
    parts: tuple[Rule, Rule] | None
    """Numerator and denominator, where the measure is a ratio."""
    thresholds: tuple[tuple[CompiledThreshold, ...], ...]
    """Groups of equal preference, the preferred first."""
    checks: tuple[tuple[Check, Rule], ...]
    counts_cases: bool
    """What the distance counts is whole: files, hamlets, persons."""
    element: str
    """The one element that the distance would raise; empty when there are several."""
    elements: frozenset[str]
    """Every element that its verdict reads."""
    tables: frozenset[str]
    """Every register, and `hamlets`, whose rows its verdict reads."""
    refers: bool
    """It reads thresholds of other requirements."""
    referred: frozenset[tuple[str, str]]
    """Set id and code of the requirements whose thresholds its own thresholds read."""


@dataclass(frozen=True, slots=True, eq=False)
class CompiledSet:
    """A set with all its rules; the caller keeps it as long as it keeps the set."""

    source: CriterionSet
    requirements: Mapping[str, CompiledRequirement]
    """By code, those of the conditions last."""
    readers: Mapping[str, frozenset[str]]
    """Element to the codes of the requirements whose verdict reads it."""
    table_readers: Mapping[str, frozenset[str]]
    """Register, or `hamlets`, to the codes of the requirements whose verdict reads its rows."""
    referring: frozenset[str]
    """Codes of the requirements that read thresholds of others: what those read is not known here."""
    counts_points: bool
    """Some requirement is worth points."""
    above: Mapping[str, Indicator]
    """Requirement to the indicator it stands under; conditions of the set stand under none."""
    others: dict[str, CompiledSet] = field(default_factory=dict)
    """Sets that `threshold(...)` reads, by id, compiled when first asked for."""

    def other(self, source: CriterionSet) -> CompiledSet:
        """Return the compiled form of a set that this one refers to."""
        if source is self.source:
            return self
        known = self.others.get(source.id)
        if known is None or known.source is not source:
            known = self.others[source.id] = compile_set(source)
        return known


def compile_set(source: CriterionSet) -> CompiledSet:
    """Compile all rules of a set.

    Raises:
        UnknownRuleLanguage: The set's rules are in a language this program does not know.
    """
    compiler = require_known(source.rule_language)
    elements = source.catalogue.elements

    def rule(node: Node) -> Rule:
        return compiler(node, elements)

    requirements: dict[str, CompiledRequirement] = {}
    for indicator in source.indicators():
        for requirement in indicator.requirements:
            above = (indicator.relevant,)
            requirements[requirement.code] = _compile(requirement, above, rule, elements)
    for condition in source.conditions:
        requirements[condition.requirement.code] = _compile(condition.requirement, (), rule, elements)
    readers: dict[str, set[str]] = {}
    table_readers: dict[str, set[str]] = {}
    for code, compiled in requirements.items():
        for element in compiled.elements:
            readers.setdefault(element, set()).add(code)
        for table in compiled.tables:
            table_readers.setdefault(table, set()).add(code)
    return CompiledSet(
        source=source,
        requirements=requirements,
        readers={element: frozenset(codes) for element, codes in readers.items()},
        table_readers={table: frozenset(codes) for table, codes in table_readers.items()},
        referring=frozenset(code for code, compiled in requirements.items() if compiled.refers),
        counts_points=any(requirement.points for requirement in source.requirements()),
        above={
            requirement.code: indicator
            for indicator in source.indicators()
            for requirement in indicator.requirements
        },
    )


def preference(threshold: Threshold) -> Preference:
    """Return the place of a threshold in the order of choice; smaller comes first.

    The province before the centre, conditional before general, for certain years before for all.
    """
    without_years = threshold.year_from is None and threshold.year_to is None
    return -threshold.rank, threshold.when is None, without_years


def _compile(
    requirement: Requirement,
    above: tuple[Node | None, ...],
    rule: Callable[[Node], Rule],
    elements: Mapping[str, Element],
) -> CompiledRequirement:
    measure = requirement.measure
    relevant = tuple(node for node in (*above, requirement.relevant) if node is not None)
    thresholds = sorted(requirement.thresholds, key=preference)
    conditions = [node for threshold in thresholds for node in (threshold.when, threshold.value)]
    reads = references(measure, *relevant, *conditions)
    is_ratio = measure is not None and measure[0] == "ratio"
    raised = node_at(measure, 1) if is_ratio and measure else measure
    raised_elements = references(raised).elements
    return CompiledRequirement(
        source=requirement,
        relevant=tuple(rule(node) for node in relevant),
        measure=None if measure is None else rule(measure),
        parts=(rule(node_at(measure, 1)), rule(node_at(measure, 2))) if is_ratio and measure else None,
        thresholds=tuple(
            tuple(_compile_threshold(threshold, rule) for threshold in group)
            for _, group in groupby(thresholds, preference)
        ),
        checks=tuple((check, rule(check.rule)) for check in requirement.checks),
        counts_cases=raised is not None and is_whole(raised, elements),
        element=next(iter(raised_elements)) if len(raised_elements) == 1 else "",
        elements=reads.elements,
        tables=reads.tables,
        refers=bool(reads.thresholds),
        referred=references(*conditions).thresholds,
    )


def _compile_threshold(threshold: Threshold, rule: Callable[[Node], Rule]) -> CompiledThreshold:
    by_year = threshold.year_from is not None or threshold.year_to is not None
    reasons = (
        ("province", threshold.rank > 0),
        ("conditional", threshold.when is not None),
        ("year", by_year),
        ("general", threshold.when is None and not by_year),
    )
    return CompiledThreshold(
        source=threshold,
        when=None if threshold.when is None else rule(threshold.when),
        value=None if threshold.value is None else rule(threshold.value),
        why=tuple(code for code, holds in reasons if holds),
    )


_KEEPS_WHOLE = frozenset({"+", "-", "*", "neg", "sum", "min", "max", "coalesce", "previous"})


def is_whole(node: Node, elements: Mapping[str, Element]) -> bool:
    """Say whether a rule can only give whole numbers: counts of cases and sums of them."""
    operation = node[0]
    if operation == "number":
        return "/" not in text_at(node, 1)
    if operation == "fact":
        element = elements.get(text_at(node, 1))
        return element is not None and element.type is ValueType.INTEGER
    if operation == "years":
        return is_whole(node_at(node, 2), elements)
    if operation in _KEEPS_WHOLE:
        return all(is_whole(child, elements) for child in children(node))
    return operation in {"count", "max_in_days", "year"}
