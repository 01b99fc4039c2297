from __future__ import annotations

from tests.support.rules import condition, criterion, indicator, make_set, needs


def test_a_set_lists_its_indicators_and_requirements_in_order():
    first = indicator(needs("yes"), needs("no", code="1.1.b"))
    second = indicator(needs("yes", code="2.1.a"), code="2.1")
    source = make_set(
        criterion(first), criterion(second, code="2"), conditions=(condition(needs("yes", code="dk")),)
    )
    assert [each.code for each in source.indicators()] == ["1.1", "2.1"]
    assert [each.code for each in source.requirements()] == ["1.1.a", "1.1.b", "2.1.a"]
