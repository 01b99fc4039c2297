"""A file in two steps: what it would change, then what was left ticked."""

from __future__ import annotations

import gc
import json
from pathlib import Path

import openpyxl
import pytest

from ntm_desktop.criteria.language.nodes import Node
from ntm_desktop.errors import Cancelled
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.operations import intake
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.fill import fill
from ntm_desktop.operations.form import write_form
from ntm_desktop.operations.history import undo
from ntm_desktop.operations.intake import Preview, ground, preview, take
from ntm_desktop.sheets.refusals import FileHeld

ONLINE, SOLVED = "ho_so_truc_tuyen", "ho_so_giai_quyet"


def _key(element: str) -> FactKey:
    return FactKey(element, "", Period("2024"))


def _entry(element: str, value: str) -> dict[str, str]:
    return {"element": element, "period": "2024", "value": value}


def _seen(desk: Desk, folder: Path, *entries: object) -> Preview:
    (folder / "a.json").write_text(json.dumps({"facts": entries}), encoding="utf-8")
    return preview(ground(desk), folder / "a.json")


def _typed(desk: Desk, path: Path, values: dict[str, object]) -> Path:
    """Write the form and type into its cells in another program."""
    write_form(desk, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = {sheet.cell(row, 1).value: row for row in range(1, sheet.max_row + 1)}
    for element, value in values.items():
        sheet.cell(rows[f"{element}||2024|actual"], 5).value = value
    book.save(path)
    return path


def test_preview_lists_old_and_new_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    answer(desk, _key(SOLVED), "2.300")
    head = desk.workspace.head
    seen = _seen(desk, tmp_path, _entry(SOLVED, "2.382"), _entry(ONLINE, "612"))
    assert [(row.old, row.proposal.text, row.conflict) for row in seen.rows] == [
        ("2.300", "2.382", False),
        ("", "612", False),
    ]
    assert seen.agreed == {0, 1}
    assert desk.workspace.head == head


def test_only_what_is_left_ticked_is_taken_and_one_undo_takes_it_back(desk: Desk, tmp_path: Path) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "2.382"), _entry(ONLINE, "612"))
    assert take(desk, seen, {1}).taken == 1
    assert desk.book.fact(_key(SOLVED)) is None
    undo(desk)
    assert desk.book.fact(_key(ONLINE)) is None
    nothing = take(desk, seen, ())
    assert (nothing.taken, nothing.change.facts) == (0, ())


def test_second_edit_of_a_cell_from_another_form_is_a_conflict_and_waits_for_an_answer(
    desk: Desk, tmp_path: Path
) -> None:
    answer(desk, _key(SOLVED), "2.300")
    first = _typed(desk, tmp_path / "một.xlsx", {SOLVED: 2382})
    second = _typed(desk, tmp_path / "hai.xlsx", {SOLVED: 2400, ONLINE: 612})
    assert fill(desk, first).problems == ()
    seen = preview(ground(desk), second)
    assert [(row.base, row.old, row.proposal.text) for row in seen.rows] == [
        (None, "", "612"),
        ("2.300", "2.382", "2400"),
    ]
    assert seen.agreed == {0}
    filled = fill(desk, second)
    assert (filled.taken, [one.code for one in filled.problems]) == (1, ["changed_since"])
    assert desk.workspace.book.values[_key(SOLVED)] == 2382
    assert take(desk, preview(ground(desk), second), {0}).taken == 1
    assert desk.workspace.book.values[_key(SOLVED)] == 2400


def test_figure_changed_while_the_preview_is_open_is_left_out_and_listed(desk: Desk, tmp_path: Path) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "2.382"), _entry(ONLINE, "612"))
    answer(desk, _key(SOLVED), "5")
    answer(desk, _key(ONLINE), "612")
    filled = take(desk, seen, seen.agreed)
    assert (filled.taken, filled.unchanged) == (0, 1)
    assert [(one.code, dict(one.facts)) for one in filled.problems] == [
        ("changed_since", {"now": "5", "typed": "2.382"})
    ]


def test_part_above_its_whole_is_taken_with_a_remark(desk: Desk, tmp_path: Path) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "600"), _entry(ONLINE, "612"))
    assert [row.remark is not None and row.remark.code for row in seen.rows] == ["part_above_whole"] * 2
    assert take(desk, seen, seen.agreed).taken == 2


def test_negative_count_is_a_problem_with_its_place(desk: Desk, tmp_path: Path) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "-3"))
    assert [(one.address, one.code) for one in seen.problems] == [("facts[0].value", "below_zero")]


def test_preview_can_be_stopped(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"facts": []}', encoding="utf-8")
    with pytest.raises(Cancelled):
        preview(ground(desk), tmp_path / "a.json", stopped=lambda: True)


def test_who_holds_the_file_is_told_where_it_cannot_be_read(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "phiếu.xlsx").mkdir()
    (tmp_path / ".~lock.phiếu.xlsx#").write_text("Lan,PC-2,x;", encoding="utf-8")
    with pytest.raises(FileHeld, match="Lan PC-2"):
        preview(ground(desk), tmp_path / "phiếu.xlsx")


def test_who_holds_the_form_that_would_be_replaced_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_self: Path, _target: Path) -> Path:
        raise PermissionError

    (tmp_path / ".~lock.phiếu.xlsx#").write_text("Lan,PC-2,x;", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileHeld, match="Lan PC-2"):
        write_form(desk, tmp_path / "phiếu.xlsx")


def test_year_that_was_signed_is_closed_in_preview_and_when_it_closes_meanwhile(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "5"))
    monkeypatch.setattr(intake, "locked_years", lambda _desk: frozenset({2024}))
    assert [one.code for one in take(desk, seen, {0}).problems] == ["year_closed"]
    assert [one.code for one in _seen(desk, tmp_path, _entry(SOLVED, "5")).problems] == ["year_closed"]


def test_sums_over_hamlets_are_parts_and_wholes_too() -> None:
    def hamlets(name: str) -> Node:
        return ("sum", "hamlets", ("fact", name))

    measure: Node = ("and", ("ratio", hamlets("a"), hamlets("b")), ("ratio", ("fact", "c"), ("number", "2")))
    assert list(intake._pairs(measure)) == [("a", "b")]


def test_collector_that_rested_before_goes_on_resting() -> None:
    gc.disable()
    try:
        with intake._collecting_nothing():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_second_table_for_the_same_cell_says_what_it_took_the_place_of(desk: Desk, tmp_path: Path) -> None:
    for name, lines in (
        ("một.csv", ("ho_so_giai_quyet,2024,2.382,Một cửa", "dan_so,2024,8.100,", "so_cbcc,2024,21,")),
        (
            "hai.csv",
            ("ho_so_giai_quyet,2024,2.400,Một cửa", "dan_so,2024,8.298,Công an", "so_cbcc,2024,21,Nội vụ"),
        ),
    ):
        content = "\n".join(("Mã số liệu,Kỳ,Giá trị,Nguồn", *lines)).replace("2.382", '"2.382"')
        (tmp_path / name).write_text(content, encoding="utf-8")
    first, second = (fill(desk, tmp_path / name) for name in ("một.csv", "hai.csv"))
    assert first.replaced == ()
    assert {(row.proposal.key.element, row.old, row.proposal.text) for row in second.replaced} == {
        ("ho_so_giai_quyet", "2.382", "2.400"),
        ("dan_so", "8.100", "8.298"),
    }
    assert second.taken == 3
    undo(desk)
    assert desk.book.values[_key(SOLVED)] == 2382


def test_a_job_stores_the_same_and_the_desk_takes_it_over(desk: Desk, tmp_path: Path) -> None:
    seen = _seen(desk, tmp_path, _entry(SOLVED, "2.382"), _entry(ONLINE, "612"))
    told: list[int] = []
    taken = intake.take_beside(desk, seen, {0, 1}, told.append)
    assert desk.book.fact(_key(SOLVED)) is None
    filled = intake.finish(desk, taken)
    assert (filled.taken, told) == (2, [0])
    assert set(filled.change.facts) == {_key(SOLVED), _key(ONLINE)}
    assert filled.change.requirements
    assert desk.book.values[_key(SOLVED)] == 2382
    again = intake.take_beside(desk, seen, {0, 1}, told.append)
    assert again.stored is None
    assert intake.finish(desk, again).unchanged == 2
    undo(desk)
    assert desk.book.fact(_key(ONLINE)) is None
