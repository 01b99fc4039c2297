from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.errors import Refused
from ntm_desktop.facts.fact import Provenance
from ntm_desktop.facts.subject import Hamlet, Record
from ntm_desktop.facts.text import nfc
from ntm_desktop.operations import dossiers, history, start
from ntm_desktop.operations.answer import (
    DossierClosed,
    SourceHasFigure,
    add_record,
    answer,
    cite,
    claim_state,
    key_for,
    last_year,
    remove_record,
    require_open,
    rows,
    settle,
)
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from tests.support.desks import HAMLETS, NTM, clock, fresh_desk
from tests.support.figures import FILES, ONLINE, key, requirement, result, type_in

ONE_DOOR = Provenance("Bộ phận Một cửa", documented=True)


def other_claim(desk: Desk, element: str, text: str, source: str) -> None:
    desk.record([claim_state(desk, key(element), text, Provenance(source))], "answer")


def sealed(desk: Desk) -> None:
    """Look at a dossier as the window does after sealing."""
    from dataclasses import replace

    assert desk.dossier is not None
    desk.dossier = replace(desk.dossier, state=dossiers.DossierState.SEALED)


def test_a_keystroke_gives_facts_flips_and_requirements(desk: Desk) -> None:
    first = type_in(desk, **{ONLINE: "612"})
    assert (first.label, first.facts, first.flips) == ("answer", (key(ONLINE),), ())
    assert first.requirements == {"8.4.d"}
    second = type_in(desk, **{FILES: "2.382"})
    assert {(flip.code, flip.before, flip.after) for flip in second.flips} >= {
        ("8.4.d", Verdict.UNDETERMINED, Verdict.NOT_MET),
        ("8.4", Verdict.UNDETERMINED, Verdict.NOT_MET),
    }
    assert not second.structure
    assert not second.evidence


def test_a_keystroke_that_changes_nothing_says_so(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    again = type_in(desk, **{FILES: "2382"})
    assert not again.flips
    assert not again.requirements


def test_what_cannot_be_read_is_kept_with_its_problem(desk: Desk) -> None:
    type_in(desk, **{FILES: "hai nghìn mấy"})
    claim = desk.book.facts[key(FILES)].in_use
    assert claim is not None
    assert (claim.text, claim.value) == ("hai nghìn mấy", None)
    assert claim.problem is not None
    assert claim.problem.code == "not_a_number"
    assert result(desk, "8.4.d").verdict is Verdict.UNDETERMINED


def test_an_empty_text_withdraws_the_figure(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    change = type_in(desk, **{FILES: "  "})
    assert desk.book.fact(key(FILES)) is None
    assert {flip.code: flip.after for flip in change.flips}["8.4.d"] is Verdict.UNDETERMINED


def test_no_typing_is_refused_or_lost(desk: Desk) -> None:
    @given(text=st.text(max_size=30))
    def check(text: str) -> None:
        type_in(desk, **{FILES: text})
        fact = desk.book.fact(key(FILES))
        if fact is None:
            assert not nfc(text).strip("".join(map(chr, [*range(33), *range(127, 161)]))).strip()
        else:
            assert fact.in_use is not None
            assert fact.in_use.text == nfc(text)
            assert (fact.in_use.value is None) is (fact.in_use.problem is not None)

    check()


def test_a_correction_keeps_the_source(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612"})
    cite(desk, {key(ONLINE): ONE_DOOR})
    type_in(desk, **{ONLINE: "613"})
    (claim,) = desk.book.facts[key(ONLINE)].claims
    assert (claim.text, claim.provenance, claim.who) == ("613", ONE_DOOR, desk.who)


def test_the_figure_of_another_source_is_a_conflict_until_it_is_settled(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    other_claim(desk, FILES, "2.400", "Thống kê xã")
    fact = desk.book.facts[key(FILES)]
    assert fact.in_conflict
    assert fact.value == 2382  # the older one stays in use
    change = settle(desk, key(FILES), "Thống kê xã", "Số chốt cuối năm")
    fact = desk.book.facts[key(FILES)]
    assert (fact.settled, fact.value, fact.reason) == (True, 2400, "Số chốt cuối năm")
    assert (change.label, change.facts) == ("settle", (key(FILES),))
    assert len(fact.claims) == 2


def test_naming_the_source_moves_the_figure_and_is_one_step_of_undo(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    change = cite(desk, {key(ONLINE): ONE_DOOR, key(FILES): ONE_DOOR, key("so_cbcc"): ONE_DOOR})
    assert set(change.facts) == {key(ONLINE), key(FILES)}
    assert {fact.in_use.provenance for fact in desk.book.facts.values() if fact.in_use} == {ONE_DOOR}
    assert all(len(fact.claims) == 1 for fact in desk.book.facts.values())
    history.undo(desk)
    assert {fact.in_use.provenance for fact in desk.book.facts.values() if fact.in_use} == {Provenance()}


def test_naming_the_same_source_again_changes_nothing(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612"})
    cite(desk, {key(ONLINE): ONE_DOOR})
    assert cite(desk, {key(ONLINE): ONE_DOOR}).facts == ()


def test_flags_change_without_moving_the_source(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "612"})
    cite(desk, {key(ONLINE): Provenance(estimated=True)})
    (claim,) = desk.book.facts[key(ONLINE)].claims
    assert claim.provenance.estimated


def test_a_source_that_gave_another_figure_is_not_put_away_unseen(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    other_claim(desk, FILES, "2.400", "Thống kê xã")
    with pytest.raises(SourceHasFigure) as refused:
        cite(desk, {key(FILES): Provenance("Thống kê xã")})
    assert refused.value.figure == "2.400"
    assert len(desk.book.facts[key(FILES)].claims) == 2


def test_two_sources_with_the_same_figure_become_one(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    other_claim(desk, FILES, "2382", "Thống kê xã")
    cite(desk, {key(FILES): Provenance("Thống kê xã")})
    (claim,) = desk.book.facts[key(FILES)].claims
    assert claim.provenance.source == "Thống kê xã"


def test_a_chosen_figure_stays_chosen_under_its_new_source(desk: Desk) -> None:
    type_in(desk, **{FILES: "2.382"})
    other_claim(desk, FILES, "2.400", "Thống kê xã")
    settle(desk, key(FILES), "Thống kê xã", "Số chốt")
    cite(desk, {key(FILES): Provenance("Văn phòng")})
    fact = desk.book.facts[key(FILES)]
    assert (fact.settled, fact.value, fact.reason) == (True, 2400, "Số chốt")


def test_a_field_asks_for_the_dossiers_year_and_last_year_stands_beside(desk: Desk) -> None:
    field = requirement(desk, "8.4.d").fields[0]
    assert key_for(desk, field).period == "2024"
    assert last_year(desk, key_for(desk, field)) is None
    answer(desk, key(ONLINE, year=2023), "498")
    before = last_year(desk, key_for(desk, field))
    assert before is not None
    assert before.value == 498


def test_figures_without_a_year_have_no_last_year(desk: Desk) -> None:
    assert last_year(desk, key(ONLINE)._replace(period="-")) is None


def test_without_a_dossier_fields_ask_for_this_year_and_rows_for_today(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM) as desk:
        field = requirement(desk, "8.4.d").fields[0]
        table = requirement(desk, "8.2.a").tables[0]
        desk.dossier = None
        assert key_for(desk, field).period == "2024"
        assert len(rows(desk, table)) == len(HAMLETS)


def test_a_table_asks_row_by_row_of_hamlets_or_of_a_register(desk: Desk) -> None:
    hamlets = rows(desk, requirement(desk, "8.2.a").tables[0])
    assert [one.name for one in hamlets if isinstance(one, Hamlet)] == list(HAMLETS)
    register = requirement(desk, "8.1.a").tables[0]
    assert rows(desk, register) == ()
    change = add_record(desk, register.register)
    assert change.registers == {"diem_buu_chinh"}
    (record,) = rows(desk, register)
    assert isinstance(record, Record)


def test_lines_keep_their_order_and_a_removed_one_comes_back_with_its_figures(desk: Desk) -> None:
    register = requirement(desk, "8.1.a").tables[0]
    for _line in range(2):
        add_record(desk, register.register)
    first, second = rows(desk, register)
    assert (first.order, second.order) == (1, 2)
    name = key_for(desk, register.columns[0], first.id)
    answer(desk, name, "Bưu điện Vĩnh An")
    remove_record(desk, first.id)
    assert rows(desk, register) == (second,)
    assert desk.book.fact(name) is None
    history.undo(desk)
    assert rows(desk, register) == (first, second)
    assert desk.book.facts[name].value == "Bưu điện Vĩnh An"


def test_the_words_of_the_commune_for_hamlet_are_shown(desk: Desk) -> None:
    assert str(requirement(desk, "8.2.a").label) == "Ấp có dịch vụ điện thoại"
    assert requirement(desk, "8.2.a").label.vi == "Thôn có dịch vụ điện thoại"
    assert "nông thôn" in str(desk.compiled.source.title)


@pytest.mark.parametrize(
    "change",
    [
        lambda desk: answer(desk, key(FILES), "1"),
        lambda desk: cite(desk, {key(FILES): ONE_DOOR}),
        lambda desk: settle(desk, key(FILES), "", ""),
        lambda desk: add_record(desk, "diem_buu_chinh"),
        lambda desk: remove_record(desk, "r1"),
    ],
)
def test_a_sealed_dossier_takes_nothing(desk: Desk, change) -> None:
    sealed(desk)
    with pytest.raises(DossierClosed) as refused:
        change(desk)
    assert isinstance(refused.value, Refused)
    assert not desk.book.facts


def test_reading_only_says_so_and_no_dossier_is_a_bug(desk: Desk) -> None:
    folder = desk.workspace.folder
    desk.close()
    reading = start.open_desk(folder, who="Trần Thị Mai", clock=clock, read_only=True)
    try:
        with pytest.raises(WorkspaceReadOnly):
            type_in(reading, **{FILES: "1"})
    finally:
        reading.close()
    writing = start.open_desk(folder, who="Trần Thị Mai", clock=clock)
    try:
        writing.choose(None)
        with pytest.raises(NoDossierChosen):
            require_open(writing)
    finally:
        writing.close()
