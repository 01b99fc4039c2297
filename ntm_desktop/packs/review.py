"""What must hold in a built set before it may become a pack: the static check of its rules, and what sources owe.

On top of `criteria.check`: who says so (a value, rule or name that is not missing names its document), codes that
stand where they belong, and examples that show every judged requirement met, not met and undetermined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from ntm_desktop.criteria.check import SHORT_NAME, check_set
from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.equal_rank import uncovered
from ntm_desktop.criteria.examples import disagreements
from ntm_desktop.criteria.language.check import Finding
from ntm_desktop.criteria.model import (
    Basis,
    Criterion,
    CriterionSet,
    EvidenceRule,
    Indicator,
    Requirement,
    RequirementKind,
)
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.catalogue import NUMBERS, Catalogue, Element, ValueType
from ntm_desktop.facts.numerals import MONEY_UNITS
from ntm_desktop.packs.shape import Findings, Place, closest

Places = dict[str, Place]
"""Where parts stand: by code; catalogue pieces by `Element:`, `Register:` ... and name; `example:` and name."""

EVIDENCE_KINDS: Final = ("pdf", "image", "table", "text", "signed")
_KNOWN: Final = (Basis.OFFICIAL, Basis.REPORTED)
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_MUST_SHOW: Final = (Verdict.MET, Verdict.NOT_MET, Verdict.UNDETERMINED)


def review(
    built: CriterionSet, places: Places, findings: Findings, library: Mapping[str, CriterionSet]
) -> None:
    """Note everything that is wrong with a set; examples are run only when nothing else is."""
    reviewer = _Review(built, places, findings)
    for finding in check_set(built, library):
        reviewer.take(finding)
    reviewer.catalogue(built.catalogue)
    for criterion in built.criteria:
        reviewer.criterion(criterion)
    for condition in built.conditions:
        reviewer.requirement(condition.requirement)
    if not _positive(built.change_asked):
        findings.note(places[""].key("change_asked"), "wrong_number", str(built.change_asked), "30%")
    if not findings.problems:
        reviewer.examples(library)


def _positive(share: Fraction | None) -> bool:
    return share is None or share > 0


def _merges(element: Element, catalogue: Catalogue) -> bool:
    """Say whether the rule of a merger is one, and can be applied to the figure.

    An average may be weighed by a figure that the set does not take along; one it has must be a number.
    """
    rule, colon, weight = element.merge.partition(":")
    if rule not in {"ask", "sum", "average"} or (
        colon and (rule != "average" or not _NAME.fullmatch(weight))
    ):
        return False
    other = catalogue.elements.get(weight)
    if rule == "sum" and element.type is ValueType.PERCENT:
        return False
    return rule == "ask" or (element.type in NUMBERS and (other is None or other.type in NUMBERS))


class _Review:
    def __init__(self, built: CriterionSet, places: Places, findings: Findings) -> None:
        self.built = built
        self.places = places
        self.findings = findings

    def at(self, code: str) -> Place:
        return self.places.get(code, self.places[""])

    def note(self, code: str, at: Place, found: object = "", advice: str = "") -> None:
        self.findings.note(at, code, found, advice)

    def take(self, finding: Finding) -> None:
        """Give a finding of the static check its place in the sources."""
        part, _, inside = finding.place.partition(" ")
        place = self.at(part if part in self.places else f"Register:{part}")
        if "[" in part and part not in self.places:
            place = self.places[""].key(part)
        if finding.code == "two_thresholds":
            inside = f"thresholds[{dict(finding.facts)['places'].rpartition(' ')[2]}]"
        elif part == "set" and finding.code == "unknown_document":
            inside = "legal_basis"
        for step in inside.split():
            place = place.key(step)
        found = ", ".join(value for _, value in finding.facts)
        code = "rule_type" if finding.code == "wrong_type" else finding.code
        self.note(code, place, found, self.advice(finding))

    def advice(self, finding: Finding) -> str:
        facts = dict(finding.facts)
        for fact, known in (
            ("element", self.names("Element:")),
            ("register", self.names("Register:")),
            ("document", self.names("DocumentReference:")),
            ("tag", self.built.tags),
        ):
            if fact in facts and facts[fact] not in known:
                return closest(facts[fact], known)
        return ""

    def names(self, prefix: str) -> list[str]:
        return [key.removeprefix(prefix) for key in self.places if key.startswith(prefix)]

    # ---------------------------------------------------------------- catalogue

    def catalogue(self, catalogue: Catalogue) -> None:
        for name, element in catalogue.elements.items():
            place = self.at(f"Element:{name}")
            if not _NAME.fullmatch(name):
                self.note("wrong_name", place, name, "so_ho")
            if element.type is ValueType.MONEY and element.unit not in MONEY_UNITS:
                self.note("money_unit", place.key("unit"), element.unit, ", ".join(MONEY_UNITS))
            if not _positive(element.change_asked):
                self.note("wrong_number", place.key("change_asked"), str(element.change_asked), "20%")
            if not _merges(element, catalogue):
                self.note(
                    "wrong_merge", place.key("merge"), element.merge, "ask, sum, average, average:so_ho"
                )
            if element.type is ValueType.CHOICE and not element.choices:
                self.note("no_choices", place.key("choices"), name)

    # ---------------------------------------------------------------- parts

    def criterion(self, criterion: Criterion) -> None:
        place = self.at(criterion.code)
        if self.built.complete and not criterion.complete:
            self.note("incomplete_inside", place.key("complete"), criterion.code, '"complete": false')
        self.short(place, criterion.short_name.en)
        for indicator in criterion.indicators:
            self.indicator(criterion, indicator)

    def indicator(self, criterion: Criterion, indicator: Indicator) -> None:
        place = self.at(indicator.code)
        number = indicator.code.removeprefix(f"{criterion.code}.")
        if number == indicator.code or not number.isdigit():
            self.note("code_out_of_place", place.key("code"), indicator.code, f"{criterion.code}.1")
        if indicator.name_basis in _KNOWN and not indicator.document:
            self.note("document_missing", place.key("document"), indicator.name_basis.value)
        self.short(place, indicator.short_name.en)
        for requirement in indicator.requirements:
            letter = requirement.code.removeprefix(f"{indicator.code}.")
            if len(letter) != 1 or not letter.isalpha() or not letter.islower():
                where = self.at(requirement.code).key("code")
                self.note("code_out_of_place", where, requirement.code, f"{indicator.code}.a")
            self.requirement(requirement)

    def short(self, place: Place, name: str) -> None:
        if len(name) > SHORT_NAME:
            self.note("short_name_too_long", place.key("short_name").key("en"), name)

    def requirement(self, requirement: Requirement) -> None:
        place = self.at(requirement.code)
        if requirement.basis in _KNOWN and not requirement.document:
            self.note("document_missing", place.key("document"), requirement.basis.value)
        plain_answer = requirement.kind is RequirementKind.YES_NO and requirement.operator is None
        if plain_answer and requirement.thresholds:
            self.note("threshold_unwanted", place.key("thresholds"))
        if not plain_answer and not requirement.thresholds:
            self.note("threshold_missing", place.key("thresholds"), "", '[{"basis": "missing"}]')
        for number, threshold in enumerate(requirement.thresholds):
            if threshold.basis in _KNOWN and not threshold.document:
                where = place.key("thresholds").item(number).key("document")
                self.note("document_missing", where, threshold.basis.value)
        self.gaps(place, requirement)
        self.evidence(place, requirement.evidence)

    def gaps(self, place: Place, requirement: Requirement) -> None:
        """Note a situation to which no threshold applies, once its conditions are in order."""
        inside = place.key("thresholds").path
        if any(
            problem.file == place.file and problem.path.startswith(inside)
            for problem in self.findings.problems
        ):
            return
        gap = uncovered(requirement, self.built.catalogue, self.built.valid_from, self.built.valid_to)
        if gap is not None:
            shown = [f"{name}={value}" for name, value in gap[1]]
            self.note("no_threshold_for", place.key("thresholds"), ", ".join((*shown, str(gap[0]))))

    def evidence(self, place: Place, rules: tuple[EvidenceRule, ...]) -> None:
        codes: set[str] = set()
        for number, rule in enumerate(rules):
            where = place.key("evidence").item(number)
            if rule.code in codes:
                self.note("duplicate_code", where.key("code"), rule.code)
            codes.add(rule.code)
            for kind in rule.kinds:
                if kind not in EVIDENCE_KINDS:
                    self.note("unknown_value", where.key("kinds"), kind, ", ".join(EVIDENCE_KINDS))
            if rule.within not in {"", "period"}:
                self.note("unknown_value", where.key("within"), rule.within, "period")

    # ---------------------------------------------------------------- examples

    def examples(self, library: Mapping[str, CriterionSet]) -> None:
        for wrong in disagreements(compile_set(self.built), library):
            place = self.at(f"example:{wrong.example}").key("expected").key(wrong.code)
            self.note("example_fails", place, f"{wrong.code}: {wrong.expected}", wrong.found)
        shown = {
            (code, verdict) for example in self.built.examples for code, verdict in example.expected.items()
        }
        for code in self.judged():
            for verdict in _MUST_SHOW:
                if (code, verdict.name) not in shown:
                    self.note("example_missing", self.at(code), code, verdict.name)

    def judged(self) -> Iterator[str]:
        """Yield the codes of the requirements that can come out met or not met without a confirmation."""
        conditions = (condition.requirement for condition in self.built.conditions)
        for requirement in (*self.built.requirements(), *conditions):
            plain_answer = requirement.kind is RequirementKind.YES_NO and requirement.operator is None
            values = any(threshold.value is not None for threshold in requirement.thresholds)
            if values or (plain_answer and requirement.basis in _KNOWN):
                yield requirement.code
