from __future__ import annotations

import dataclasses
from fractions import Fraction

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import Provenance
from ntm_desktop.snapshot.content import content_of
from ntm_desktop.snapshot.difference import difference
from ntm_desktop.snapshot.model import EvidenceLink
from tests.support.snapshots import make_snapshot

SNAPSHOT = make_snapshot()
BEFORE = content_of(SNAPSHOT)


def after(**changes):
    return difference(BEFORE, dataclasses.replace(BEFORE, **changes))


def online(**claim):
    return tuple(
        dataclasses.replace(fact, claims=(dataclasses.replace(fact.claims[0], **claim),))
        if fact.key.element == "ho_so_truc_tuyen"
        else fact
        for fact in BEFORE.facts
    )


def test_same_dossier_differs_in_nothing_whoever_typed_it_and_when():
    assert difference(BEFORE, BEFORE).is_empty
    assert after(
        facts=online(who="Người khác", at="2024-02-01T00:00:00.000Z", id="0" * 32, text="612,0")
    ).is_empty


def test_value_and_source_of_a_figure_count_as_changed():
    for change in ({"value": Fraction(702), "text": "702"}, {"provenance": Provenance("Sở")}):
        (found,) = after(facts=online(**change)).figures
        assert (found.key.element, found.before.in_use.text) == ("ho_so_truc_tuyen", "612")


def test_other_words_of_a_figure_nobody_can_read_count_as_changed():
    facts = tuple(
        dataclasses.replace(fact, claims=(dataclasses.replace(fact.claims[0], text="nhiều"),))
        if fact.value is None
        else fact
        for fact in BEFORE.facts
    )
    assert [one.key.element for one in after(facts=facts).figures] == ["nguoi_co_so_dien_tu"]


def test_figure_that_came_and_one_that_went_have_no_other_side():
    first, *rest = BEFORE.facts
    gone = after(facts=tuple(rest))
    assert (gone.figures[0].before, gone.figures[0].after) == (first, None)
    came = difference(dataclasses.replace(BEFORE, facts=tuple(rest)), BEFORE)
    assert (came.figures[0].before, came.figures[0].after) == (None, first)


def test_verdicts_that_flipped_are_named():
    whole = dataclasses.replace(BEFORE.evaluation.indicators["8.4"], verdict=Verdict.MET)
    evaluation = dataclasses.replace(
        BEFORE.evaluation, indicators={**BEFORE.evaluation.indicators, "8.4": whole}
    )
    (flip,) = after(evaluation=evaluation).flips
    assert (flip.level, flip.code, flip.after) == ("indicator", "8.4", Verdict.MET)


def test_evidence_that_came_went_or_is_shown_for_something_else():
    first, *rest = BEFORE.evidence
    assert after(evidence=tuple(rest)).removed == (first.evidence,)
    moved = dataclasses.replace(
        first, evidence=dataclasses.replace(first.evidence, links=(EvidenceLink("13.1.a"),))
    )
    found = after(evidence=(moved, *rest))
    assert (found.added, found.removed) == ((moved.evidence,), (first.evidence,))
