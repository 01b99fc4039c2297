"""Closed years hold their figures against edits and undo; a correction opens its own figure alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.facts.period import year_period
from ntm_desktop.workspace.errors import YearLocked
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.journal import SkipReason
from ntm_desktop.workspace.states import NewState
from ntm_desktop.workspace.years import Correction, NewCarried, NewCorrection, NewYearState, Note, YearState
from tests.support.workspaces import key_of, make_workspace, new_claim, reopen

KEY = key_of()
LATER = key_of(period=year_period(2024))
NOTE = Note("Đếm sót một hộ", "12/BC-UBND", date(2024, 3, 1))


@pytest.fixture
def workspace(tmp_path: Path):
    with make_workspace(tmp_path) as made:
        made.commit([new_claim(612), new_claim(5, key=LATER)], label="answer")
        yield made


def close(workspace: Workspace, *, closed: bool = True) -> None:
    state = YearState(2023, closed, NOTE, "Lê Văn Hậu", "2024-01-01T00:00:00.000Z")
    workspace.fix([NewYearState(2023, state)], label="close_year")


def correction(identity: str = "k1") -> list[NewState]:
    one = Correction(identity, KEY, "612", "613", NOTE, "Lê Văn Hậu", "2024-03-02T00:00:00.000Z")
    return [NewCorrection(KEY, identity, one), new_claim(613)]


def test_a_closed_year_takes_no_figure_and_another_year_does(workspace: Workspace) -> None:
    close(workspace)
    with pytest.raises(YearLocked) as refused:
        workspace.commit([new_claim(700)], label="answer")
    assert refused.value.year == 2023
    assert workspace.book.values[KEY] == 612
    workspace.commit([new_claim(6, key=LATER)], label="answer")
    assert workspace.book.values[LATER] == 6


def test_undo_passes_a_closed_year_by_and_names_what_it_left(workspace: Workspace) -> None:
    close(workspace)
    undone = workspace.undo()
    assert [skip.reason for skip in undone.skipped] == [SkipReason.YEAR_LOCKED]
    assert workspace.book.values == {KEY: 612}


def test_closing_is_no_step_of_undo(workspace: Workspace) -> None:
    close(workspace)
    assert workspace.undo_label == "answer"
    assert workspace.years()[2023].closed


def test_a_correction_changes_its_own_figure_and_can_be_taken_back_and_done_again(
    workspace: Workspace,
) -> None:
    close(workspace)
    workspace.commit(correction(), label="correct")
    assert workspace.book.values[KEY] == 613
    (kept,) = workspace.corrections()
    assert (kept.before, kept.after, kept.note) == ("612", "613", NOTE)
    workspace.undo()
    assert workspace.book.values[KEY] == 612
    assert workspace.corrections() == ()
    workspace.redo()
    assert workspace.book.values[KEY] == 613
    other = key_of("so_nguoi")
    with pytest.raises(YearLocked):
        workspace.commit([*correction("k2"), new_claim(9, key=other)], label="correct")


def test_an_opened_year_takes_figures_again_and_keeps_its_note(workspace: Workspace, tmp_path: Path) -> None:
    close(workspace)
    close(workspace, closed=False)
    workspace.commit([new_claim(700)], label="answer")
    assert workspace.years()[2023].note == NOTE
    workspace.commit([NewYearState(2023, None), NewCorrection(KEY, "k9", None)], label="forget")
    assert workspace.years() == {}


def test_marks_of_carried_figures_come_go_and_are_stored(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as made:
        made.commit([NewCarried(KEY, 2022)], label="carry")
        assert made.carried() == {KEY: 2022}
    with reopen(tmp_path) as again:
        assert again.carried() == {KEY: 2022}
        again.commit([NewCarried(KEY, None)], label="confirm_carried")
        assert again.carried() == {}
        again.undo()
        assert again.carried() == {KEY: 2022}
