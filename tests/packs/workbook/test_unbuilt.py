"""Built sets back to sources."""

from __future__ import annotations

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.packs.workbook.unbuilt import source_of
from tests.support.rules import at, criterion, indicator, make_set, needs


def test_rules_are_text_again_and_defaults_are_left_out():
    rule = "ratio(${a}, ${b})"
    source = source_of(
        make_set(criterion(indicator(needs(rule, ">=", at("30%", "${profile:vung} = 'mien_nui'")))))
    )
    requirement = source["criteria"][0]["indicators"][0]["requirements"][0]
    assert requirement["measure"] == rule
    assert parse(requirement["thresholds"][0]["value"]) == parse("30%")
    assert requirement["thresholds"][0]["when"] == '${profile:vung} = "mien_nui"'
    assert "rank" not in requirement["thresholds"][0]


def test_a_requirement_that_asks_nothing_says_so():
    source = source_of(make_set(criterion(indicator(needs("${a}", ">", "1")))))
    assert source["criteria"][0]["indicators"][0]["requirements"][0]["fields"] == []
