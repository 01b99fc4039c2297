"""Packets that cannot be opened or merged as a whole leave everything as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.facts.fact import EditKind, FactKey
from ntm_desktop.facts.period import Period
from ntm_desktop.workspace.dossiers import Sealed
from ntm_desktop.workspace.errors import DossierLocked, YearLocked
from ntm_desktop.workspace.evidence_notes import NewReplaced, NewSpot
from ntm_desktop.workspace.folder import Workspace
from ntm_desktop.workspace.packet import OutsidePacket, Packet, PacketDamaged, PacketPack, Purpose, target_of
from ntm_desktop.workspace.packet_file import write_packet
from ntm_desktop.workspace.packets import cut, merge, unfold
from ntm_desktop.workspace.states import Dossier, NewDossier, NewEvidence, NewEvidenceLink
from ntm_desktop.workspace.years import NewYearState, Note, YearState
from tests.support.desks import clock
from tests.support.workspaces import EVIDENCE
from tests.workspace.test_packet import CLAIM, COMMUNE, GOOD, HASH, PART, THERE, edit


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "kho", COMMUNE, who="Hậu", clock=clock) as workspace:
        yield workspace


def of_office(workspace: Workspace) -> Packet:
    part = replace(PART, origin=workspace.id)
    return replace(GOOD, purpose=Purpose.CUT, part=part, workspace=workspace.id, edits=())


def test_a_packet_that_brings_no_pack_or_edits_that_hang_on_nothing_is_not_opened(
    office: Workspace, tmp_path: Path
) -> None:
    lacking = replace(of_office(office), packs=(PacketPack("s", "1.0.0", HASH, ()),))
    link = replace(edit(EditKind.EVIDENCE_LINK, ["ho-so", HASH, "8.1.a", ""], {}), workspace=office.id)
    hanging = replace(of_office(office), edits=(link,))
    for number, packet in enumerate((lacking, hanging)):
        write_packet(packet, {}, tmp_path / "a", Disk())
        with pytest.raises(PacketDamaged):
            unfold(tmp_path / "a", tmp_path / f"may {number}", who="An", clock=clock)


def test_a_pack_the_workspace_does_not_hold_is_named_but_not_carried(
    office: Workspace, tmp_path: Path
) -> None:
    lost = PacketPack("s", "1.0.0", HASH, ())
    packet = cut(office, replace(PART, origin=office.id), [lost], tmp_path / "a", clock)
    assert (packet.packs, packet.blobs) == ((lost,), ())
    with pytest.raises(PacketDamaged):
        unfold(tmp_path / "a", tmp_path / "may", who="An", clock=clock)


def test_notes_about_a_file_go_along_only_where_the_file_is_shown_for_the_part(
    office: Workspace, tmp_path: Path
) -> None:
    hashes = []
    for name in ("trong", "ngoài"):
        (tmp_path / name).write_bytes(name.encode())
        hashes.append(office.add_evidence(tmp_path / name).sha256)
    shown, elsewhere = hashes
    dossier = Dossier("ho-so", "ntm", "1.0.0", HASH, 2024, date(2024, 12, 31))
    figure = FactKey("so_ho", "", Period("2024"))
    office.commit([NewDossier("ho-so", dossier), *(NewEvidence(one, EVIDENCE) for one in hashes)])
    office.commit(
        [NewEvidenceLink("ho-so", shown, "8.1.a"), NewEvidenceLink("ho-so", elsewhere, "1.1.a")], label="x"
    )
    office.commit([NewSpot("ho-so", one, figure, "trang 2") for one in hashes], label="x")
    office.commit([NewReplaced("ho-so", one, "8.1.a", "b" * 64) for one in hashes], label="x")
    packet = cut(office, replace(PART, origin=office.id), [], tmp_path / "a", clock)
    about = {(one.kind, str(part)) for one in packet.edits for part in target_of(one) if part in hashes}
    assert about == {
        (kind, shown)
        for kind in (
            EditKind.EVIDENCE,
            EditKind.EVIDENCE_LINK,
            EditKind.EVIDENCE_SPOT,
            EditKind.EVIDENCE_REVIEW,
        )
    }
    assert [blob.sha256 for blob in packet.blobs] == [shown]


def test_a_packet_workspace_is_not_sealed(office: Workspace, tmp_path: Path) -> None:
    cut(office, replace(PART, origin=office.id), [], tmp_path / "a", clock)
    unfold(tmp_path / "a", tmp_path / "may", who="An", clock=clock)
    with Workspace.open(tmp_path / "may", who="An", clock=clock) as there:
        assert there.part is not None
        with pytest.raises(OutsidePacket):
            there.record_sealed(Sealed("ho-so", 1, HASH, "", 1, "valid", "2024"))


def test_a_closed_year_and_a_sealed_dossier_refuse_a_packet_whole(office: Workspace, tmp_path: Path) -> None:
    dossier = Dossier("ho-so", "ntm", "1.0.0", HASH, 2024, date(2024, 12, 31))
    office.commit([NewDossier("ho-so", dossier)])
    figure = edit(EditKind.CLAIM, ["so_ho", "", "2024", 0, ""], CLAIM)
    remark = edit(EditKind.REMARK, ["ho-so", "8.1.a"], {"text": "x"}, 2)
    office.commit([NewYearState(2024, YearState(2024, closed=True, note=Note(), who="Hậu", at="2024"))])
    cells = office.cells()
    with pytest.raises(YearLocked):
        merge(office, replace(GOOD, edits=(figure,), workspace=THERE), tmp_path)
    office.record_sealed(Sealed("ho-so", 1, HASH, "", 1, "valid", "2024"))
    with pytest.raises(DossierLocked):
        merge(office, replace(GOOD, edits=(remark,)), tmp_path)
    assert {cell for cell in cells if cell[0] != "dossier"} <= office.cells()
    assert not [one for one in office.cells() if one[0] in {"claim", "remark"}]
