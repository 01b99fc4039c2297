"""The journal: edits, groups, undo and redo against a simple model in memory."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_desktop.errors import DiskFull
from ntm_desktop.facts.fact import EditKind
from ntm_desktop.facts.subject import Hamlet, ProfileEntry
from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.errors import DossierLocked, StillInUse, WorkspaceDamaged
from ntm_desktop.workspace.journal import SkipReason
from ntm_desktop.workspace.states import (
    DossierState,
    NewChoice,
    NewDossier,
    NewEvidence,
    NewEvidenceLink,
    NewHamlet,
    NewProfileEntry,
    NewRemark,
    NewState,
    canonical,
)
from tests.support.workspaces import (
    EVIDENCE,
    HASH,
    OPEN_DOSSIER,
    dump,
    key_of,
    make_workspace,
    new_claim,
    reopen,
    withdrawn,
)


def test_an_edit_says_who_what_before_and_after(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        (first,) = workspace.commit([new_claim(612)], label="answer")
        workspace.who = "Lê Văn Tư"
        (second,) = workspace.commit([new_claim(613)], label="answer")
    assert first.kind is EditKind.CLAIM
    assert json.loads(first.target) == ["so_ho", "", "2023", 0, ""]
    assert first.old is None
    assert first.parent is None
    assert json.loads(first.new or "")["value"] == "612"
    assert second.old == first.new
    assert second.parent == first.id
    assert second.group != first.group
    assert (second.who, second.workspace) == ("Lê Văn Tư", workspace.id)
    assert second.at.endswith("Z")
    assert second.at > first.at


def test_one_call_is_one_group_and_one_step_of_undo(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        edits = workspace.commit([new_claim(1), new_claim(2, source="Một cửa")], label="import")
        assert len({edit.group for edit in edits}) == 1
        assert workspace.undo_label == "import"
        assert len(workspace.undo().edits) == 2
        assert workspace.undo_label is None
        assert workspace.redo_label == "import"
        assert not workspace.book.facts


def test_a_state_that_changes_nothing_makes_no_edit_and_no_step(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace.undo()
        assert workspace.commit([withdrawn()], label="clear") == ()
        assert workspace.redo_label == "answer"
        workspace.redo()
        assert workspace.commit([new_claim(1)], label="answer") == ()


def test_something_new_ends_redo(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace.undo()
        workspace.commit([new_claim(2)], label="answer")
        assert workspace.redo_label is None
        assert workspace.redo().edits == ()
        assert workspace.book.values[key_of()] == 2


def test_undo_and_redo_outlive_the_program(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace.commit([new_claim(2)], label="answer")
        workspace.undo()
    with reopen(tmp_path) as workspace:
        assert workspace.book.values[key_of()] == 1
        workspace.redo()
        assert workspace.book.values[key_of()] == 2
        workspace.undo()
        workspace.undo()
        assert not workspace.book.values


def test_undo_is_a_new_edit_with_old_and_new_swapped(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        (edit,) = workspace.commit([new_claim(1)], label="answer")
        undone = workspace.undo()
        (back,) = undone.edits
        assert (back.old, back.new, back.parent) == (edit.new, edit.old, edit.id)
        assert undone.label == "answer"
        assert workspace.edits()[-2:] == (edit, back)


def test_nothing_to_undo_is_no_fault(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        assert workspace.undo().edits == ()
        assert workspace.redo().label == ""
        assert workspace.commune.name == "Vĩnh An"


def test_undo_skips_and_lists_a_cell_changed_since(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1), new_claim(9, key=key_of("dan_so"))], label="import")
        _write_behind_undo(workspace, new_claim(2))
        undone = workspace.undo()
        assert [one.reason for one in undone.skipped] == [SkipReason.CHANGED_SINCE]
        assert json.loads(undone.skipped[0].edit.target)[0] == "so_ho"
        assert dict(workspace.book.values) == {key_of(): 2}
        assert [edit.target for edit in workspace.redo().edits] == [
            canonical(new_claim(9, key=key_of("dan_so")).target())
        ]


def _write_behind_undo(workspace, state: NewState) -> None:
    """Write as a merge would: an edit that is no step of undo."""
    from ntm_desktop.workspace.journal import Nature

    workspace._follow(workspace._journal.commit([state], label="merge", nature=Nature.FIXED))


def test_undo_leaves_what_belongs_to_a_sealed_dossier(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        workspace.commit([new_claim(1), NewRemark("d1", "results", "Tốt")], label="report")
        workspace.record_sealed(Sealed("d1", 1, HASH, "a.asice", 1, "VALID", "2023-11-02T00:00:00Z"))
        undone = workspace.undo()
        assert [one.reason for one in undone.skipped] == [SkipReason.DOSSIER_LOCKED]
        assert workspace.remarks("d1") == {"results": "Tốt"}
        assert not workspace.book.values
        undone = workspace.undo()
        assert [one.reason for one in undone.skipped] == [SkipReason.CHANGED_SINCE]
        assert workspace.dossiers()[0].state is DossierState.SEALED


def test_what_others_rest_on_is_not_taken_away(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        states = [
            NewDossier("d1", OPEN_DOSSIER),
            NewEvidence(HASH, EVIDENCE),
            NewEvidenceLink("d1", HASH, "8.4.d"),
        ]
        workspace.commit(states, label="attach")
        before = dump(workspace)
        with pytest.raises(StillInUse):
            workspace.commit([new_claim(1), NewEvidence(HASH, None)], label="detach")
        assert dump(workspace) == before
        assert not workspace.book.values


def test_undo_skips_what_others_have_come_to_rest_on(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        workspace.commit([NewEvidence(HASH, EVIDENCE)], label="attach")
        _write_behind_undo(workspace, NewEvidenceLink("d1", HASH, "8.4.d"))
        assert [one.reason for one in workspace.undo().skipped] == [SkipReason.STILL_IN_USE]
        assert workspace.evidence("d1")[0].name == EVIDENCE.name


def test_a_name_of_nothing_is_a_bug_and_writes_nothing(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        with pytest.raises(sqlite3.IntegrityError):
            workspace.commit([new_claim(1), NewRemark("nowhere", "results", "x")], label="report")
        assert dump(workspace) == set()


def test_a_sealed_dossier_takes_no_more_edits(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([NewDossier("d1", OPEN_DOSSIER), NewEvidence(HASH, EVIDENCE)], label="dossier")
        workspace.record_sealed(Sealed("d1", 1, HASH, "a.asice", 1, "VALID", "2023-11-02T00:00:00Z"))
        for state in (
            NewRemark("d1", "results", "x"),
            NewEvidenceLink("d1", HASH, "8.4.d"),
            NewDossier("d1", None),
        ):
            with pytest.raises(DossierLocked) as refusal:
                workspace.commit([new_claim(1), state], label="edit")
            assert refusal.value.state == "sealed"
        assert not workspace.book.values


def test_a_claim_that_replaces_one_of_another_source_keeps_its_place(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1, source="Một cửa"), new_claim(2, source="Công an")], label="import")
        workspace.commit([withdrawn(source="Một cửa"), new_claim(1, source="Văn phòng")], label="cite")
        assert [claim.provenance.source for claim in workspace.book.facts[key_of()].claims] == [
            "Văn phòng",
            "Công an",
        ]
        workspace.undo()
        assert [claim.provenance.source for claim in workspace.book.facts[key_of()].claims] == [
            "Một cửa",
            "Công an",
        ]


def test_a_full_disk_changes_neither_disk_nor_memory(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        connection = workspace._connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        before, facts = dump(workspace), dict(workspace.book.facts)
        with pytest.raises(DiskFull):
            workspace.commit([new_claim(n, key=key_of(f"e{n}")) for n in range(2000)], label="import")
        assert (dump(workspace), dict(workspace.book.facts)) == (before, facts)
        connection.execute("PRAGMA max_page_count = 1000000")
        workspace.commit([new_claim(3)], label="answer")
        assert workspace.book.values[key_of()] == 3


class FailingAt:
    """A connection whose n-th statement fails as a full disk or a failing flush would."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self._connection = connection
        self.left = at

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, statement: str, *arguments: object) -> sqlite3.Cursor:
        if not statement.startswith("ROLLBACK"):
            self.left -= 1
            if self.left == 0:
                fault = sqlite3.OperationalError("database or disk is full")
                fault.sqlite_errorcode = sqlite3.SQLITE_FULL
                raise fault
        return self._connection.execute(statement, *arguments)

    def executemany(self, statement: str, rows: Sequence[object]) -> None:
        for row in rows:
            self.execute(statement, row)


def test_a_fault_at_any_statement_leaves_everything_as_it_was(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1), NewHamlet("h1", Hamlet("h1", "Vĩnh Thành"))], label="answer")
        before, edits, real = dump(workspace), workspace.edits(), workspace._connection
        states = [new_claim(2), NewHamlet("h1", None), new_claim(5, source="Công an")]
        at = 0
        while True:
            at += 1
            failing = FailingAt(real, at)
            workspace._journal.connection = failing
            try:
                workspace.commit(states, label="import")
            except DiskFull:
                assert (dump(workspace), workspace.edits()) == (before, edits)
                assert workspace.book.values[key_of()] == 1
            else:
                break
            finally:
                workspace._journal.connection = real
        assert at > 10
        assert workspace.book.values[key_of()] == 2
        assert workspace.book.hamlets == ()


def test_a_journal_that_holds_nonsense_is_damaged(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace.commit([new_claim(2)], label="answer")
        workspace._connection.execute("UPDATE edit SET old = '[]' WHERE old IS NOT NULL")
        with pytest.raises(WorkspaceDamaged):
            workspace.undo()
        assert workspace.load_book().values[key_of()] == 2


def test_a_journal_with_a_state_no_table_takes_is_damaged(tmp_path: Path) -> None:
    with make_workspace(tmp_path) as workspace:
        workspace.commit([new_claim(1)], label="answer")
        workspace.commit([new_claim(2)], label="answer")
        workspace._connection.execute(
            "UPDATE edit SET old = replace(old, '\"estimated\":0', '\"estimated\":9') WHERE old IS NOT NULL"
        )
        with pytest.raises(WorkspaceDamaged):
            workspace.undo()
        assert workspace.load_book().values[key_of()] == 2


# ---------------------------------------------------------------- against a model

_KEYS = st.sampled_from([key_of("a"), key_of("b", "h1"), key_of("c")])
_SOURCES = st.sampled_from(["", "Công an"])
_VALUES = st.one_of(
    st.none(),
    st.integers(-5, 5).map(Fraction),
    st.booleans(),
    st.text(max_size=3),
    st.dates(date(2020, 1, 1), date(2023, 1, 1)),
)
_STATES: st.SearchStrategy[NewState] = st.one_of(
    st.builds(lambda key, source, value: new_claim(value, key=key, source=source), _KEYS, _SOURCES, _VALUES),
    st.builds(lambda key, source: withdrawn(key=key, source=source), _KEYS, _SOURCES),
    st.builds(NewChoice, _KEYS, st.one_of(st.none(), _SOURCES), st.just("vì")),
    st.builds(lambda name: NewHamlet("h1", Hamlet("h1", name)), st.sampled_from(["Vĩnh Lợi", "Vĩnh Hòa"])),
    st.just(NewHamlet("h1", None)),
    st.builds(
        lambda value: NewProfileEntry(
            "vung", date(2021, 1, 1), ProfileEntry("vung", value, date(2021, 1, 1))
        ),
        st.sampled_from(["dbscl", "dnb"]),
    ),
)
_STEPS = st.lists(
    st.one_of(st.lists(_STATES, min_size=1, max_size=4), st.just("undo"), st.just("redo")), max_size=25
)


class Model:
    """Undo by keeping every state of the world: nothing could be simpler."""

    def __init__(self) -> None:
        self.now: dict[str, str] = {}
        self.past: list[dict[str, str]] = []
        self.future: list[dict[str, str]] = []

    def commit(self, states: list[NewState]) -> None:
        after = dict(self.now)
        for state in states:
            cell, body = canonical([state.kind, *state.target()]), state.body()
            if body is None:
                after.pop(cell, None)
            else:
                after[cell] = canonical(body)
        if any(True for _ in _differences(self.now, after, states)):
            self.past.append(self.now)
            self.future.clear()
            self.now = after

    def undo(self) -> None:
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()

    def redo(self) -> None:
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()


def _differences(before: dict[str, str], after: dict[str, str], states: list[NewState]):
    """Give the cells that any of the states changed on the way, as a commit that wrote edits did."""
    now = dict(before)
    for state in states:
        cell, body = canonical([state.kind, *state.target()]), state.body()
        new = None if body is None else canonical(body)
        if now.get(cell) != new:
            yield cell
        if new is None:
            now.pop(cell, None)
        else:
            now[cell] = new
    assert now == after


def _held(workspace) -> dict[str, str]:
    """Return what holds, as the model writes it: without the places of claims, which the journal adds."""
    held = {}
    for kind, target, body in dump(workspace):
        columns = json.loads(body)
        if kind == "claim":
            del columns["place"]
        held[canonical([kind, *json.loads(target)])] = canonical(columns)
    return held


@contextmanager
def _fresh():
    with tempfile.TemporaryDirectory() as folder, make_workspace(Path(folder)) as workspace:
        yield workspace


@settings(max_examples=40)
@given(_STEPS)
def test_any_sequence_of_actions_undo_and_redo_equals_the_model(steps) -> None:
    model = Model()
    with _fresh() as workspace:
        assert workspace.book.values == {}
        for step in steps:
            if step == "undo":
                assert workspace.undo().skipped == ()
                model.undo()
            elif step == "redo":
                assert workspace.redo().skipped == ()
                model.redo()
            else:
                workspace.commit(step, label="any")
                model.commit(step)
            assert _held(workspace) == model.now
        _expect_same_book(workspace)
        while workspace.undo_label is not None:
            workspace.undo()
        assert dump(workspace) == set()
        _expect_same_book(workspace)


def _expect_same_book(workspace) -> None:
    """The book in memory, kept in step, is the one read anew."""
    read = workspace.load_book()
    assert workspace.book.facts == read.facts
    assert workspace.book.values == read.values
    assert workspace.book.hamlets == read.hamlets
    assert workspace.book.profile == read.profile
