from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import answer, dossiers, history, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.registers import Standing
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.register_desks import OCOP, TRAINING, add, ocop, trained


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as made:
        yield made


def text(desk: Desk, register: str, record: str, name: str) -> str:
    return registers.cell_text(desk, registers.sheet(desk, register), record, name)


def test_all_the_registers_the_articles_ask_for_are_there(desk: Desk) -> None:
    names = [one.sheet.name for one in registers.listed(desk)]
    assert names[:3] == [OCOP, "ocop_nen_tang", TRAINING]
    assert {
        "cum_loa",
        "mot_cua",
        "tuyen_truyen",
        "cuoc_hop",
        "nguon_von",
        "kiem_tra",
        "tai_san",
        "van_ban",
    } < set(names)
    assert {"diem_wifi", "diem_buu_chinh", "phat_thanh_cong_khai", "to_cong_nghe_so"} < set(names)


def test_registers_are_there_without_a_dossier(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        (record,) = add(desk, TRAINING, trained("Lê A"))
        assert text(desk, TRAINING, record, "th_nguoi") == "Lê A"
        assert registers.year_of(desk) == 2024
        assert registers.day_of(desk) == date(2024, 12, 31)
        assert registers.sheet(desk, OCOP).labels == {}
        assert "ocop_ten" in registers.elements(desk)


def test_a_register_nobody_knows_is_a_bug_of_the_caller(desk: Desk) -> None:
    with pytest.raises(KeyError):
        registers.sheet(desk, "x")


def test_the_words_of_the_set_stand_above_its_columns(desk: Desk) -> None:
    assert str(registers.sheet(desk, OCOP).labels["ocop_quang_ba"]) == "Đã quảng bá"


def test_a_line_added_changes_only_what_reads_its_register(desk: Desk) -> None:
    answer.answer(desk, FactKey("co_san_pham_ocop", "", year_period(2023)), "có")
    change = registers.add(desk, OCOP, [ocop("Khô cá")])
    assert change.registers == {OCOP}
    assert not change.structure
    assert desk.evaluation.requirements["8.4.d"].verdict is Verdict.MET
    change = registers.add(desk, OCOP, [ocop("Mắm", "không")])
    assert "8.4.d" in change.requirements
    result = desk.evaluation.requirements["8.4.d"]
    assert result.verdict is Verdict.NOT_MET
    assert result.distance is not None
    assert result.distance.by == 1


def test_undo_takes_a_whole_block_of_lines_back_and_redo_brings_it_again(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"), ocop("B"))
    history.undo(desk)
    assert registers.lines(desk, OCOP) == ()
    history.redo(desk)
    assert len(registers.lines(desk, OCOP)) == 2


def test_a_line_removed_takes_its_figures_of_every_year_along(desk: Desk) -> None:
    first, second = add(desk, OCOP, ocop("A"), ocop("B"))
    registers.remove(desk, [first])
    assert [one.id for one in registers.lines(desk, OCOP)] == [second]
    assert not [key for key in desk.workspace.book.facts if key.subject == first]
    history.undo(desk)
    assert text(desk, OCOP, first, "ocop_ten") == "A"


def test_cells_and_the_ends_of_validity_are_typed_alike(desk: Desk) -> None:
    (record,) = add(desk, OCOP, ocop("A") | {"since": "01/01/2023"})
    registers.type_cells(desk, {(record, "ocop_hang"): "5 sao", (record, "until"): "01/06/2023"})
    line = registers.lines(desk, OCOP)[0]
    assert (line.since, line.until) == (date(2023, 1, 1), date(2023, 6, 1))
    assert text(desk, OCOP, record, "ocop_hang") == "5"
    assert text(desk, OCOP, record, "since") == "01/01/2023"
    assert text(desk, OCOP, record, "until") == "01/06/2023"
    assert desk.book.records_on(OCOP, date(2023, 6, 1)) == ()
    registers.type_cells(desk, {(record, "until"): "hôm qua"})
    assert registers.lines(desk, OCOP)[0].until == date(2023, 6, 1)
    registers.type_cells(desk, {(record, "until"): ""})
    assert registers.lines(desk, OCOP)[0].until is None
    assert text(desk, OCOP, record, "until") == ""


def test_what_cannot_be_read_is_kept_as_typed(desk: Desk) -> None:
    (record,) = add(desk, OCOP, ocop("A") | {"ocop_hang": "năm"})
    assert text(desk, OCOP, record, "ocop_hang") == "năm"
    column = registers.sheet(desk, OCOP).column("ocop_hang")
    assert column is not None
    assert registers.value(desk, column, record) is None


def test_typing_nothing_new_is_no_step_of_undo(desk: Desk) -> None:
    assert registers.type_cells(desk, {}).label == ""
    assert registers.type_cells(desk, {("gone", "ocop_ten"): "A"}).label == ""


def test_a_cell_that_was_never_filled_has_no_text(desk: Desk) -> None:
    (record,) = add(desk, OCOP, ocop("A"))
    assert text(desk, OCOP, record, "ocop_kenh") == ""


def test_a_certificate_runs_36_months_and_is_told_before_it_ends(desk: Desk) -> None:
    shown = registers.sheet(desk, OCOP)
    lines = ("28/12/2021", "28/02/2022", "28/02/2024", "")
    add(desk, OCOP, *(ocop(f"SP {day}", issued=day) for day in lines))
    limits = [registers.limit(desk, shown, line) for line in registers.lines(desk, OCOP)]
    standings = [one.standing if one is not None else None for one in limits]
    assert standings == [Standing.OVER, Standing.SOON, Standing.FINE, None]
    assert limits[1] is not None
    assert limits[1].day == date(2025, 2, 28)


def test_a_finding_that_was_put_right_has_no_limit_any_more(desk: Desk) -> None:
    shown = registers.sheet(desk, "kiem_tra")
    open_, done = add(
        desk, "kiem_tra", {"kt_han": "01/02/2024"}, {"kt_han": "01/02/2024", "kt_da_xong": "có"}
    )
    book = desk.workspace.book
    first, second = book.record(open_), book.record(done)
    assert first is not None
    assert second is not None
    found = registers.limit(desk, shown, first)
    assert found is not None
    assert found.standing is Standing.OVER
    assert registers.limit(desk, shown, second) is None


def test_a_register_without_a_limit_has_none(desk: Desk) -> None:
    add(desk, TRAINING, trained("Lê A"))
    assert registers.limit(desk, registers.sheet(desk, TRAINING), registers.lines(desk, TRAINING)[0]) is None


def test_only_lines_whose_time_still_runs_are_watched(desk: Desk) -> None:
    first, _undated = add(desk, OCOP, ocop("A", issued="28/02/2022"), ocop("B", issued=""))
    open_, _done = add(
        desk, "kiem_tra", {"kt_han": "01/02/2024"}, {"kt_han": "01/02/2024", "kt_da_xong": "có"}
    )
    watched = [line.record.id for line in registers.limited_lines(desk, date(2024, 12, 31))]
    assert sorted(watched) == sorted([first, open_])


def test_lines_are_the_same_thing_whatever_case_and_spaces(desk: Desk) -> None:
    first, second, third = add(desk, OCOP, ocop("Khô  cá"), ocop("khô cá"), ocop(""))
    found = registers.identities(desk, registers.sheet(desk, OCOP))
    assert found[first] == found[second] == ("khô cá",)
    assert third not in found


def test_yearly_cells_of_a_year_that_is_signed_stand(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    (record,) = add(desk, OCOP, ocop("A"))
    monkeypatch.setattr(registers, "year_is_closed", lambda _desk: True)
    registers.type_cells(desk, {(record, "ocop_quang_ba"): "không", (record, "ocop_ten"): "B"})
    assert text(desk, OCOP, record, "ocop_quang_ba") == "Có"
    assert text(desk, OCOP, record, "ocop_ten") == "B"


def test_a_year_is_closed_when_none_of_its_dossiers_is_open(desk: Desk) -> None:
    assert not registers.year_is_closed(desk)
    desk.choose(None)
    assert not registers.year_is_closed(desk)


def test_a_workspace_open_for_reading_takes_no_lines(tmp_path: Path) -> None:
    from ntm_desktop.operations import start

    with fresh_desk(tmp_path, NANG_CAO):
        pass
    desk = start.open_desk(tmp_path / "kho", who="Lê", read_only=True)
    try:
        with pytest.raises(WorkspaceReadOnly):
            registers.add(desk, OCOP)
        with pytest.raises(WorkspaceReadOnly):
            registers.remove(desk, [])
        column = registers.sheet(desk, OCOP).columns[0]
        assert not registers.writable(desk, column)
    finally:
        desk.close()


def test_registers_are_the_commune_s_whatever_dossier_is_chosen(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"))
    dossiers.add(desk, NANG_CAO, 2024)
    assert len(registers.lines(desk, OCOP)) == 1
    assert registers.year_of(desk) == 2024


def test_adding_the_500th_line_costs_what_the_5th_did(desk: Desk) -> None:
    answer.answer(desk, FactKey("co_san_pham_ocop", "", year_period(2023)), "có")
    spent = []
    for number in range(500):
        began = time.perf_counter()
        registers.add(desk, OCOP, [ocop(f"SP {number}")])
        spent.append(time.perf_counter() - began)
    early, late = sorted(spent[4:24])[10], sorted(spent[-20:])[10]
    assert late < 3 * early + 0.02
