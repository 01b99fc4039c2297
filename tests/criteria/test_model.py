from __future__ import annotations

from ntm_desktop.criteria.model import Basis, EvidenceRule
from ntm_desktop.i18n import Text
from tests.support.rules import condition, criterion, indicator, make_set, needs


def test_a_set_lists_its_indicators_and_requirements_in_order():
    first = indicator(needs("yes"), needs("no", code="1.1.b"))
    second = indicator(needs("yes", code="2.1.a"), code="2.1")
    source = make_set(
        criterion(first), criterion(second, code="2"), conditions=(condition(needs("yes", code="dk")),)
    )
    assert [each.code for each in source.indicators()] == ["1.1", "2.1"]
    assert [each.code for each in source.requirements()] == ["1.1.a", "1.1.b", "2.1.a"]


def test_one_piece_of_evidence_is_enough_unless_more_is_said():
    rule = EvidenceRule("bao_cao", Text("Báo cáo"), ("pdf",))
    assert (rule.min_count, rule.required, rule.basis) == (1, True, Basis.MISSING)
