"""What the first start will make, or what is still missing; no window needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ntm_desktop.operations.start import HamletRow, find_communes, known_sets
from ntm_desktop.ui.start.plan import Plan, hamlet_words

UNIT = find_communes("30604").units[0]
HAMLETS = (HamletRow("Vĩnh Thành", 412), HamletRow("Vĩnh Hòa", None))


def whole() -> Plan:
    return Plan("Trần Thị Mai", UNIT, known_sets()[0], 2024, "ấp", HAMLETS)


def test_what_is_missing_is_named_in_the_order_of_the_page() -> None:
    plan = Plan(hamlet_label="ấp")
    assert len(plan.missing()) == 4
    assert "ấp" in plan.missing()[-1]
    assert all(part in plan.words() for part in plan.missing())
    with pytest.raises(ValueError, match="ấp"):
        plan.workspace()


def test_a_whole_plan_says_what_it_makes() -> None:
    plan = whole()
    assert plan.missing() == []
    assert "Vĩnh An" in plan.words()
    assert "2 ấp" in plan.words()
    assert plan.workspace().hamlets == HAMLETS


def test_a_merged_commune_brings_its_list_along() -> None:
    plan = replace(whole(), hamlets=(), merged=True)
    assert plan.missing() == []
    assert plan.words().endswith("sau đó gộp các xã cũ.")
    assert plan.workspace().hamlets == ()


def test_households_are_summed_where_they_are_known() -> None:
    assert "412" in hamlet_words(HAMLETS, "ấp")
    assert "412" not in hamlet_words(HAMLETS[1:], "ấp")
