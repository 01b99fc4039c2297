"""A part of a dossier goes to another PC and comes back, with its files, by the program's own operations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.operations import attach, dossiers, history, packets, work
from ntm_desktop.operations.answer import answer
from ntm_desktop.operations.desk import Desk, NoDossierChosen
from ntm_desktop.operations.packets import NothingToCut, Outcome
from ntm_desktop.snapshot.model import PackFile
from ntm_desktop.workspace.errors import WorkspaceReadOnly
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.packet import OutsidePacket
from ntm_desktop.workspace.packet_file import read_packet, write_packet
from ntm_desktop.workspace.packets import CutElsewhere, NotAPacketWorkspace, WrongWay
from ntm_desktop.workspace.shelf import NewPack
from ntm_desktop.workspace.states import NewHamlet
from tests.support.desks import HAMLETS, NTM, clock, fresh_desk
from tests.support.figures import show_file


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk, Path]]:
    """The office, a PC that got criterion 8, and the folder their packets lie in."""
    folder = tmp_path_factory.mktemp("phan viec")
    with fresh_desk(folder, NTM, year=2024) as office:
        answer(office, computers(), "20")
        (folder / "office").mkdir()
        show_file(office, folder / "office", "8.4.d", "bao_cao_mot_cua")
        packets.cut(office, folder / "viec", ("8",))
        with closing(packets.open_packet(folder / "viec", folder / "may", who="An", clock=clock)) as other:
            yield office, other, folder


def computers() -> FactKey:
    return FactKey("so_may_tinh", "", year_period(2024))


def households(desk: Desk, number: int) -> FactKey:
    return FactKey("thon_so_ho", desk.book.hamlets[number].id, year_period(2024))


def test_the_part_goes_there_and_comes_back_with_its_files(shared: tuple[Desk, Desk, Path]) -> None:
    office, other, folder = shared
    assert other.dossier == office.dossier
    assert work.mine(other) == {"8"}
    assert [hamlet.name for hamlet in other.book.hamlets] == [*HAMLETS]
    assert other.book.fact(computers()) == office.book.fact(computers())
    assert [row.there for row in attach.attached(other)] == [True]
    answer(other, computers(), "21")
    (folder / "other").mkdir()
    show_file(other, folder / "other", "8.4.c", "", "khác.pdf")
    packets.give_back(other, folder / "xong")
    seen = packets.preview(office, folder / "xong")
    plan, change = packets.merge(office, folder / "xong")
    assert seen.cells == plan.cells
    assert {cell.outcome for cell in plan.cells} == {Outcome.TAKEN}
    assert change.evidence
    assert {row.requirement: row.there for row in attach.attached(office)} == {"8.4.c": True, "8.4.d": True}
    assert office.workspace.missing_evidence() == ()
    history.undo(office)
    assert [claim.text for claim in office.book.facts[computers()].claims] == ["20"]


def test_a_packet_takes_only_its_own_part_and_cannot_be_cut_into_nothing(
    shared: tuple[Desk, Desk, Path], tmp_path: Path
) -> None:
    office, other, folder = shared
    with pytest.raises(OutsidePacket):
        dossiers.add(other, NTM, 2025)
    with pytest.raises(OutsidePacket):
        answer(other, FactKey("thu_nhap_binh_quan", "", year_period(2024)), "60")
    for criteria, hamlets in ((("99",), ()), ((), ("Nơi khác",)), ((), ())):
        with pytest.raises(NothingToCut):
            packets.cut(office, tmp_path / "x", criteria, hamlets)
    with pytest.raises(NotAPacketWorkspace):
        packets.give_back(office, tmp_path / "x")
    with pytest.raises(WrongWay):
        packets.merge(office, folder / "viec")
    packets.give_back(other, tmp_path / "xong")
    with pytest.raises(WrongWay):
        packets.open_packet(tmp_path / "xong", tmp_path / "may", who="An", clock=clock)
    with pytest.raises(CutElsewhere):
        packets.preview(other, tmp_path / "xong")
    assert not (tmp_path / "x").exists()


def test_a_hamlet_head_gets_one_hamlet_and_what_has_no_place_is_kept(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, year=2024) as office:
        answer(office, households(office, 0), "100")
        packet = packets.cut(office, tmp_path / "viec", hamlets=(HAMLETS[0],))
        assert packet.part.hamlets == (office.book.hamlets[0].id,)
        with closing(packets.open_packet(tmp_path / "viec", tmp_path / "may", who="An", clock=clock)) as head:
            answer(head, households(head, 0), "101")
            with pytest.raises(OutsidePacket):
                answer(head, households(head, 1), "5")
            packets.give_back(head, tmp_path / "xong")
        office.record([NewHamlet(packet.part.hamlets[0], None)], "hamlets")
        plan, change = packets.merge(office, tmp_path / "xong")
        assert [cell.outcome for cell in plan.cells] == [Outcome.NO_PLACE]
        assert change.facts == ()
        (kept,) = (office.workspace.folder / "quarantine").glob("packet-*.json")
        assert json.loads(json.loads(kept.read_text("utf-8"))["edits"][0][2])["text"] == "101"
        office.choose(None)
        with pytest.raises(NoDossierChosen):
            packets.cut(office, tmp_path / "x", ("8",))
        folder = office.workspace.folder
    with (
        closing(Desk(Workspace.open(folder, who="Bình", clock=clock, read_only=True), clock)) as looking,
        pytest.raises(WorkspaceReadOnly),
    ):
        packets.merge(looking, tmp_path / "xong")


def test_a_packet_written_again_by_another_hand_keeps_its_shape(
    shared: tuple[Desk, Desk, Path], tmp_path: Path
) -> None:
    _office, other, _folder = shared
    packet = packets.give_back(other, tmp_path / "xong")
    bare = replace(packet, edits=(), blobs=())
    write_packet(bare, {}, tmp_path / "trong", Disk())
    assert read_packet(tmp_path / "trong") == bare


def pack_file(set_id: str) -> PackFile:
    content = set_id.encode()
    return PackFile(set_id, "1.0.0", hashlib.sha256(content).hexdigest(), content)


def test_the_packs_its_rules_read_go_along_once_each_before_what_reads_them(tmp_path: Path) -> None:
    lowest, middle = pack_file("bo-goc"), pack_file("bo-giua")
    with fresh_desk(tmp_path, NTM, year=2024) as office:
        assert office.dossier is not None
        own = office.workspace.pack(office.dossier.set_sha256)
        assert own is not None
        reads = {"bo-giua": middle.sha256, "bo-goc": lowest.sha256}
        office.workspace.shelf.keep(
            (
                NewPack(lowest),
                NewPack(middle, references={"bo-goc": lowest.sha256}),
                NewPack(own, references=reads),
            )
        )
        packet = packets.cut(office, tmp_path / "viec", ("8",))
        assert [one.id for one in packet.packs] == ["bo-goc", "bo-giua", NTM]
        assert [blob.sha256 for blob in packet.blobs] == [lowest.sha256, middle.sha256, own.sha256]
        with closing(
            packets.open_packet(tmp_path / "viec", tmp_path / "may", who="An", clock=clock)
        ) as other:
            assert other.workspace.shelf.references(own.sha256) == reads
            assert other.workspace.shelf.references(middle.sha256) == {"bo-goc": lowest.sha256}


def test_figure_that_was_chosen_of_two_is_used_and_both_stay(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NTM, year=2024) as office:
        answer(office, computers(), "20")
        packets.cut(office, tmp_path / "viec", ("8",))
        with closing(
            packets.open_packet(tmp_path / "viec", tmp_path / "may", who="An", clock=clock)
        ) as other:
            answer(other, computers(), "21")
            packets.give_back(other, tmp_path / "xong")
        answer(office, computers(), "22")
        plan, _change = packets.merge(office, tmp_path / "xong")
        (cell,) = plan.of(Outcome.CONFLICT)
        assert cell.kind is packets.FIGURE
        assert cell.theirs is not None
        assert packets.choose(office, {'["khong_co","","2024",0,""]': cell.theirs}, "") is None
        assert packets.choose(office, {cell.target: "{}"}, "") is None
        change = packets.choose(office, {cell.target: cell.theirs}, "chọn")
        assert change is not None
        fact = office.book.fact(computers())
        assert fact is not None
        assert fact.in_use is not None
        assert (fact.in_use.text, fact.settled, len(fact.claims)) == ("21", True, 2)
        history.undo(office)
        history.undo(office)
        fact = office.book.fact(computers())
        assert fact is not None
        assert [claim.text for claim in fact.claims] == ["22"]
