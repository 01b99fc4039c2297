from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, dossiers, frozen
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.seal import Signatory, build, commit, prepare
from tests.support.desks import NANG_CAO, NTM, fresh_desk

ONLINE = FactKey("ho_so_truc_tuyen", "", year_period(2024))
SOLVED = FactKey("ho_so_giai_quyet", "", year_period(2024))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two dossiers of 2024; the one of xã NTM is sealed with 800 of 2.382, and the other chosen."""
    with fresh_desk(tmp_path, NANG_CAO, NTM, year=2024) as one:
        answer.answer(one, ONLINE, "800")
        answer.answer(one, SOLVED, "2.382")
        prepared = prepare(one, Signatory("Nguyễn Văn Bình", "CHỦ TỊCH", "Vĩnh An"))
        commit(one, build(one.workspace, prepared, tmp_path / "a.asice", None))
        yield one


def choose(desk: Desk, set_id: str) -> None:
    dossiers.choose(desk, next(d.id for d in desk.workspace.dossiers() if d.set_id == set_id))


def test_sealed_dossier_is_shown_with_the_figures_it_was_signed_with(desk: Desk) -> None:
    choose(desk, NANG_CAO)
    answer.answer(desk, ONLINE, "100")
    assert desk.book.values[ONLINE] == 100
    choose(desk, NTM)
    assert desk.book.values[ONLINE] == Fraction(800)
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    assert desk.workspace.book.values[ONLINE] == 100


def test_overview_counts_a_sealed_dossier_as_it_was_signed(desk: Desk) -> None:
    signed = {one.dossier.set_id: one.progress for one in dossiers.summaries(desk)}[NTM]
    choose(desk, NANG_CAO)
    answer.answer(desk, ONLINE, "")
    now = {one.dossier.set_id: one.progress for one in dossiers.summaries(desk)}[NTM]
    assert now == signed


def test_without_what_was_kept_the_figures_of_today_are_shown(desk: Desk) -> None:
    choose(desk, NANG_CAO)
    answer.answer(desk, ONLINE, "100")
    for kept in (desk.workspace.folder / frozen.FOLDER).iterdir():
        kept.write_bytes(b"{}")
    choose(desk, NTM)
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.NOT_MET


def test_open_dossier_has_nothing_frozen(desk: Desk) -> None:
    choose(desk, NANG_CAO)
    assert desk.dossier is not None
    assert frozen.content(desk.workspace, desk.dossier) is None
