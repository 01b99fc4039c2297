from __future__ import annotations

import dataclasses
import errno
import hashlib
import shutil
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.disk import Disk
from ntm_desktop.dossier.container import ContentChanged
from ntm_desktop.dossier.ziplayout import NotAContainer
from ntm_desktop.errors import Cancelled, DiskFull, FileUnwritable
from ntm_desktop.operations import seal
from ntm_desktop.operations.answer import DossierClosed, answer
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.seal import (
    ChangedMeanwhile,
    NoSignatory,
    NotReady,
    ReadBackDiffers,
    Signatory,
    SignatoryTooLong,
    Stage,
)
from ntm_desktop.operations.verify import Verification, verify_with
from ntm_desktop.trust.refusals import CertificateExpired, WrongPassword
from tests.support.openssl import cms_verify, needs_openssl
from tests.support.pdf import flowing_text_of
from tests.support.sealing import ONLINE, SIGNATORY, desk_to_seal, figure, stored_evidence
from tests.support.signed_papers import needs_pdfsig, pdfsig
from tests.support.signers import DAY, NOW, PASSWORD, SIGNER, Leaf, authority, key_file, write_key_file
from tests.support.workspaces import files_in


@pytest.fixture
def desk(tmp_path):
    with desk_to_seal(tmp_path) as made:
        yield made


@pytest.fixture
def target(tmp_path):
    return tmp_path / "hồ sơ đã ký.asice"


def sealed(desk, target, key=None, **more):
    return seal.build(desk.workspace, seal.prepare(desk, SIGNATORY), target, key, **more)


def left_beside(target):
    return sorted(path.name for path in target.parent.glob(f"{target.name}*"))


# ------------------------------------------------------------ prepare


def test_what_is_printed_of_the_signatory_is_one_line_of_reasonable_length(desk):
    signatory = Signatory("Nguyễn \u202eVăn\u202c Mẫu\x00", "Chủ tịch\nUBND", "\u200b")
    snapshot = seal.prepare(desk, signatory).snapshot
    assert (snapshot.signatory, snapshot.signatory_title) == ("Nguyễn Văn Mẫu", "Chủ tịch UBND")
    assert snapshot.place == desk.commune.name
    with pytest.raises(NoSignatory):
        seal.prepare(desk, dataclasses.replace(signatory, name="\u202e"))
    for part in ("name", "title", "place"):
        with pytest.raises(SignatoryTooLong):
            seal.prepare(desk, dataclasses.replace(signatory, **{part: "x" * 201}))


def test_unmet_and_undetermined_indicators_do_not_hinder(desk):
    counts = desk.evaluation.counts()
    assert counts[Verdict.UNDETERMINED]
    assert counts[Verdict.NOT_MET]
    snapshot = seal.prepare(desk, SIGNATORY).snapshot
    assert snapshot.evaluation == desk.evaluation
    assert (snapshot.signatory, snapshot.signatory_title) == (SIGNATORY.name, SIGNATORY.title)


@pytest.mark.parametrize(
    "nobody", [Signatory("", "CHỦ TỊCH", ""), Signatory("  ", "CHỦ TỊCH", ""), Signatory("A", " ", "")]
)
def test_somebody_must_be_named_who_signs(desk, nobody):
    with pytest.raises(NoSignatory):
        seal.prepare(desk, nobody)


def test_place_nobody_typed_is_the_commune(desk):
    assert seal.prepare(desk, Signatory("A", "B", " ")).snapshot.place == "Vĩnh An"


def test_evidence_that_is_gone_hinders_and_is_named(desk):
    stored_evidence(desk).unlink()
    with pytest.raises(NotReady) as caught:
        seal.prepare(desk, SIGNATORY)
    assert [finding.requirement for finding in caught.value.blocking] == ["8.4.d"]


def test_nothing_of_another_year_and_nothing_personal_is_frozen(desk):
    snapshot = seal.prepare(desk, SIGNATORY).snapshot
    elements = desk.compiled.source.catalogue.elements
    assert {fact.key.element for fact in snapshot.facts} == {"ho_so_truc_tuyen", "ho_so_giai_quyet"}
    assert not any(elements[fact.key.element].personal for fact in snapshot.facts)


# ------------------------------------------------------------ build


@needs_openssl
def test_signed_file_is_accepted_by_openssl_and_valid_with_its_anchor(desk, target, tmp_path):
    built = sealed(desk, target, key_file(tmp_path))
    assert (built.path, built.size) == (target, target.stat().st_size)
    assert built.report.verification is Verification.UNKNOWN  # nobody told this computer whom to believe
    report = verify_with(target, anchors=[authority().anchor], at=NOW)
    assert (report.verification, report.replay.agrees, report.reasons) == (Verification.VALID, True, ())
    with zipfile.ZipFile(target) as container:
        manifest = container.read("META-INF/ASiCManifest001.xml")
        signature = container.read("META-INF/signature001.p7s")
    assert "successful" in cms_verify(tmp_path, signature, manifest, authority().pem, NOW).lower()


def test_stages_come_in_order_and_each_ends_whole(desk, target):
    heard = []
    sealed(desk, target, progress=lambda stage, done, total: heard.append((stage, done, total)))
    assert list(dict.fromkeys(stage for stage, _done, _total in heard)) == list(Stage)
    for stage in Stage:
        of_stage = [(done, total) for one, done, total in heard if one is stage]
        assert of_stage[-1][0] == of_stage[-1][1] > 0
        assert of_stage == sorted(of_stage)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("before", [b"", b"the file of last time"])
def test_stop_in_any_stage_leaves_what_was_there(desk, target, stage, before):
    if before:
        target.write_bytes(before)
    reached = []
    with pytest.raises(Cancelled):
        sealed(
            desk,
            target,
            progress=lambda now, _done, _total: reached.append(now),
            cancelled=lambda: bool(reached) and reached[-1] is stage,
        )
    assert left_beside(target) == ([target.name] if before else [])
    assert not before or target.read_bytes() == before
    assert desk.dossier.state is DossierState.OPEN


@pytest.mark.parametrize("call", ["create", "write", "sync", "rename"])
def test_full_disk_leaves_what_was_there(desk, target, monkeypatch, call):
    def full(*_arguments):
        raise OSError(errno.ENOSPC, "no room")

    target.write_bytes(b"the file of last time")
    prepared = seal.prepare(desk, SIGNATORY)
    monkeypatch.setattr(Disk, call, full)
    with pytest.raises(DiskFull):
        seal.build(desk.workspace, prepared, target, None)
    monkeypatch.undo()
    assert (left_beside(target), target.read_bytes()) == ([target.name], b"the file of last time")


def test_a_place_that_takes_nothing_is_told_by_the_name_the_officer_knows(desk, target, monkeypatch):
    def refuses(*_arguments):
        raise OSError(errno.EROFS, "read-only")

    prepared = seal.prepare(desk, SIGNATORY)
    monkeypatch.setattr(Disk, "create", refuses)
    with pytest.raises(FileUnwritable) as refused:
        seal.build(desk.workspace, prepared, target, None)
    assert refused.value.path == str(target)


def test_without_a_dossier_there_is_nothing_to_freeze_and_no_name():
    for work in (seal.default_name, lambda none: seal.freeze_whole(none, SIGNATORY)):
        with pytest.raises(LookupError):
            work(SimpleNamespace(dossier=None))


def test_disk_that_gives_back_other_bytes_is_noticed_and_nothing_is_left(desk, target, monkeypatch):
    def lying(self, file):
        file.seek(-2000, 2)
        file.write(b"\0" * 8)
        file.seek(0, 2)
        file.flush()

    monkeypatch.setattr(Disk, "sync", lying)
    with pytest.raises((ReadBackDiffers, NotAContainer)):
        sealed(desk, target)
    assert left_beside(target) == []


def test_evidence_changed_in_the_store_is_refused(desk, target):
    path = stored_evidence(desk)
    content = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    with pytest.raises(ContentChanged):
        sealed(desk, target)
    assert left_beside(target) == []


def test_wrong_password_opens_nothing(tmp_path):
    path = write_key_file(tmp_path / "khóa.p12")
    assert seal.unlock(path, PASSWORD).certificate.subject == "Nguyễn Thị Hồng Ánh"
    with pytest.raises(WrongPassword):
        seal.unlock(path, "sai")


def test_expired_certificate_signs_nothing(desk, target, tmp_path):
    with pytest.raises(CertificateExpired):
        sealed(desk, target, key_file(tmp_path, Leaf(valid_to=NOW - DAY)))
    assert left_beside(target) == []


# ------------------------------------------------------------ commit


def test_commit_locks_the_dossier_and_notes_its_file(desk, target, tmp_path):
    built = sealed(desk, target, key_file(tmp_path))
    change = seal.commit(desk, built)
    record = seal.latest(desk)
    assert change.structure
    assert desk.dossier.state is DossierState.SEALED
    assert (record.identity, record.path, record.size) == (built.identity, str(target), built.size)
    assert [one.state for one in desk.workspace.outbox()] == ["waiting"]
    with pytest.raises(DossierClosed):
        answer(desk, figure(ONLINE), "700")
    with pytest.raises(DossierClosed):
        seal.prepare(desk, SIGNATORY)


def test_figure_changed_during_the_job_is_not_sealed_over(desk, target):
    prepared = seal.prepare(desk, SIGNATORY)
    answer(desk, figure(ONLINE), "613")
    built = seal.build(desk.workspace, prepared, target, None)
    with pytest.raises(ChangedMeanwhile):
        seal.commit(desk, built)
    assert desk.dossier.state is DossierState.OPEN
    assert seal.latest(desk) is None
    assert desk.workspace.outbox() == ()
    assert desk.book.fact(figure(ONLINE)).in_use.text == "613"


def test_looking_at_another_dossier_during_the_job_does_not_hinder(desk, target):
    built = sealed(desk, target)
    desk.choose(None)
    seal.commit(desk, built)
    assert desk.dossier.state is DossierState.SEALED


def test_sealing_twice_makes_two_files_with_the_same_figures(desk, tmp_path):
    first = sealed(desk, tmp_path / "a.asice")
    desk.clock = lambda: NOW + timedelta(hours=1)
    second = sealed(desk, tmp_path / "b.asice")
    assert first.identity != second.identity
    without_moment = [dataclasses.replace(one.report.content, taken_at="") for one in (first, second)]
    assert without_moment[0] == without_moment[1]


def test_building_touches_nothing_of_the_workspace(desk, target):
    before = files_in(desk.workspace.folder)
    sealed(desk, target)
    assert files_in(desk.workspace.folder) == before


def test_offered_name_says_commune_level_and_year(desk):
    assert seal.default_name(desk) == "30604_ntm_2023.asice"


def test_next_round_has_its_number_in_the_offered_name(desk, target):
    seal.commit(desk, sealed(desk, target))
    opened = desk.workspace.move_dossier(desk.dossier.id, DossierState.OPEN)
    desk.choose(opened)
    assert seal.default_name(desk) == "30604_ntm_2023_lan2.asice"
    again = seal.prepare(desk, SIGNATORY).snapshot
    assert (again.revision, again.previous) == (2, seal.latest(desk).identity)


def test_file_can_be_moved_and_still_be_verified(desk, target, tmp_path):
    built = sealed(desk, target)
    moved = tmp_path / "USB" / "Hồ sơ của xã.asice"
    moved.parent.mkdir()
    shutil.move(target, moved)
    assert verify_with(moved, anchors=(), at=NOW).identity == built.identity


@needs_pdfsig
def test_papers_are_signed_with_the_key_of_the_file_and_the_index_lists_them_signed(desk, target, tmp_path):
    sealed(desk, target, key_file(tmp_path))
    with zipfile.ZipFile(target) as container:
        papers = {
            name: container.read(f"documents/{name}")
            for name in ("02_bao_cao_ket_qua.pdf", "08_danh_muc_tep.pdf")
        }
    for content in papers.values():
        assert pdfsig(content, tmp_path) == [(SIGNER, "Signature is Valid.")]
    path = tmp_path / "index.pdf"
    path.write_bytes(papers["08_danh_muc_tep.pdf"])
    printed = "".join(flowing_text_of(path).split())
    assert hashlib.sha256(papers["02_bao_cao_ket_qua.pdf"]).hexdigest() in printed
