"""Words of the review: every kind of problem has a link, every group and filter a name."""

from __future__ import annotations

import pytest

from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import Finding, FindingKind
from ntm_desktop.ui.review.words import (
    Group,
    Subject,
    _action,
    _asked,
    _keep,
    group_words,
    places,
    subject_of,
    subject_words,
)


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_has_something_to_do(kind: FindingKind) -> None:
    finding = Finding(kind, blocking=False, requirement="8.4.d")
    assert _action(finding)
    assert subject_of(finding) in Subject
    assert bool(_keep(finding)) == finding.can_be_kept


def test_groups_and_filters_have_names() -> None:
    assert all(all(group_words(group)) for group in Group)
    assert len({subject_words(subject) for subject in Subject}) == len(Subject)


def test_a_level_of_the_program_is_not_shown_as_law() -> None:
    assert _asked({"share": "20\xa0%", "from": "pack"}) == "hỏi lý do khi đổi quá 20\xa0%"
    own = _asked({"share": "30\xa0%", "from": "program"})
    assert own == "hỏi lý do khi đổi quá 30\xa0%: mức của chương trình, không phải quy định"


def test_a_requirement_stands_under_its_criterion(desk: Desk) -> None:
    place = places(desk)["8.4.d"]
    assert (place.criterion.code, place.indicator.code) == ("8", "8.4")
    desk.choose(None)
    assert places(desk) == {}
