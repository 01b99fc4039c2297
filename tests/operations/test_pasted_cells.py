"""Blocks of cells from a spreadsheet: placed, aligned by name, told what did not fit, taken back at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import history
from ntm_desktop.operations.answer import DossierClosed
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.hamlet_tables import hamlet_tables
from ntm_desktop.operations.pasted_cells import Place, empty, fill_down, paste, read_block
from tests.support.windows import HAMLETS, make_desk


@pytest.fixture
def desk(tmp_path: Path):
    made = make_desk(tmp_path)
    yield made
    made.close()


def table_of(desk: Desk):
    return hamlet_tables(desk)[0].table


def rows_of(desk: Desk) -> list[str]:
    return [hamlet.id for hamlet in desk.book.hamlets]


def value(desk: Desk, row: int, element: str = "thon_cum_loa"):
    return desk.book.values.get(FactKey(element, rows_of(desk)[row], year_period(2024)))


def column(desk: Desk, element: str) -> int:
    return [field.element for field in table_of(desk).columns].index(element)


def test_cells_lines_and_quotes_are_read_as_excel_writes_them() -> None:
    assert read_block('a\tb\r\n"c\nd"\t"e ""f"""\r\n') == (("a", "b"), ("c d", 'e "f"'))
    assert read_block('12"\tx') == (('12"', "x"),)
    assert read_block(" \n \r\n") == ()
    assert read_block('"' + "a" * 200_000 + '"\tb')[0][1] == "b"


@given(st.text(max_size=200))
def test_any_text_of_a_clipboard_is_read(text: str) -> None:
    assert all("\t" not in cell and "\n" not in cell for row in read_block(text) for cell in row)


def test_a_block_goes_where_it_is_put_and_one_undo_takes_it_back(desk: Desk) -> None:
    at = column(desk, "thon_cum_loa")
    brought = paste(desk, table_of(desk), Place(rows_of(desk), 1, at), "2\tcó\n3\tkhông\n")
    assert (brought.taken, brought.unreadable, brought.rows_left, brought.columns_left) == (4, 0, 0, 0)
    assert (value(desk, 1), value(desk, 2)) == (2, 3)
    assert history.can_undo(desk) == "paste"
    history.undo(desk)
    assert (value(desk, 1), value(desk, 2)) == (None, None)


def test_what_does_not_fit_and_cannot_be_read_is_told_and_the_rest_taken(desk: Desk) -> None:
    at = column(desk, "thon_cum_loa")
    lines = "\n".join(f"{number}\tcó\tthừa" for number in range(6))
    brought = paste(desk, table_of(desk), Place(rows_of(desk), 1, at), lines.replace("1\t", "1x\t"))
    assert (brought.taken, brought.unreadable) == (6, 1)
    assert (brought.rows_left, brought.columns_left) == (3, 1)
    said = brought.words()
    assert "3 dòng không vừa" in said
    assert "1 cột không vừa" in said
    assert "1 ô không đọc được" in said


def test_rows_with_names_go_to_the_hamlet_of_that_name_whatever_the_order(desk: Desk) -> None:
    at = column(desk, "thon_cum_loa")
    block = (
        f"Tên ấp\tSố cụm loa\n{HAMLETS[2]}\t7\nvinh thanh\t5\nVĩnh Xa\t9\n{HAMLETS[3]}\t\nTổng cộng\t12\n\t1"
    )
    brought = paste(desk, table_of(desk), Place(rows_of(desk), 0, at), block)
    assert (value(desk, 2), value(desk, 0), value(desk, 3)) == (7, 5, None)
    assert (brought.unknown, brought.heading, brought.total, brought.blank) == (("Vĩnh Xa",), True, True, 1)
    assert "Vĩnh Xa" in brought.words()


def test_many_unknown_names_are_counted(desk: Desk) -> None:
    names = "\n".join([*(f"{name}\t1" for name in HAMLETS), *(f"Xa {n}\t1" for n in range(5))])
    brought = paste(desk, table_of(desk), Place(rows_of(desk), 0, 0), names)
    assert "Xa 3 và 1 nữa" in brought.words()


def test_a_heading_like_the_columns_is_left_out_and_blank_cells_keep_the_old_figure(desk: Desk) -> None:
    at = column(desk, "thon_cum_loa")
    place = Place(rows_of(desk), 0, at)
    paste(desk, table_of(desk), place, "4\n5")
    brought = paste(desk, table_of(desk), place, "so cum loa\n\n6")
    assert (value(desk, 0), value(desk, 1)) == (4, 6)
    assert (brought.heading, brought.blank, brought.taken) == (True, 1, 1)


def test_pasting_what_stands_there_changes_nothing(desk: Desk) -> None:
    place = Place(rows_of(desk), 0, column(desk, "thon_cum_loa"))
    paste(desk, table_of(desk), place, "4\n5")
    edits = desk.workspace.undo_label
    again = paste(desk, table_of(desk), place, "4\n5")
    assert (again.change.facts, again.taken, edits) == ((), 2, "paste")
    assert paste(desk, table_of(desk), place, "  ").taken == 0


def test_filling_down_takes_the_first_row_or_the_one_above(desk: Desk) -> None:
    rows, at = rows_of(desk), column(desk, "thon_cum_loa")
    paste(desk, table_of(desk), Place(rows, 0, at), "4\tcó")
    fill_down(desk, table_of(desk), Place(rows, 0, at), (3, 2))
    assert [value(desk, row) for row in range(4)] == [4, 4, 4, None]
    fill_down(desk, table_of(desk), Place(rows, 3, at), (1, 1))
    assert value(desk, 3) == 4
    assert value(desk, 2, "thon_loa_hoat_dong") is True
    assert fill_down(desk, table_of(desk), Place(rows, 0, at), (1, 1)).facts == ()
    empty_column = Place(rows, 0, 0)
    assert fill_down(desk, table_of(desk), empty_column, (2, 1)).facts != ()


def test_emptying_withdraws_only_what_is_there(desk: Desk) -> None:
    rows, at = rows_of(desk), column(desk, "thon_cum_loa")
    paste(desk, table_of(desk), Place(rows, 0, at), "4\n5")
    keys = [FactKey("thon_cum_loa", row, year_period(2024)) for row in rows]
    assert len(empty(desk, keys).facts) == 2
    assert empty(desk, keys).facts == ()
    history.undo(desk)
    assert value(desk, 1) == 5


def test_without_an_open_dossier_nothing_is_pasted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "editable", property(lambda _desk: False))
    with pytest.raises(DossierClosed):
        paste(desk, table_of(desk), Place(rows_of(desk), 0, 0), "1")
