from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ntm_desktop.criteria.evaluate import evaluate
from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.i18n import Text
from ntm_desktop.operations import dossiers, history
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.profile import set_profile
from tests.support.desks import NANG_CAO, NTM, fresh_desk
from tests.support.figures import FILES, ONLINE, result, type_in

ROOT = Path(__file__).resolve().parents[2]
START = [
    "desk",
    "start",
    "answer",
    "dossiers",
    "history",
    "findings",
    "progress",
    "search",
    "wording",
    "attach",
    "sets",
    "change",
]
HEAVY = [
    "lark",
    "babel",
    "openpyxl",
    "python_calamine",
    "reportlab",
    "pyhanko",
    "lxml",
    "sqlite_utils",
    "asn1crypto",
    "cryptography",
    "PySide6",
]


def test_without_a_dossier_there_are_no_verdicts_and_nothing_to_edit(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert desk.set is None
        assert not desk.editable
        assert desk.evaluation.overall.verdict is Verdict.UNDETERMINED
        assert not desk.evaluation.requirements
        with pytest.raises(NoDossierChosen):
            _ = desk.compiled
        with pytest.raises(NoDossierChosen):
            _ = desk.situation


def test_the_verdicts_after_many_keystrokes_are_those_of_a_fresh_evaluation(desk: Desk) -> None:
    type_in(desk, so_cbcc="21", cbcc_co_may_tinh="20", **{ONLINE: "612", FILES: "2.382"})
    type_in(desk, cbcc_co_may_tinh="21", **{ONLINE: ""})
    assert desk.evaluation == evaluate(desk.compiled, desk.situation)


def test_another_dossier_is_judged_by_its_own_set_with_the_same_facts(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, NANG_CAO, year=2024) as desk:
        type_in(desk, **{ONLINE: "1.000", FILES: "2.382"})
        other = next(one for one in desk.workspace.dossiers() if one.set_id == NTM)
        assert desk.evaluate(other).requirements["8.4.d"].verdict is Verdict.MET
        assert result(desk, "8.4.a").verdict is Verdict.NOT_MET
        assert desk.dossier is not None
        assert desk.evaluate(desk.dossier) is desk.evaluation


def test_times_are_stored_in_utc_and_shown_in_the_time_of_the_country(desk: Desk) -> None:
    assert desk.now_utc() == "2024-12-31T07:02:00.000Z"
    assert f"{desk.now():%d/%m/%Y %H:%M}" == "31/12/2024 14:02"


def test_a_change_of_the_profile_judges_everything_anew(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, year=2024) as desk:
        change = set_profile(desk, {"dia_ban": "dtts_mien_nui"})
        assert change.structure
        assert "8.2.a" in change.requirements
        history.undo(desk)
        assert result(desk, "8.2.a").threshold is None


def test_the_communes_word_for_hamlet_goes_with_the_desk(tmp_path: Path) -> None:
    with fresh_desk(tmp_path):
        assert (
            str(Text("Trưởng thôn, liên thôn, thôn, bản; nông thôn")) == "Trưởng ấp, liên ấp, ấp; nông thôn"
        )
        assert str(Text("Thôn văn hóa; Nông thôn")) == "Ấp văn hóa; Nông thôn"
    assert str(Text("Thôn văn hóa")) == "Thôn văn hóa"


def test_a_desk_knows_its_folder_and_who_is_entering(desk: Desk, tmp_path: Path) -> None:
    assert desk.workspace.folder == tmp_path / "kho"
    assert desk.who == "Lê Văn Hậu"
    assert dossiers.newest(desk) == desk.dossier


@pytest.mark.slow
@pytest.mark.parametrize("module", START)
def test_what_the_window_starts_with_loads_no_heavy_library(module: str) -> None:
    program = (
        f"import sys, ntm_desktop.operations.{module}\nprint([n for n in {HEAVY!r} if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
