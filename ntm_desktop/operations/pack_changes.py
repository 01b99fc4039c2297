"""What differs for one dossier between two versions of its set: verdicts, and thresholds and rules side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ntm_desktop.criteria.counterparts import are_kin, indicator_pairs, requirement_pairs
from ntm_desktop.criteria.language.nodes import Node
from ntm_desktop.criteria.language.show import show
from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement, Threshold, Whole
from ntm_desktop.criteria.verdicts import Evaluation, RequirementResult, Verdict
from ntm_desktop.i18n import Text
from ntm_desktop.operations.thresholds import threshold_words


class Differs(StrEnum):
    """What of a requirement or an indicator is not as it was. The values are a contract."""

    ADDED = "added"
    REMOVED = "removed"
    THRESHOLD = "threshold"
    """The threshold that applies to this dossier."""
    THRESHOLDS = "thresholds"
    """Another one; the one that applies is the same."""
    RULE = "rule"
    RELEVANT = "relevant"
    """When it applies at all."""
    WHOLE = "whole"
    """How the parts make the indicator."""
    BASIS = "basis"
    """Whether it was compared with the official text."""
    ASKED = "asked"
    """Which figures are asked for."""
    EVIDENCE = "evidence"
    WORDING = "wording"


_MATTERS = frozenset(set(Differs) - {Differs.WORDING, Differs.EVIDENCE})


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing side by side, as it can be printed; empty where one side has none."""

    what: Differs
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """A requirement in both versions, with its results for the dossier."""

    code: str
    label: Text
    old: Requirement | None
    new: Requirement | None
    before: RequirementResult | None
    after: RequirementResult | None
    differences: tuple[Difference, ...]

    @property
    def flips(self) -> bool:
        """Say whether its verdict is another one."""
        return _verdict(self.before) is not _verdict(self.after)

    @property
    def matters(self) -> bool:
        """Say whether more than words and evidence differs."""
        return self.flips or any(difference.what in _MATTERS for difference in self.differences)


@dataclass(frozen=True, slots=True)
class PartChange:
    """An indicator (or a condition of the set) in both versions."""

    code: str
    name: Text
    before: Verdict | None
    """None: the old version does not have it."""
    after: Verdict | None
    """None: the new version does not have it."""
    requirements: tuple[RequirementChange, ...]
    """Only those that flip or differ."""
    differences: tuple[Difference, ...] = ()
    """Of the indicator itself."""
    condition: bool = False
    old_code: str = ""
    """What the old version calls it; empty where it does not have it."""

    @property
    def new_code(self) -> str:
        """What the new version calls it; empty where it does not have it."""
        return self.code if self.after is not None else ""

    @property
    def flips(self) -> bool:
        """Say whether its verdict is another one."""
        return self.before is not self.after

    @property
    def matters(self) -> bool:
        """Say whether more than words and evidence differs."""
        return any(one.matters for one in self.requirements) or any(
            difference.what in _MATTERS for difference in self.differences
        )


@dataclass(frozen=True, slots=True)
class Version:
    """A set with the verdicts it gives for the dossier."""

    set: CriterionSet
    evaluation: Evaluation


def part_changes(old: Version, new: Version) -> tuple[PartChange, ...]:
    """Return the indicators and conditions that flip or differ, in the order of the new set, those gone last."""
    return tuple(one for one in parts_of_both(old, new) if one.flips or one.requirements or one.differences)


def parts_of_both(old: Version, new: Version) -> tuple[PartChange, ...]:
    """Return every indicator and condition of two sets, also those that are the same; ordered as `part_changes`."""
    kin = are_kin(old.set, new.set)
    indicators = (
        _indicator(one, other, old, new, kin=kin) for one, other in indicator_pairs(old.set, new.set)
    )
    return (*indicators, *_conditions(old, new, kin=kin))


def _indicator(
    one: Indicator | None, other: Indicator | None, old: Version, new: Version, *, kin: bool
) -> PartChange:
    shown = other or one
    requirements = tuple(() if each is None else each.requirements for each in (one, other))
    changes = _requirements(requirements[0], requirements[1], old, new, kin=kin)
    return PartChange(
        "" if shown is None else shown.code,
        Text("") if shown is None else shown.name,
        _whole_verdict(old.evaluation, one),
        _whole_verdict(new.evaluation, other),
        tuple(change for change in changes if change.flips or change.differences),
        tuple(_of_indicators(one, other)),
        old_code="" if one is None else one.code,
    )


def _conditions(old: Version, new: Version, *, kin: bool) -> Iterator[PartChange]:
    before, after = (
        tuple(condition.requirement for condition in version.set.conditions) for version in (old, new)
    )
    for change in _requirements(before, after, old, new, kin=kin):
        yield PartChange(
            change.code,
            change.label,
            _verdict(change.before),
            _verdict(change.after),
            (change,) if change.flips or change.differences else (),
            condition=True,
            old_code="" if change.old is None else change.old.code,
        )


def _requirements(
    before: tuple[Requirement, ...],
    after: tuple[Requirement, ...],
    old: Version,
    new: Version,
    *,
    kin: bool,
) -> tuple[RequirementChange, ...]:
    return tuple(
        _requirement(one, other, old, new) for one, other in requirement_pairs(before, after, kin=kin)
    )


def _requirement(
    one: Requirement | None, other: Requirement | None, old: Version, new: Version
) -> RequirementChange:
    shown = other or one
    before, after = _result(old.evaluation, one), _result(new.evaluation, other)
    same = one == other and before == after
    return RequirementChange(
        "" if shown is None else shown.code,
        Text("") if shown is None else shown.label,
        one,
        other,
        before,
        after,
        () if same else tuple(_of_requirements(one, other, before, after)),
    )


def _result(evaluation: Evaluation, requirement: Requirement | None) -> RequirementResult | None:
    return None if requirement is None else evaluation.requirements.get(requirement.code)


def _of_indicators(one: Indicator | None, other: Indicator | None) -> Iterator[Difference]:
    if one is None or other is None:
        yield Difference(Differs.ADDED if one is None else Differs.REMOVED)
        return
    if one.relevant != other.relevant:
        yield Difference(Differs.RELEVANT, _rule(one.relevant), _rule(other.relevant))
    if one.whole != other.whole:
        yield Difference(Differs.WHOLE, _whole(one.whole), _whole(other.whole))
    if one.name != other.name:
        yield Difference(Differs.WORDING, str(one.name), str(other.name))


def _of_requirements(
    one: Requirement | None,
    other: Requirement | None,
    before: RequirementResult | None,
    after: RequirementResult | None,
) -> Iterator[Difference]:
    if one is None or other is None:
        yield Difference(Differs.ADDED if one is None else Differs.REMOVED)
        return
    yield from _of_thresholds(one, other, before, after)
    if (one.measure, one.operator, one.kind) != (other.measure, other.operator, other.kind):
        yield Difference(Differs.RULE, _measure(one), _measure(other))
    if one.relevant != other.relevant:
        yield Difference(Differs.RELEVANT, _rule(one.relevant), _rule(other.relevant))
    asked = [_asked(each) for each in (one, other)]
    if asked[0] != asked[1]:
        yield Difference(Differs.ASKED, *(", ".join(names) for names in asked))
    if one.basis != other.basis:
        yield Difference(Differs.BASIS, one.basis, other.basis)
    if one.points != other.points:
        yield Difference(Differs.WHOLE, str(one.points), str(other.points))
    if [rule.code for rule in one.evidence if rule.required] != [
        rule.code for rule in other.evidence if rule.required
    ]:
        yield Difference(
            Differs.EVIDENCE,
            *("; ".join(str(rule.label) for rule in each.evidence if rule.required) for each in (one, other)),
        )
    if one.label != other.label or one.guidance != other.guidance:
        yield Difference(Differs.WORDING, str(one.label), str(other.label))


def _of_thresholds(
    one: Requirement,
    other: Requirement,
    before: RequirementResult | None,
    after: RequirementResult | None,
) -> Iterator[Difference]:
    """Yield the threshold that applies, or else that another one changed: both as they are printed."""
    old, new = (None if result is None else result.threshold for result in (before, after))
    if _value(old) != _value(new):
        yield Difference(Differs.THRESHOLD, threshold_words(one, old), threshold_words(other, new))
    elif [_terms(each) for each in one.thresholds] != [_terms(each) for each in other.thresholds]:
        texts = ("; ".join(map(_threshold, each.thresholds)) for each in (one, other))
        yield Difference(Differs.THRESHOLDS, *texts)
    elif old is not None and new is not None and old.basis is not new.basis:
        yield Difference(Differs.BASIS, old.basis, new.basis)


def _value(threshold: object) -> object:
    chosen = getattr(threshold, "value", None)
    return None if chosen is None else (getattr(threshold, "operator", None), chosen)


def _terms(threshold: Threshold) -> tuple[object, ...]:
    return threshold.value, threshold.when, threshold.year_from, threshold.year_to, threshold.rank


def _threshold(threshold: Threshold) -> str:
    value = _rule(threshold.value) or threshold.basis.value
    return value if threshold.when is None else f"{value} ({_rule(threshold.when)})"


def _measure(requirement: Requirement) -> str:
    operator = "" if requirement.operator is None else f" {requirement.operator}"
    return f"{_rule(requirement.measure)}{operator}"


def _rule(node: Node | None) -> str:
    return "" if node is None else show(node)


def _whole(whole: Whole) -> str:
    number = "" if whole.number is None else f" {whole.number}"
    return f"{whole.kind}{number}{_rule(whole.rule) and ' '}{_rule(whole.rule)}"


def _asked(requirement: Requirement) -> list[str]:
    columns = (field for table in requirement.tables for field in table.columns)
    return sorted({f"{field.element}-{field.years_back}" for field in (*requirement.fields, *columns)})


def _verdict(result: RequirementResult | None) -> Verdict | None:
    return None if result is None else result.verdict


def _whole_verdict(evaluation: Evaluation, indicator: Indicator | None) -> Verdict | None:
    result = None if indicator is None else evaluation.indicators.get(indicator.code)
    return None if result is None else result.verdict
