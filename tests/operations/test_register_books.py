"""Register books at hand as one: the newest counts, a province's adds, what is written in a former column stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.criteria.registers import Proposal, dump_registers
from ntm_desktop.operations import registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.pack_preview import preview
from ntm_desktop.operations.pack_registers import registers_sentence
from ntm_desktop.operations.packs import installed, take_in
from ntm_desktop.operations.register_books import gone, joined
from ntm_desktop.packs.repository.refusals import SetOfAnotherPublisher, WrongPackName
from ntm_desktop.packs.shipped import shipped_registers
from tests.support.desks import NTM, fresh_desk
from tests.support.pack_desks import stick
from tests.support.pack_repository import Simulated
from tests.support.register_books import OCOP, provincial, without


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with fresh_desk(tmp_path, NTM) as made:
        yield made


def usb(desk: Desk, publisher: Simulated) -> Path:
    return stick(desk.workspace.folder.parent / "usb", publisher)


def test_what_another_book_has_is_added_and_changes_nothing_that_is_there() -> None:
    own = shipped_registers()
    other = provincial(proposals=(Proposal("ag_co_tuyen", "ag_tuyen"), replace(own.proposals[0], total="x")))
    both = joined(own, (other,))
    assert both.catalogue.registers[OCOP].columns == (*own.catalogue.registers[OCOP].columns, "ag_ghi_chu")
    assert both.catalogue.registers[OCOP].label == own.catalogue.registers[OCOP].label
    assert both.catalogue.registers["ag_tuyen"].columns == ("ag_ten", "th_nguoi")
    assert both.catalogue.elements["th_nguoi"].personal, "a column that is personal stays so"
    assert [one.element for one in both.proposals[len(own.proposals) :]] == ["ag_co_tuyen"]
    assert both.keepings[-1].register == "ag_tuyen"
    assert joined(both, (other,)).keepings == both.keepings


def test_what_is_gone_is_told_once_however_many_versions_had_it() -> None:
    own = shipped_registers()
    newest = without(without(own, OCOP, "ocop_kenh"), "tai_san")
    former = gone(newest, (own, replace(own, version="1.0.1")))
    assert former.registers[OCOP].columns == ("ocop_kenh",)
    assert former.registers["tai_san"].columns == own.catalogue.registers["tai_san"].columns
    assert "ocop_kenh" in former.elements
    assert gone(own, (own,)).registers == {}


def test_a_newer_book_is_taken_and_what_was_written_in_a_former_column_is_shown(
    desk: Desk, home: Simulated
) -> None:
    registers.add(desk, OCOP, [{"ocop_ten": "Gạo", "ocop_kenh": "Postmart"}])
    registers.add(desk, "tai_san", [{"ts_ten": "Máy 1"}])
    before = desk.workspace.head
    newest = without(without(shipped_registers(), OCOP, "ocop_kenh", "ocop_quang_ba"), "tai_san")
    home.add(dump_registers(newest))
    (seen,) = preview(desk, usb(desk, home)).registers
    assert (seen.before, seen.version, seen.added) == (shipped_registers().version, "9.0.0", ())
    assert "Không còn hỏi: " in registers_sentence(seen)
    assert "Tên thiết bị" in registers_sentence(seen) or len(seen.gone) > 2
    (kept,) = take_in(desk, usb(desk, home)).packs
    assert (kept.id, kept.version) == (newest.id, "9.0.0")
    assert desk.workspace.head == before
    assert {one.id for one in installed(desk)} == {pack.id for pack in installed(desk)}, (
        "no set is read from it"
    )
    shown = registers.sheet(desk, OCOP)
    assert shown.former == {"ocop_kenh"}
    assert [one.name for one in shown.columns][-1] == "ocop_kenh"
    (line,) = registers.lines(desk, OCOP)
    assert registers.cell_text(desk, shown, line.id, "ocop_kenh") == "Postmart"
    whole = registers.sheet(desk, "tai_san")
    assert whole.former == {"ts_ten"}
    assert "tai_san" in {one.sheet.name for one in registers.listed(desk)}
    assert "ocop_kenh" in registers.elements(desk)
    assert "ocop_kenh" not in elements(desk)
    assert take_in(desk, usb(desk, home)).packs == ()
    registers.type_cells(desk, {(line.id, "ocop_kenh"): ""})
    assert registers.sheet(desk, OCOP).former == frozenset()


def test_a_province_brings_a_register_of_its_own(desk: Desk, home: Simulated) -> None:
    home.let_in()
    home.add(dump_registers(provincial()), "thanh-hoa")
    (seen,) = preview(desk, usb(desk, home)).registers
    assert registers_sentence(seen).endswith("Sổ mới: Tuyến đường hoa, Tên khác.")
    take_in(desk, usb(desk, home))
    registers.add(desk, "ag_tuyen", [{"ag_ten": "Đường ấp 1"}])
    (line,) = registers.lines(desk, "ag_tuyen")
    assert registers.cell_text(desk, registers.sheet(desk, "ag_tuyen"), line.id, "ag_ten") == "Đường ấp 1"
    assert registers.sheet(desk, OCOP).columns[-1].name == "ag_ghi_chu"


def test_a_province_cannot_publish_the_programs_own_book(desk: Desk, home: Simulated) -> None:
    home.let_in()
    home.add(dump_registers(replace(shipped_registers(), version="9.0.0")), "thanh-hoa")
    brought = take_in(desk, usb(desk, home))
    assert brought.packs == ()
    assert isinstance(brought.refused[0].reason, SetOfAnotherPublisher)


def test_a_book_under_another_name_is_refused_alone(desk: Desk, home: Simulated) -> None:
    home.add(dump_registers(provincial()), path="packs/so-khac-1.0.0.json")
    (refused,) = take_in(desk, usb(desk, home)).refused
    assert isinstance(refused.reason, WrongPackName)
