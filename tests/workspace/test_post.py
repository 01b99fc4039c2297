"""The outbox: where a sealed revision stands, and which receipt brings it how far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.post import Medium, PostState, Receipt
from ntm_desktop.workspace.states import DossierState, NewDossier
from tests.support.workspaces import OPEN_DOSSIER, make_workspace, reopen

ID, LATER = "cd" * 32, "ef" * 32
SEALED = Sealed("d1", 1, ID, "D:/hồ sơ.asice", 1000, "VALID", "2023-11-02T00:00:00Z")
ARRIVED = Receipt(Medium.LINE, "nhan.angiang.vn", "12" * 32, "2023-11-03T01:00:00Z", confirmed=True)
SLIP = Receipt(Medium.STICK, "USB-01", "12" * 32, "2023-11-02T03:00:00Z", confirmed=False)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with make_workspace(tmp_path) as made:
        made.commit([NewDossier("d1", OPEN_DOSSIER)], label="dossier")
        made.record_sealed(SEALED)
        yield made


def state_of(workspace: Workspace, identity: str = ID) -> PostState:
    return workspace.post.find(identity).state


def test_what_is_sealed_waits_with_all_that_is_known_of_the_file(workspace: Workspace) -> None:
    (one,) = workspace.post.all()
    assert (one.identity, one.path, one.size, one.state) == (ID, SEALED.path, 1000, PostState.WAITING)
    assert one.latest
    with pytest.raises(LookupError):
        workspace.post.find(LATER)


def test_begun_is_begun_once_and_still_so_when_opened_again(tmp_path: Path, workspace: Workspace) -> None:
    workspace.post.begin(ID)
    at = workspace.post.find(ID).at
    workspace.post.begin(ID)
    workspace.close()
    with reopen(tmp_path, read_only=True) as reading:
        assert (reading.post.find(ID).state, reading.post.find(ID).at) == (PostState.SENDING, at)
        with pytest.raises(WorkspaceReadOnly):
            reading.post.begin(ID)


def test_a_slip_says_that_it_left_and_a_receipt_that_it_arrived(workspace: Workspace) -> None:
    workspace.post.record(ID, SLIP)
    assert state_of(workspace) is PostState.SENDING
    assert workspace.dossiers()[0].state is DossierState.SEALED
    workspace.post.record(ID, ARRIVED)
    assert state_of(workspace) is PostState.ACCEPTED
    assert workspace.dossiers()[0].state is DossierState.SENT
    assert workspace.post.find(ID).receipts == (SLIP, ARRIVED)


def test_a_second_receipt_changes_no_state(workspace: Workspace) -> None:
    workspace.post.record(ID, ARRIVED)
    workspace.move_dossier("d1", DossierState.RETURNED)
    assert state_of(workspace) is PostState.RETURNED
    workspace.post.record(ID, replace(ARRIVED, at="2023-11-04T00:00:00Z"))
    assert state_of(workspace) is PostState.RETURNED
    assert len(workspace.post.find(ID).receipts) == 2


def test_a_receipt_for_an_older_revision_leaves_the_dossier_where_it_is(workspace: Workspace) -> None:
    workspace.move_dossier("d1", DossierState.OPEN)
    assert not workspace.post.find(ID).latest
    workspace.post.record(ID, ARRIVED)
    assert state_of(workspace) is PostState.ACCEPTED
    assert workspace.dossiers()[0].state is DossierState.OPEN


def test_a_receipt_for_a_dossier_opened_as_the_same_revision_moves_the_outbox_only(
    workspace: Workspace,
) -> None:
    workspace.post.record(ID, ARRIVED)
    for state in (DossierState.RETURNED, DossierState.OPEN):
        workspace.move_dossier("d1", state)
    workspace.record_sealed(replace(SEALED, revision=2, identity=LATER))
    workspace.move_dossier("d1", DossierState.SENT)
    assert [one.state for one in workspace.post.all()] == [PostState.RETURNED, PostState.ACCEPTED]
    assert [one.latest for one in workspace.post.all()] == [False, True]
