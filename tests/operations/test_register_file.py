from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ntm_desktop.operations import history, register_file, registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.register_file import Incoming, NoRegisterInFile
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.register_desks import OCOP, add, ocop, ocop_file


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as made:
        yield made


def look(desk: Desk, path: Path) -> Incoming:
    return register_file.look_at(desk, OCOP, path.name, register_file.read(path))


def names(desk: Desk) -> list[str]:
    shown = registers.sheet(desk, OCOP)
    return [registers.cell_text(desk, shown, one.id, "ocop_ten") for one in registers.lines(desk, OCOP)]


def test_looking_at_a_file_writes_nothing_and_names_every_refused_cell(desk: Desk, tmp_path: Path) -> None:
    head = desk.workspace.head
    incoming = look(desk, ocop_file(tmp_path))
    assert desk.workspace.head == head
    assert (len(incoming.new), len(incoming.changed), incoming.unchanged) == (3, 0, 0)
    assert [(one.address, one.code) for one in incoming.problems] == [
        ("E3", "no_such_day"),
        ("B6", "key_missing"),
        ("B5", "given_again"),
    ]
    assert incoming.ignored == ("Ghi chú",)
    assert incoming.count == 3


def test_lines_are_taken_as_one_step_of_undo(desk: Desk, tmp_path: Path) -> None:
    register_file.take(desk, look(desk, ocop_file(tmp_path)))
    assert names(desk) == ["Khô cá tra", "Mắm ba khía", "Gạo nếp"]
    history.undo(desk)
    assert names(desk) == []


def test_a_file_taken_twice_brings_nothing_the_second_time(desk: Desk, tmp_path: Path) -> None:
    register_file.take(desk, look(desk, ocop_file(tmp_path)))
    again = look(desk, ocop_file(tmp_path))
    assert (again.count, again.unchanged) == (0, 3)
    assert register_file.take(desk, again).label == ""


def test_a_line_that_is_here_is_changed_where_the_file_differs_and_emptied_nowhere(
    desk: Desk, tmp_path: Path
) -> None:
    (record,) = add(desk, OCOP, ocop("khô cá tra") | {"ocop_chu_the": "HTX", "until": "01/01/2030"})
    text = "Tên sản phẩm;Hạng;Chủ thể;Tính đến ngày;Ngày cấp\nKhô cá tra;5;;01/02/2030;12/05/2022\n"
    incoming = look(desk, ocop_file(tmp_path, text))
    assert [dict(one.cells) for one in incoming.changed] == [{"ocop_hang": "5", "until": "01/02/2030"}]
    register_file.take(desk, incoming)
    shown = registers.sheet(desk, OCOP)
    kept = {
        name: registers.cell_text(desk, shown, record, name)
        for name in ("ocop_hang", "ocop_chu_the", "until")
    }
    assert kept == {"ocop_hang": "5", "ocop_chu_the": "HTX", "until": "01/02/2030"}


def test_an_end_of_validity_alone_may_change(desk: Desk, tmp_path: Path) -> None:
    add(desk, OCOP, ocop("Khô cá tra"))
    register_file.take(desk, look(desk, ocop_file(tmp_path, "Tên sản phẩm;Hạng\nKhô cá tra;5\n")))
    text = "Tên sản phẩm;Hạng;Tính đến ngày\nKhô cá tra;5;01/02/2030\n"
    register_file.take(desk, look(desk, ocop_file(tmp_path, text)))
    assert registers.lines(desk, OCOP)[0].until is not None


def test_a_line_removed_meanwhile_is_not_brought_back(desk: Desk, tmp_path: Path) -> None:
    (record,) = add(desk, OCOP, ocop("Khô cá tra"))
    incoming = look(desk, ocop_file(tmp_path, "Tên sản phẩm;Hạng\nKhô cá tra;5\n"))
    registers.remove(desk, [record])
    register_file.take(desk, incoming)
    assert names(desk) == []


def test_yearly_cells_of_a_signed_year_stand(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(desk, OCOP, ocop("Khô cá tra"))
    monkeypatch.setattr(registers, "year_is_closed", lambda _desk: True)
    incoming = look(desk, ocop_file(tmp_path, "Tên sản phẩm;Được quảng bá\nKhô cá tra;không\n"))
    assert (incoming.count, incoming.unchanged) == (0, 1)


def test_a_register_without_a_key_takes_every_line(desk: Desk, tmp_path: Path) -> None:
    path = ocop_file(tmp_path, "Ngày phát;Nội dung\n01/11/2023;x\n01/11/2023;x\n")
    incoming = register_file.look_at(desk, "phat_thanh_cong_khai", path.name, register_file.read(path))
    assert len(incoming.new) == 2


def test_what_is_written_is_taken_back_unchanged(desk: Desk, tmp_path: Path) -> None:
    add(
        desk,
        OCOP,
        ocop("Khô cá") | {"since": "01/01/2023", "ocop_kenh": "=HYPERLINK(1)"},
        ocop("Mắm") | {"ocop_hang": "năm"},
    )
    target = tmp_path / "so.xlsx"
    register_file.write(desk, OCOP, target)
    incoming = look(desk, target)
    assert (incoming.count, incoming.unchanged) == (0, 2)
    assert [one.code for one in incoming.problems] == ["not_a_number"]


def test_text_that_looks_like_a_formula_is_never_one(desk: Desk, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    add(desk, OCOP, ocop("=1+1"), ocop("+84"), ocop("@x"))
    target = tmp_path / "so.xlsx"
    register_file.write(desk, OCOP, target)
    cells = [cell for row in load_workbook(target).active.iter_rows() for cell in row if cell.value]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_file_without_headings_is_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoRegisterInFile):
        look(desk, ocop_file(tmp_path, "1;2\n3;4\n"))
