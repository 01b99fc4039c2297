from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import NO_PERIOD
from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.look.tokens import State
from ntm_desktop.ui.registers.model import COMPUTED_ROLE, STATE_ROLE, RegisterModel, _head
from ntm_desktop.ui.registers.page import RegistersPage
from tests.support.register_desks import OCOP, add, ocop


def cell(model: RegisterModel, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    at = [heading.name for heading in model.headings].index(name)
    return model.index(row, at).data(role)


def test_a_cell_a_rule_needs_says_that_it_is_missing_and_others_stay_quiet(page: RegistersPage) -> None:
    add(page.session.desk, OCOP, {"ocop_hang": "3"})
    page.model.reload()
    assert cell(page.model, 3, "ocop_quang_ba", STATE_ROLE) is State.UND
    assert cell(page.model, 3, "ocop_kenh") == ""
    assert cell(page.model, 3, "ocop_kenh", STATE_ROLE) is None


def test_the_end_of_a_certificate_is_computed_and_told(page: RegistersPage) -> None:
    assert cell(page.model, 1, "limit") == "05/01/2024"
    assert cell(page.model, 1, "limit", STATE_ROLE) is State.UND
    assert cell(page.model, 1, "limit", COMPUTED_ROLE) is True
    at = [heading.name for heading in page.model.headings].index("limit")
    assert page.model.headings[at - 1].name == "ocop_ngay_cap"
    assert not page.model.flags(page.model.index(1, at)) & Qt.ItemFlag.ItemIsEditable


def test_a_deadline_past_is_drawn_in_its_own_cell_until_the_thing_is_done(page: RegistersPage) -> None:
    late = {"kt_han": "01/02/2020"}
    add(page.session.desk, "kiem_tra", late, late | {"kt_da_xong": "có"})
    page.show_register("kiem_tra")
    assert cell(page.model, 0, "kt_han", STATE_ROLE) is State.NOT_MET
    assert cell(page.model, 1, "kt_han", STATE_ROLE) is None


def test_what_cannot_be_read_says_why(page: RegistersPage) -> None:
    assert cell(page.model, 2, "ocop_hang", STATE_ROLE) is State.NOT_MET
    assert cell(page.model, 2, "ocop_hang", Qt.ItemDataRole.ToolTipRole)
    assert str(cell(page.model, 2, "ocop_hang", Qt.ItemDataRole.AccessibleTextRole)).count(". ") == 1


def test_a_line_that_came_last_is_only_added(page: RegistersPage) -> None:
    inserted: list[tuple[int, int]] = []
    page.model.rowsInserted.connect(lambda _parent, first, last: inserted.append((first, last)))
    page.session.publish(registers.add(page.session.desk, OCOP, [ocop("Trà")]))
    assert inserted == [(3, 3)]


def test_headings_tell_what_they_mean(page: RegistersPage) -> None:
    model = page.model
    tips = [
        model.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for at in range(model.columnCount())
    ]
    assert all(tips)
    assert model.headerData(0, Qt.Orientation.Vertical) == "1"
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole) is None


def test_places_outside_the_table_have_nothing(page: RegistersPage) -> None:
    assert page.model.data(QModelIndex()) is None
    assert page.model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags
    assert not page.model.setData(QModelIndex(), "x")
    assert page.model.place_of("none") == -1
    page.model.show_cells([FactKey("ocop_ten", "none", NO_PERIOD)])


def test_days_and_texts_and_numbers_are_sorted_by_what_they_mean(page: RegistersPage) -> None:
    for name, first in (
        ("ocop_ngay_cap", "Mắm"),
        ("limit", "Mắm"),
        ("ocop_hang", "Khô cá"),
        ("ocop_kenh", "Khô cá"),
    ):
        at = [heading.name for heading in page.model.headings].index(name)
        page.model.sort(at)
        assert cell(page.model, 0, "ocop_ten") == first


def test_only_a_yes_or_no_is_flipped(page: RegistersPage) -> None:
    names = [heading.name for heading in page.model.headings]
    assert page.model.flipped(page.model.index(0, names.index("since"))) == ""
    assert page.model.flipped(page.model.index(0, names.index("ocop_quang_ba"))) == "Không"


def test_a_column_nobody_asks_for_any_more_says_so(desk: Desk) -> None:
    shown = registers.sheet(desk, "san_pham_ocop")
    column = shown.columns[0]
    assert _head(replace(shown, former=frozenset({column.name})), column).endswith("\nkhông còn hỏi")
