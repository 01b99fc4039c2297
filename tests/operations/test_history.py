from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations import dossiers, history
from ntm_desktop.operations.answer import DossierClosed
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.start import HamletRow, add_hamlets
from ntm_desktop.workspace.dossiers import Sealed
from tests.support.desks import NTM, fresh_desk
from tests.support.figures import FILES, ONLINE, key, result, show_file, type_in

ELEMENTS = (ONLINE, FILES, "so_cbcc")


def state(desk: Desk) -> dict[object, object]:
    return {place: fact.in_use and fact.in_use.text for place, fact in desk.book.facts.items()}


def test_undo_and_redo_bring_facts_and_verdicts_back(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    undone = history.undo(desk)
    assert undone is not None
    assert (undone.label, undone.facts, undone.skipped) == ("answer", (key(FILES),), ())
    assert ("8.4.d", Verdict.UNDETERMINED) in {(flip.code, flip.after) for flip in undone.flips}
    redone = history.redo(desk)
    assert redone is not None
    assert ("8.4.d", Verdict.NOT_MET) in {(flip.code, flip.after) for flip in redone.flips}


def test_what_can_be_undone_and_redone_is_told_by_its_code(desk: Desk) -> None:
    assert history.can_redo(desk) is None
    type_in(desk, **{ONLINE: "612"})
    assert history.can_undo(desk) == "answer"
    history.undo(desk)
    assert history.can_redo(desk) == "answer"


def test_a_cell_changed_since_is_left_alone_and_listed(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612"})
    type_in(desk, **{FILES: "2.382"})
    # Another machine's edit, merged in: not an action of this one, so undo does not step over it.
    desk.workspace._journal.connection.execute(
        "UPDATE action SET state = 'spent' WHERE seq = (SELECT max(seq) FROM action)"
    )
    type_in(desk, **{ONLINE: "700"})
    desk.workspace._journal.connection.execute(
        "UPDATE action SET state = 'spent' WHERE seq = (SELECT max(seq) FROM action)"
    )
    undone = history.undo(desk)
    assert undone is not None
    assert undone.facts == ()
    assert len(undone.skipped) == 1
    assert ONLINE in undone.skipped[0]
    assert desk.book.facts[key(ONLINE)].value == 700


def test_hamlets_with_evidence_and_figures_are_undone_step_by_step(desk: Desk, tmp_path: Path) -> None:
    add_hamlets(desk, (HamletRow("Vĩnh Quới"),))
    show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua")
    evidence = history.undo(desk)
    hamlets = history.undo(desk)
    assert evidence is not None
    assert hamlets is not None
    assert (evidence.evidence, hamlets.structure, hamlets.label) == (True, True, "hamlets")
    assert "Vĩnh Quới" not in {hamlet.name for hamlet in desk.book.hamlets}


def test_with_nothing_to_take_back_nothing_happens(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        while history.can_undo(desk) is not None:
            history.undo(desk)
        assert history.undo(desk) is None
        while history.can_redo(desk) is not None:
            history.redo(desk)
        assert history.redo(desk) is None
        assert len(desk.book.hamlets) == 3


def test_the_only_dossier_goes_by_undo_and_is_chosen_again_by_redo(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        made = desk.dossier
        history.undo(desk)
        assert desk.dossier is None
        history.redo(desk)
        assert desk.dossier == made


def test_figures_under_a_sealed_dossier_stay(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612"})
    assert desk.dossier is not None
    done = Sealed(desk.dossier.id, 1, "ab" * 32, "a.asice", 1, "UNKNOWN", "2024-12-31T07:02:00.000Z")
    desk.choose(desk.workspace.record_sealed(done))
    with pytest.raises(DossierClosed):
        history.undo(desk)
    assert desk.book.facts[key(ONLINE)].value == 612
    dossiers.add(desk, NTM, 2023)
    history.undo(desk)
    with pytest.raises(DossierClosed):
        history.redo(desk)


def test_any_run_of_typing_undone_and_redone_ends_where_it_was(desk: Desk) -> None:
    typing = st.tuples(st.sampled_from(ELEMENTS), st.sampled_from(("", "5", "1.200", "x", "7,5")))

    @given(steps=st.lists(typing, max_size=8))
    def check(steps: list[tuple[str, str]]) -> None:
        before = state(desk)
        made = [change for element, text in steps if (change := type_in(desk, **{element: text})).facts]
        after, verdict = state(desk), result(desk, "8.4.d")
        for _change in made:
            history.undo(desk)
        assert state(desk) == before
        for _change in made:
            history.redo(desk)
        assert (state(desk), result(desk, "8.4.d")) == (after, verdict)

    check()
