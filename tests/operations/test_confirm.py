from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.model import Basis, Requirement, RequirementKind
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import Text
from ntm_desktop.operations import answer, history
from ntm_desktop.operations.confirm import (
    NoDocument,
    NotAThreshold,
    ThresholdIsOfficial,
    confirm,
    confirmation_of,
    may_confirm,
    read_threshold,
    withdraw,
)
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.profile import DocumentTooLong
from tests.support.desks import NTM, fresh_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM, year=2024) as one:
        yield one


def requirement(desk: Desk, code: str) -> Requirement:
    return next(one for one in desk.compiled.source.requirements() if one.code == code)


def fill(desk: Desk, one: Requirement, *texts: str) -> None:
    for field, text in zip(one.fields, texts, strict=True):
        answer.answer(desk, answer.key_for(desk, field), text)


def verdict(desk: Desk, code: str) -> Verdict:
    return desk.evaluation.requirements[code].verdict


def test_confirmed_threshold_decides_what_the_set_leaves_to_the_province(desk: Desk) -> None:
    roads = requirement(desk, "2.1.a")
    assert roads.kind is RequirementKind.RATIO
    assert verdict(desk, "2.1.a") is Verdict.UNDETERMINED
    fill(desk, roads, *(["8,5", "10"] if "tong" not in roads.fields[0].element else ["10", "8,5"]))
    assert verdict(desk, "2.1.a") is Verdict.UNDETERMINED
    change = confirm(desk, roads, "80 %", "1260/QĐ-UBND")
    result = desk.evaluation.requirements["2.1.a"]
    assert result.threshold is not None
    assert result.threshold.confirmed
    assert result.threshold.value == Fraction(4, 5)
    assert result.verdict in {Verdict.MET, Verdict.NOT_MET}
    assert any(flip.code == "2.1.a" for flip in change.flips)


def test_undo_takes_the_confirmation_back(desk: Desk) -> None:
    roads = requirement(desk, "2.1.a")
    confirm(desk, roads, "80", "1260/QĐ-UBND")
    assert confirmation_of(desk, "2.1.a") is not None
    history.undo(desk)
    assert confirmation_of(desk, "2.1.a") is None
    history.redo(desk)
    assert confirmation_of(desk, "2.1.a") is not None
    withdraw(desk, "2.1.a")
    assert confirmation_of(desk, "2.1.a") is None


def test_reported_threshold_may_be_corrected_by_the_commune(desk: Desk) -> None:
    online = requirement(desk, "8.4.d")
    answer.answer(desk, answer.key_for(desk, online.fields[0]), "612")
    answer.answer(desk, answer.key_for(desk, online.fields[1]), "2.382")
    assert verdict(desk, "8.4.d") is Verdict.NOT_MET
    confirm(desk, online, "25 %", "1260/QĐ-UBND")
    assert verdict(desk, "8.4.d") is Verdict.MET


def test_official_threshold_is_never_replaced(desk: Desk) -> None:
    official = Requirement("1.1.a", Text("x"), RequirementKind.YES_NO, None, basis=Basis.OFFICIAL)
    assert not may_confirm(official)
    with pytest.raises(ThresholdIsOfficial):
        confirm(desk, official, "có", "1/QĐ")


@pytest.mark.parametrize("text", ["", "nhiều", "80 90", "8.5"])
def test_what_is_no_threshold_is_refused_and_changes_nothing(desk: Desk, text: str) -> None:
    before = desk.workspace.head
    with pytest.raises(NotAThreshold):
        confirm(desk, requirement(desk, "2.1.a"), text, "1260/QĐ-UBND")
    assert desk.workspace.head == before


def test_threshold_without_its_document_is_refused(desk: Desk) -> None:
    with pytest.raises(NoDocument):
        confirm(desk, requirement(desk, "2.1.a"), "80", "  ")


def test_thresholds_are_read_by_the_kind_of_their_requirement() -> None:
    ratio = Requirement("a", Text("x"), RequirementKind.RATIO, None)
    count = Requirement("b", Text("x"), RequirementKind.COUNT, None)
    yes_no = Requirement("c", Text("x"), RequirementKind.YES_NO, None)
    assert read_threshold(ratio, "58,5") == Fraction(585, 1000)
    assert read_threshold(count, "1.430") == 1430
    assert read_threshold(yes_no, "có") is True


def test_amount_is_read_in_the_unit_of_what_is_measured(desk: Desk) -> None:
    income = requirement(desk, "10.1.a")
    confirm(desk, income, "59 triệu", "1260/QĐ-UBND")
    one = confirmation_of(desk, "10.1.a")
    assert one is not None
    assert one.value == 59


def test_a_threshold_that_everything_passes_is_none(desk: Desk) -> None:
    with pytest.raises(NotAThreshold):
        confirm(desk, requirement(desk, "2.1.a"), "-5 %", "1260/QĐ-UBND")
    assert confirmation_of(desk, "2.1.a") is None


def test_document_is_a_line_of_reasonable_length(desk: Desk) -> None:
    roads = requirement(desk, "2.1.a")
    confirm(desk, roads, "85 %", "1260/\u202eQĐ\u202c\nUBND")
    confirmation = confirmation_of(desk, "2.1.a")
    assert confirmation is not None
    assert confirmation.document == "1260/QĐ UBND"
    with pytest.raises(NoDocument):
        confirm(desk, roads, "85 %", "\u202e")
    with pytest.raises(DocumentTooLong):
        confirm(desk, roads, "85 %", "x" * 501)
