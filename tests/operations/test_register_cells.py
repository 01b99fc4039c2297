from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.operations import history, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.register_cells import Pasted, Spot, fill_down, paste
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.register_desks import OCOP, add, ocop

NAMES = ("ocop_ten", "ocop_hang", "", "ocop_quang_ba")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as made:
        yield made


def pasted(desk: Desk, text: str, row: int = 0, column: int = 0) -> Pasted:
    lines = [one.id for one in registers.lines(desk, OCOP)]
    return paste(desk, registers.sheet(desk, OCOP), Spot(lines, NAMES, row, column), text)


def cells(desk: Desk, name: str) -> list[str]:
    shown = registers.sheet(desk, OCOP)
    return [registers.cell_text(desk, shown, one.id, name) for one in registers.lines(desk, OCOP)]


def test_rows_beyond_the_last_line_become_new_lines_in_one_step(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"), ocop("B"))
    brought = pasted(desk, "B2\t5\tx\tkhông\r\nC\t3\t\tcó\r\n", row=1)
    assert (brought.cells, brought.added, brought.left) == (6, 1, 0)
    assert cells(desk, "ocop_ten") == ["A", "B2", "C"]
    assert cells(desk, "ocop_quang_ba") == ["Có", "Không", "Có"]
    assert "1" in brought.words()
    history.undo(desk)
    assert cells(desk, "ocop_ten") == ["A", "B"]


def test_an_empty_cell_of_a_block_leaves_what_stands_there(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"))
    pasted(desk, "\t5")
    assert (cells(desk, "ocop_ten"), cells(desk, "ocop_hang")) == (["A"], ["5"])


def test_a_block_with_its_headings_goes_to_the_columns_they_name_as_new_lines(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"))
    brought = pasted(desk, "STT\tHạng\tTên sản phẩm\n1\t5\tGạo\n")
    assert (brought.heading, brought.added) == (True, 1)
    assert cells(desk, "ocop_ten") == ["A", "Gạo"]
    assert brought.words().count(".") >= 2


def test_columns_beyond_the_table_are_told(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"))
    brought = pasted(desk, "5\tx\tcó\tthừa", column=1)
    assert brought.left == 1
    assert "1" in brought.words()


def test_a_row_of_columns_that_take_nothing_makes_no_line(desk: Desk) -> None:
    assert pasted(desk, "x", row=0, column=2).added == 0


def test_an_empty_clipboard_brings_nothing(desk: Desk) -> None:
    assert pasted(desk, " \n").cells == 0
    assert pasted(desk, "STT\tHạng\tTên sản phẩm\n").change.label == ""


def test_filling_down_gives_the_selected_lines_what_the_first_has(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"), ocop("B", "không"), ocop("C", "không"))
    shown, lines = registers.sheet(desk, OCOP), [one.id for one in registers.lines(desk, OCOP)]
    fill_down(desk, shown, Spot(lines, NAMES, 0, 2), (3, 2))
    assert cells(desk, "ocop_quang_ba") == ["Có", "Có", "Có"]


def test_a_single_line_takes_from_the_one_above_and_the_first_from_nowhere(desk: Desk) -> None:
    add(desk, OCOP, ocop("A"), ocop("B", "không"))
    shown, lines = registers.sheet(desk, OCOP), [one.id for one in registers.lines(desk, OCOP)]
    assert fill_down(desk, shown, Spot(lines, NAMES, 0, 3), (1, 1)).label == ""
    fill_down(desk, shown, Spot(lines, NAMES, 1, 3), (1, 1))
    assert cells(desk, "ocop_quang_ba") == ["Có", "Có"]
