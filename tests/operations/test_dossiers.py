from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.i18n import Text
from ntm_desktop.operations import dossiers, history
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import DossierName, NoSuchDossier, YearOutsideSet
from ntm_desktop.operations.sets import UnknownSet
from ntm_desktop.workspace.dossiers import Sealed
from tests.support.desks import NANG_CAO, NTM, fresh_desk
from tests.support.figures import FILES, ONLINE, type_in

COMING = "vn-xa-ntm-2026-2030"


def seal(desk: Desk) -> None:
    assert desk.dossier is not None
    one = desk.dossier
    done = Sealed(one.id, one.revision, "ab" * 32, "a.asice", 1, "UNKNOWN", "2024-12-31T07:02:00.000Z")
    desk.choose(desk.workspace.record_sealed(done))


def test_a_new_dossier_is_chosen_and_assessed_on_the_last_day_of_its_year(desk: Desk) -> None:
    change = dossiers.add(desk, NANG_CAO, 2023)
    assert (change.label, change.structure) == ("add_dossier", True)
    assert desk.dossier is not None
    assert (desk.dossier.set_id, desk.dossier.assessed_on) == (NANG_CAO, date(2023, 12, 31))
    assert desk.set is not None
    assert len(desk.set.indicators()) == 75


def test_the_day_of_assessment_can_be_said(desk: Desk) -> None:
    dossiers.add(desk, NTM, 2023, date(2023, 11, 1))
    assert desk.dossier is not None
    assert desk.dossier.assessed_on == date(2023, 11, 1)


@pytest.mark.parametrize(("set_id", "year"), [(NTM, 2020), (NTM, 2026), (COMING, 2025)])
def test_a_year_the_set_is_not_for_is_refused_and_nothing_is_made(desk: Desk, set_id: str, year: int) -> None:
    with pytest.raises(YearOutsideSet) as refused:
        dossiers.add(desk, set_id, year)
    assert refused.value.year == year
    assert len(dossiers.listed(desk)) == 1
    assert len(desk.workspace.packs()) == 1


def test_a_set_nobody_knows_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownSet):
        dossiers.add(desk, "no-such-set", 2024)


def test_dossiers_stand_the_newest_year_first_with_their_names(desk: Desk) -> None:
    dossiers.add(desk, NTM, 2022)
    dossiers.add(desk, NANG_CAO, 2024)
    names = [name.words() for name in dossiers.names(desk)]
    assert names == [
        "Xã NTM 2021–2025 · năm 2024",
        "Xã NTM nâng cao 2021–2025 · năm 2024",
        "Xã NTM 2021–2025 · năm 2022",
    ]


def test_a_later_round_says_so() -> None:
    assert DossierName("d1", Text("Xã NTM"), 2024, 2).words() == "Xã NTM · năm 2024, lần 2"


def test_choosing_another_dossier_rebuilds(desk: Desk) -> None:
    first = dossiers.listed(desk)[0]
    dossiers.add(desk, NANG_CAO, 2024)
    assert dossiers.choose(desk, first.id).structure
    assert desk.dossier == first
    with pytest.raises(NoSuchDossier):
        dossiers.choose(desk, "none")


def test_summaries_count_every_dossier_as_the_figures_stand(desk: Desk) -> None:
    dossiers.add(desk, NANG_CAO, 2024)
    type_in(desk, **{ONLINE: "1.000", FILES: "2.382"})
    by_set = {one.dossier.set_id: one for one in dossiers.summaries(desk)}
    assert (by_set[NTM].progress.total, by_set[NANG_CAO].progress.total) == (57, 75)
    assert by_set[NANG_CAO].progress.not_met == 1
    assert by_set[NTM].evaluation.requirements["8.4.d"].verdict == "MET"
    assert by_set[NTM].sealed_at == ""


def test_a_sealed_dossier_tells_when(desk: Desk) -> None:
    seal(desk)
    (summary,) = dossiers.summaries(desk)
    assert summary.sealed_at == "2024-12-31T07:02:00.000Z"
    assert not desk.editable


def test_the_first_to_open_is_the_newest_open_one_else_the_newest(desk: Desk) -> None:
    assert dossiers.newest(desk) == desk.dossier
    seal(desk)
    assert dossiers.newest(desk) == desk.dossier
    dossiers.add(desk, NTM, 2022)
    assert dossiers.newest(desk) == desk.dossier


def test_without_dossiers_there_is_none_to_begin_with(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert dossiers.newest(desk) is None
        assert dossiers.summaries(desk) == ()


def test_taking_the_new_dossier_back_goes_to_the_one_before(desk: Desk) -> None:
    first = desk.dossier
    dossiers.add(desk, NANG_CAO, 2024)
    history.undo(desk)
    assert desk.dossier == first
    assert desk.set is not None
    assert desk.set.id == NTM
