"""What a problem is: what tells it from others, and which may be kept."""

from __future__ import annotations

import pytest

from ntm_desktop.operations.finding import Finding, FindingKind, basis_of, figure_name
from tests.support.figures import ONLINE, key


@pytest.mark.parametrize("kind", FindingKind)
def test_all_but_what_no_reason_makes_good_may_be_kept(kind: FindingKind) -> None:
    only_put_right = {FindingKind.UNREADABLE_FIGURE, FindingKind.CONFLICT, FindingKind.EVIDENCE_GONE}
    assert Finding(kind, blocking=False, requirement="8.4.d").can_be_kept == (kind not in only_put_right)


def test_the_place_of_a_problem_is_the_evidence_or_a_figure() -> None:
    assert FindingKind.EVIDENCE_SHARED.is_about_evidence
    assert not FindingKind.CHECK.is_about_evidence


def test_a_plan_is_another_figure_and_another_value_another_basis() -> None:
    assert figure_name(key(ONLINE)) != figure_name(key(ONLINE)._replace(plan=True))
    assert basis_of("12", "3") != basis_of("1", "23")
    assert basis_of("12", "3") == basis_of("12", "3")
