"""A source that is looked at: the fingerprint can be compared aloud, what is told is counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.criteria.registers import dump_registers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.pack_preview import preview
from ntm_desktop.operations.publishers import UnknownPublisher
from ntm_desktop.ui.packs.taking import Incoming, in_groups, nothing_new, question
from ntm_desktop.ui.parts.banner import BannerKind
from tests.support.pack_desks import shipped_with, stick
from tests.support.pack_repository import Simulated, failing_pack
from tests.support.programs import NEW, RUNTIME, set_up
from tests.support.register_books import provincial


@given(st.text("0123456789abcdef", min_size=64, max_size=64))
def test_a_fingerprint_stands_in_groups_of_four_and_loses_no_letter(fingerprint: str) -> None:
    lines = in_groups(fingerprint).split("\n")
    assert "".join("".join(lines).split()) == fingerprint
    assert all(len(group) == 4 for line in lines for group in line.split(" "))
    assert [len(line.split(" ")) for line in lines] == [8, 8]


def test_the_question_says_what_the_publisher_calls_itself_and_that_it_proves_nothing() -> None:
    asked = question(UnknownPublisher("ab" * 32, "Văn phòng lạ"))
    assert "Văn phòng lạ" in asked.text
    assert in_groups("ab" * 32) in asked.text
    assert asked.back


def test_what_was_refused_is_told_once_and_the_others_are_counted(
    desk: Desk, publisher: Simulated, tmp_path: Path
) -> None:
    for version in ("2.0.0", "2.1.0", "2.2.0"):
        publisher.add(failing_pack(version))
    source = publisher.write(tmp_path / "usb")
    incoming = Incoming(source, preview(desk, source))
    assert incoming.count == 1
    assert incoming.words() == "usb"
    (told,) = (one for one in incoming.told() if one.kind is BannerKind.PROBLEM)
    assert "2" in told.rest


def test_a_source_with_what_is_here_already_says_whose_it_is(desk: Desk, tmp_path: Path) -> None:
    empty = Simulated(name="Văn phòng điều phối")
    with shipped_with(empty):
        found = preview(desk, empty.write(tmp_path / "usb"))
    (told,) = nothing_new(found)
    assert "Văn phòng điều phối" in told.rest


def test_a_newer_program_on_the_same_stick_is_told_where_it_can_be_taken_in(
    desk: Desk, publisher: Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.let_in("program", ("program/*",))
    path = f"program/ntm-desktop-{NEW}.tar.xz"
    publisher.put(path, b"code", "program")
    listed = publisher.provinces["program"].targets[path]
    listed.unrecognized_fields["custom"] = {"x-ntm-runtime": RUNTIME}
    publisher.sign_all(1)
    source = publisher.write(tmp_path / "usb")
    incoming = Incoming(source, preview(desk, source))
    assert not [one for one in incoming.told() if NEW in one.fact]
    set_up(tmp_path, monkeypatch)
    (told,) = (one for one in incoming.told() if NEW in one.fact)
    assert "An toàn" in told.fact


def test_a_wrong_clock_is_told_as_one_warning(desk: Desk, publisher: Simulated, tmp_path: Path) -> None:
    source = publisher.write(
        tmp_path / "usb"
    )  # the desk's clock stands in 2023, long before the program was built
    (told,) = Incoming(source, preview(desk, source)).told()
    assert told.kind is BannerKind.WARNING
    assert "2023" in told.fact


def test_registers_beside_sets_are_told(desk: Desk, publisher: Simulated, tmp_path: Path) -> None:
    publisher.add(dump_registers(provincial()))
    found = preview(desk, stick(tmp_path / "hai", publisher))
    incoming = Incoming(tmp_path, found)
    assert incoming.count == incoming.sets + 1
    assert any("Tuyến đường hoa" in one.fact for one in incoming.told())
