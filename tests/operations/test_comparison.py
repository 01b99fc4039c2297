"""The same figures under two sets or versions: every part side by side, nothing changed, years that shut out named."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import dossiers
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.comparison import Comparison, Earliest, Part, compare_sets, offered
from ntm_desktop.operations.confirm import confirm
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.packs import UnknownPack, take_in
from tests.support.desks import NANG_CAO, NTM, fresh_desk
from tests.support.pack_desks import content, shipped_set, shipped_with, stick, threshold_at, with_requirement
from tests.support.pack_repository import Simulated

FILED, ONLINE = "ho_so_giai_quyet", "ho_so_truc_tuyen"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        for name, text in ((FILED, "2.382"), (ONLINE, "612")):
            answer(made, FactKey(name, "", year_period(2023)), text)
        yield made


def _taken_in(desk: Desk, folder: Path, source: CriterionSet, version: str, **changed: object) -> None:
    home = Simulated()
    home.add(content(source, version, **changed))
    with shipped_with(home):
        take_in(desk, stick(folder, home))


def _compared(desk: Desk, second: str, first: str = "") -> Comparison:
    assert desk.dossier is not None
    return compare_sets(desk, desk.dossier, second, first)


def _part(found: Comparison, code: str) -> Part:
    return next(one for one in found.parts if one.change.code == code)


def test_versions_of_one_set_are_compared_by_code_and_all_parts_are_there(desk: Desk, tmp_path: Path) -> None:
    lowered = with_requirement(shipped_set(NTM), "8.4.d", threshold_at("1/5"))
    _taken_in(desk, tmp_path / "usb", lowered, "1.1.0")
    before = desk.workspace.dossiers()
    found = _compared(desk, f"{NTM}@1.1.0")
    assert found.kin
    assert len(found.parts) == 57 + 6
    assert [one.change.code for one in found.parts if one.differs] == ["8.4"]
    assert [change.code for change in found.move.changes] == ["8.4"]
    assert (found.only_in(second=True), found.only_in(second=False)) == (0, 0)
    assert desk.workspace.dossiers() == before


def test_sets_of_strangers_are_matched_by_their_figures(desk: Desk) -> None:
    found = _compared(desk, NANG_CAO)
    assert not found.kin
    health = _part(found, "14.1").change
    assert (health.old_code, str(health.name)) == ("15.1", "Tỷ lệ người dân tham gia bảo hiểm y tế")
    assert sum(found.counted().values()) == sum(1 for one in found.parts if not one.change.condition)
    assert found.counted()[None, Verdict.UNDETERMINED] <= found.only_in(second=True)
    assert found.only_in(second=False) == 57 - (75 - found.only_in(second=True))
    assert found.unchecked > 50


def test_tags_are_those_of_the_indicator_itself(desk: Desk) -> None:
    """15.2 of the advanced set is about digital transformation, 15.2 of the other about the health station."""
    found = _compared(desk, NANG_CAO)
    tagged = {
        (one.change.old_code, one.change.new_code) for one in found.parts if "chuyen_doi_so" in one.tags
    }
    assert ("8.4", "8.4") in tagged
    assert ("", "15.2") in tagged
    assert ("15.2", "") not in tagged


def test_any_two_sets_can_be_compared(desk: Desk) -> None:
    found = _compared(desk, NTM, NANG_CAO)
    assert (found.move.before.id, found.move.after.id) == (NANG_CAO, NTM)


def test_a_set_that_is_not_here_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownPack):
        _compared(desk, "khong-co")


def test_a_confirmed_threshold_counts_in_the_family_of_its_set_only(desk: Desk, tmp_path: Path) -> None:
    confirm(desk, desk.compiled.requirements["3.1.a"].source, "10 %", "12/QĐ-UBND")
    _taken_in(desk, tmp_path / "usb", shipped_set(NTM), "1.1.0")
    other = _compared(desk, NANG_CAO).move.evaluations[1].requirements["3.1.a"].threshold
    assert other is None or not other.confirmed
    own = _compared(desk, f"{NTM}@1.1.0").move.evaluations[1].requirements["3.1.a"].threshold
    assert own is not None
    assert own.confirmed


def test_an_indicator_that_rests_on_years_that_are_over_says_from_when_it_can_be_met(
    desk: Desk, tmp_path: Path
) -> None:
    rule = parse(f"previous(${{{ONLINE}}}, 2) >= 500 and previous(${{{ONLINE}}}, 1) >= 500")
    steady = with_requirement(
        shipped_set(NTM),
        "8.4.d",
        lambda one: dataclasses.replace(
            one, measure=rule, kind=type(one.kind)("yes_no"), operator=None, thresholds=()
        ),
    )
    _taken_in(desk, tmp_path / "usb", steady, "1.1.0")
    for year, text in ((2021, "600"), (2022, "300")):
        answer(desk, FactKey(ONLINE, "", year_period(year)), text)
    found = _compared(desk, f"{NTM}@1.1.0")
    assert _part(found, "8.4").earliest == Earliest(2025, (2022, 2021))
    assert [one.change.code for one in found.parts if one.earliest] == ["8.4"]


def test_a_new_set_is_judged_by_the_thresholds_of_its_first_year(desk: Desk, tmp_path: Path) -> None:
    dated = with_requirement(
        shipped_set(NTM),
        "8.4.d",
        lambda one: dataclasses.replace(
            one, thresholds=tuple(dataclasses.replace(each, year_from=2026) for each in one.thresholds)
        ),
    )
    _taken_in(desk, tmp_path / "usb", dated, "1.0.0", id="bo-moi", valid_from=2026, valid_to=2030)
    found = _compared(desk, "bo-moi")
    assert found.move.evaluations[1].requirements["8.4.d"].verdict is Verdict.NOT_MET


def test_every_version_here_is_offered_newest_first(desk: Desk, tmp_path: Path) -> None:
    _taken_in(desk, tmp_path / "usb", shipped_set(NTM), "1.10.0")
    names = [(one.name, one.newest) for one in offered(desk)]
    assert names[0] == (f"{NTM}@1.10.0", True)
    assert names[1] == (f"{NTM}@1.0.0", False)
    assert len(names) == 4


def test_another_dossier_than_the_chosen_one_can_be_compared(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, NANG_CAO) as desk:
        first = next(one for one in dossiers.listed(desk) if one.set_id == NTM)
        assert compare_sets(desk, first, NANG_CAO).move.before.id == NTM
