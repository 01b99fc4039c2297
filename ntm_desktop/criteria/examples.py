"""A set's own examples: facts with the verdicts they must give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ntm_desktop.criteria.compiled import CompiledSet
from ntm_desktop.criteria.evaluate import SET, evaluate
from ntm_desktop.criteria.language.compute import element_period
from ntm_desktop.criteria.model import CriterionSet, Example
from ntm_desktop.criteria.verdicts import Evaluation, Situation, Verdict
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import Claim, Fact, FactKey
from ntm_desktop.facts.period import parse_period
from ntm_desktop.facts.subject import COMMUNE, Hamlet, Profile, ProfileEntry, Record
from ntm_desktop.facts.text import read


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Where an example and the set differ."""

    example: str
    code: str
    """Code of what was expected, or the example's fact that cannot be read."""
    expected: str
    found: str


def disagreements(compiled: CompiledSet, library: Mapping[str, CriterionSet]) -> tuple[Disagreement, ...]:
    """Run all examples of a set; empty when the set gives every verdict that they expect."""
    return tuple(
        disagreement
        for example in compiled.source.examples
        for disagreement in run(compiled, example, library)
    )


def run(
    compiled: CompiledSet, example: Example, library: Mapping[str, CriterionSet]
) -> tuple[Disagreement, ...]:
    """Run one example, assessed on the last day of its year."""
    situation, refused = situation_of(compiled.source, example, library)
    evaluation = evaluate(compiled, situation)
    wrong = (
        Disagreement(example.name, code, expected, found)
        for code, expected in example.expected.items()
        if (found := _verdict(evaluation, code)) != expected
    )
    return (*refused, *wrong)


def situation_of(
    source: CriterionSet, example: Example, library: Mapping[str, CriterionSet]
) -> tuple[Situation, tuple[Disagreement, ...]]:
    """Return what an example tells, assessed on the last day of its year, and the facts that cannot be read."""
    facts: list[Fact] = []
    refused: list[Disagreement] = []
    for place, text in example.facts.items():
        fact = _fact(source, example, place, text)
        if isinstance(fact, Fact):
            facts.append(fact)
        else:
            refused.append(Disagreement(example.name, place, text, fact))
    book = FactBook(
        facts,
        hamlets=[Hamlet(name, name, order) for order, name in enumerate(example.hamlets)],
        records=[
            Record(id_, register, order) for order, (id_, register) in enumerate(example.records.items())
        ],
        profile=Profile(tuple(ProfileEntry(name, value) for name, value in example.profile.items())),
    )
    return Situation(book, example.year, date(example.year, 12, 31), {}, library), tuple(refused)


def _fact(source: CriterionSet, example: Example, place: str, text: str) -> Fact | str:
    """Read one fact of an example; a text says why it cannot be read."""
    name, _, rest = place.partition("@")
    subject, _, period_text = rest.partition("@")
    element = source.catalogue.elements.get(name)
    if element is None:
        return "unknown_element"
    period = parse_period(period_text) if period_text else element_period(element, example.year)
    if period is None:
        return "unknown_period"
    if subject != COMMUNE and subject not in example.hamlets and subject not in example.records:
        return "unknown_subject"
    reading = read(element, text)
    if reading.value is None:
        return reading.problem.code if reading.problem else "empty"
    return Fact(FactKey(name, subject, period), (Claim("example", text, reading.value),))


def _verdict(evaluation: Evaluation, code: str) -> str:
    """Return the name of a verdict by the code of a requirement, indicator, criterion, or `set`."""
    if code == SET:
        return evaluation.overall.verdict.name
    for results in (evaluation.requirements, evaluation.indicators, evaluation.criteria):
        result = results.get(code)
        if result is not None:
            verdict: Verdict = result.verdict
            return verdict.name
    return "unknown_code"
