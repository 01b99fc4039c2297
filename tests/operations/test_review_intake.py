from __future__ import annotations

import dataclasses
import shutil
from concurrent.futures import BrokenExecutor, Future
from pathlib import Path

import pytest

from ntm_desktop.disk import Disk
from ntm_desktop.dossier import fetching
from ntm_desktop.errors import Cancelled, FileUnreadable, FileUnwritable
from ntm_desktop.operations import review_intake as module
from ntm_desktop.operations.copies import Watch
from ntm_desktop.operations.envelopes import lock, open_receiving_key, receiver_of
from ntm_desktop.operations.review_intake import Judging, Outcome, files_in, record
from tests.support.reviewers import container, frozen, of_communes, review_desk, taken
from tests.support.sealing import desk_to_seal, forged, in_a_later_rule_language, own_pack
from tests.support.signers import NOW, PASSWORD, key_file, receiver_files


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """Make what came in: three communes, unsigned, of a rule language to come, changed on the way, and no dossiers."""
    folder = tmp_path_factory.mktemp("sent")
    with desk_to_seal(folder) as desk:
        key = key_file(folder)
        good = of_communes(desk, folder / "den", key, 3)
        unsigned = container(desk, frozen(desk, dossier="0" * 32), folder / "khong-ky.asice", None)
        base = frozen(desk)
        later = container(
            desk, forged(base, in_a_later_rule_language(own_pack(base))), folder / "ngon-ngu.asice", key
        )
    changed = folder / "sua.asice"
    content = bytearray(good[0].read_bytes())
    content[content.find(b"minh chung")] ^= 1
    changed.write_bytes(content)
    return {"good": good, "unsigned": unsigned, "changed": changed, "later": later, "folder": folder}


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path) as made:
        yield made


def outcomes(found):
    return [one.outcome for one in found]


def test_many_are_taken_in_at_once_and_the_originals_stay_as_they_were(desk, sent):
    before = [path.read_bytes() for path in sent["good"]]
    found = taken(desk, sent["folder"] / "den")
    assert outcomes(found) == [Outcome.TAKEN] * 3
    assert [one.incoming.verification for one in found] == ["VALID"] * 3
    assert {one.commune for one in desk.folder.incoming()} == {path.stem for path in sent["good"]}
    assert [desk.folder.path_of(one.identity).read_bytes() for one in found] == before
    assert [path.read_bytes() for path in sent["good"]] == before
    one = found[0].incoming
    assert (one.total, one.publisher != "", one.signers) == (57, True, ("Nguyễn Thị Hồng Ánh",))
    results = desk.folder.results(one.set_id, one.year, "indicator")
    assert (len(results), {len(communes) for communes in results.values()}) == (57, {3})
    assert not list((desk.folder.folder / "arriving").iterdir())


def test_bad_files_are_listed_with_their_reason_and_the_work_goes_on(desk, sent, tmp_path):
    junk = tmp_path / "den"
    junk.mkdir()
    (junk / "a.txt").write_text("thư")
    (junk / "b.asice").write_bytes(b"PK\x03\x04" + b"x" * 50)
    (junk / "c.asice").symlink_to(tmp_path / "nowhere")
    shutil.copy(sent["changed"], junk / "d.asice")
    shutil.copy(sent["good"][1], junk / "e.asice")
    found = taken(desk, junk)
    assert [(one.outcome, one.code) for one in found] == [
        (Outcome.REFUSED, "not_a_container"),
        (Outcome.REFUSED, "not_a_container"),
        (Outcome.REFUSED, "file_unreadable"),
        (Outcome.REFUSED, "not_valid"),
        (Outcome.TAKEN, ""),
    ]
    assert [Path(one.source).name for one in desk.folder.refusals()] == [
        "d.asice",
        "c.asice",
        "b.asice",
        "a.txt",
    ]
    (kept,) = (desk.folder.folder / "quarantine").iterdir()
    assert desk.folder.refusals()[0].kept == kept.name
    assert kept.read_bytes() == sent["changed"].read_bytes()


def test_hundreds_of_junk_files_are_each_listed(desk, tmp_path):
    folder = tmp_path / "den" / "trong"
    folder.mkdir(parents=True)
    for number in range(200):
        (folder / f"{number:04}.asice").write_bytes(b"PK\x03\x04"[: number % 5] + b"\x00" * (number % 7))
    found = taken(desk, tmp_path / "den")
    assert outcomes(found) == [Outcome.REFUSED] * 200
    assert len(desk.folder.refusals()) == 200


def test_same_dossier_twice_is_taken_once_and_read_once(desk, sent, monkeypatch):
    (first,) = taken(desk, sent["good"][0])
    (again,) = taken(desk, sent["good"][0])
    assert (again.outcome, again.identity) == (Outcome.DUPLICATE, first.identity)
    monkeypatch.setattr(module, "verify_with", None)
    assert outcomes(taken(desk, desk.folder.path_of(first.identity))) == [Outcome.DUPLICATE]
    assert desk.folder.refusals() == ()


def test_dossier_is_judged_again_once_its_signer_is_known(tmp_path, sent):
    with review_desk(tmp_path, believing=False) as desk:
        (first,) = taken(desk, sent["good"][0])
        assert first.incoming.reasons == ("signer_unknown:Nguyễn Thị Hồng Ánh",)
        desk.believe([tmp_path / "ca.pem"] if (tmp_path / "ca.pem").exists() else [_anchor(tmp_path)])
        (again,) = taken(desk, sent["good"][0])
    assert (again.outcome, again.incoming.verification, again.incoming.reasons) == (
        Outcome.JUDGED_AGAIN,
        "VALID",
        (),
    )


def _anchor(folder):
    from tests.support.signers import authority

    path = folder / "ca.pem"
    path.write_bytes(authority().pem)
    return path


def test_unsigned_and_what_nobody_can_recompute_yet_are_taken_in_with_their_doubts(desk, sent):
    unsigned, later = taken(desk, sent["unsigned"], sent["later"])
    assert unsigned.incoming.reasons == ("unsigned:",)
    assert {reason.partition(":")[0] for reason in later.incoming.reasons} == {
        "publisher_unknown",
        "rules_unknown",
    }
    assert later.incoming.total == 57  # as it was signed
    assert later.incoming.set_title != unsigned.incoming.set_title  # the long one: the pack could not be read


def test_place_that_is_not_there_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(FileUnreadable):
        files_in([tmp_path, tmp_path / "nowhere"])
    (tmp_path / "a").write_text("x")
    assert files_in([tmp_path / "a", tmp_path]) == (tmp_path / "a",)


def test_stopping_keeps_what_was_recorded_and_drops_what_was_not(desk, sent):
    told = []
    job = Judging.at(desk).run(sent["good"], NOW, tell=told.append, cancelled=lambda: len(told) > 1)
    found = [record(desk, next(job))]
    with pytest.raises(Cancelled):
        next(job)
    assert outcomes(found) == [Outcome.TAKEN]
    assert [one.done for one in told] == [0, 1]
    assert len(desk.folder.incoming()) == 1
    assert not list((desk.folder.folder / "arriving").iterdir())


def test_stopping_between_two_files_reads_no_more_of_them(desk, sent):
    stop = []
    job = Judging.at(desk).run(sent["good"], NOW, cancelled=lambda: bool(stop))
    first = record(desk, next(job))
    stop.append(True)
    with pytest.raises(Cancelled):
        next(job)
    assert [one.identity for one in desk.folder.incoming()] == [first.identity]


def test_what_was_judged_without_a_copy_is_not_recorded_a_second_time(desk, sent):
    (arrival,) = Judging.at(desk).run(sent["good"][:1], NOW)
    assert record(desk, arrival).outcome is Outcome.TAKEN
    again = record(desk, dataclasses.replace(arrival, copy=None))
    assert (again.outcome, again.identity) == (Outcome.DUPLICATE, arrival.identity)
    assert len(desk.folder.incoming()) == 1


def test_stopping_in_the_middle_of_a_file_drops_its_copy(desk, sent):
    calls = iter([False, True])
    job = Judging.at(desk).run(sent["good"][:1], NOW, cancelled=lambda: next(calls, True))
    with pytest.raises(Cancelled):
        next(job)
    assert not list((desk.folder.folder / "arriving").iterdir())


def test_full_disk_of_the_reviewer_stops_the_work(desk, sent, monkeypatch):
    monkeypatch.setattr(Disk, "create", _refuse)
    with pytest.raises(FileUnwritable):
        taken(desk, sent["good"][0])
    assert desk.folder.incoming() == ()
    assert desk.folder.refusals() == ()


def test_container_that_cannot_be_put_in_quarantine_is_told(desk, sent, monkeypatch):
    (arrival,) = Judging.at(desk).run([sent["changed"]], NOW)
    monkeypatch.setattr(Disk, "rename", _refuse)
    with pytest.raises(FileUnwritable):
        record(desk, arrival)


def _refuse(*_args):
    raise PermissionError(13, "no")


def test_same_dossier_twice_in_one_go_is_taken_once(desk, sent, tmp_path):
    shutil.copy(sent["good"][0], tmp_path / "lan-hai.asice")
    found = taken(desk, sent["good"][0], tmp_path / "lan-hai.asice")
    assert outcomes(found) == [Outcome.TAKEN, Outcome.DUPLICATE]
    assert found[1].incoming == dataclasses.replace(found[0].incoming)


def test_what_was_locked_for_this_office_waits_for_its_key(desk, sent, tmp_path):
    certificate, key_path = receiver_files(tmp_path)
    (tmp_path / "usb").mkdir()
    locked = lock(sent["good"][0], receiver_of(certificate), tmp_path / "usb", Watch()).path
    (found,) = taken(desk, locked)
    assert (found.outcome, found.code) == (Outcome.REFUSED, module.LOCKED)
    assert desk.folder.refusals() == ()
    key = open_receiving_key(key_path, PASSWORD)
    (found,) = module.take_in(desk, [tmp_path / "usb"], key=key)
    assert found.outcome is Outcome.TAKEN
    assert desk.folder.path_of(found.identity).read_bytes() == sent["good"][0].read_bytes()
    assert found.incoming.size == sent["good"][0].stat().st_size
    locked.write_bytes(locked.read_bytes()[:-1])
    (found,) = module.take_in(desk, [locked], key=key)
    assert (found.outcome, found.code) == (Outcome.REFUSED, "envelope_damaged")
    assert not list((desk.folder.folder / "arriving").iterdir())


# ---------------------------------------------------------------- two at a time


def test_two_are_judged_at_a_time_with_the_same_outcome(desk, sent, monkeypatch):
    monkeypatch.setattr(module, "ENOUGH", 2)
    found = taken(desk, sent["folder"] / "den", sent["changed"])
    assert outcomes(found) == [Outcome.TAKEN] * 3 + [Outcome.REFUSED]
    assert {one.commune for one in desk.folder.incoming()} == {path.stem for path in sent["good"]}
    assert not list((desk.folder.folder / "arriving").iterdir())


class Dying:
    """A second process that dies with its first file."""

    def __init__(self, *_all, **_more):
        self.ended = False

    def submit(self, *_all):
        future = Future()
        future.set_exception(BrokenExecutor())
        return future

    def shutdown(self):
        self.ended = True


def test_a_second_process_that_dies_costs_nothing(desk, sent, monkeypatch):
    monkeypatch.setattr(module, "ENOUGH", 2)
    monkeypatch.setattr(fetching, "ProcessPoolExecutor", Dying)
    assert outcomes(taken(desk, sent["folder"] / "den")) == [Outcome.TAKEN] * 3


def test_who_stops_leaves_nothing_of_what_the_second_process_had(desk, sent, monkeypatch):
    monkeypatch.setattr(module, "ENOUGH", 2)
    monkeypatch.setattr(fetching, "ProcessPoolExecutor", Dying)
    asked = iter((False, True))
    with pytest.raises(Cancelled):
        list(Judging.at(desk).run(sent["good"], NOW, cancelled=lambda: next(asked)))
    assert not list((desk.folder.folder / "arriving").iterdir())
