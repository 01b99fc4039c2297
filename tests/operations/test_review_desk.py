from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import review_desk as module
from ntm_desktop.operations.review_desk import (
    Flag,
    NotTakenIn,
    UnknownProvince,
    create_review,
    is_review,
    open_review,
)
from ntm_desktop.packs.shipped import shipped_pack
from ntm_desktop.trust.anchors import NoCertificate
from tests.support.desks import NTM
from tests.support.reviewers import OFFICE, PROVINCE, REVIEWER, review_desk, reviewing_clock
from tests.support.signers import authority
from tests.workspace.test_review_folder import FIRST, take_in

CURRENT = dataclasses.replace(FIRST, set_id=NTM, set_version=shipped_pack(NTM).version)


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path, believing=False) as made:
        yield made


def put(desk, **changes):
    return take_in(desk.folder, dataclasses.replace(CURRENT, **changes))


def flags(desk):
    return {identity[0]: set(found) for identity, found in desk.flags(desk.folder.incoming()).items()}


@pytest.mark.parametrize("name", ["An Giang", "tỉnh an giang", "  Tỉnh An  Giang "])
def test_province_is_found_with_or_without_its_kind(tmp_path, name):
    desk = create_review(tmp_path / "x", name, office=OFFICE, who=REVIEWER, clock=reviewing_clock)
    desk.close()
    assert desk.folder.province == PROVINCE
    assert is_review(tmp_path / "x")
    assert not is_review(tmp_path)


def test_cities_are_found_by_their_last_words(tmp_path):
    desk = create_review(tmp_path / "x", "Hồ Chí Minh", office=OFFICE, who=REVIEWER, clock=reviewing_clock)
    desk.close()
    assert desk.folder.province == "Thành phố Hồ Chí Minh"


def test_name_of_no_province_makes_nothing(tmp_path):
    with pytest.raises(UnknownProvince):
        create_review(tmp_path / "x", "Atlantis", office=OFFICE, who=REVIEWER)
    assert not (tmp_path / "x").exists()


def test_nothing_is_said_of_a_dossier_in_order(desk):
    put(desk)
    assert flags(desk) == {"1": set()}


def test_every_doubt_of_the_verification_is_flagged(desk):
    put(desk, reasons=("unsigned:", "publisher_unknown:bo"))
    put(desk, identity="2" * 64, commune="30589", reasons=("certificate_not_valid:A", "rules_unknown:99"))
    assert flags(desk) == {
        "1": {Flag.UNSIGNED, Flag.PUBLISHER_UNKNOWN},
        "2": {Flag.SIGNER_UNKNOWN, Flag.NOT_CONCLUDED},
    }


def test_late_is_what_comes_after_the_last_day(desk):
    put(desk)
    desk.folder.set_deadline(NTM, 2024, "2026-03-02")
    assert flags(desk) == {"1": set()}
    desk.folder.set_deadline(NTM, 2024, "2026-03-01")
    assert flags(desk) == {"1": {Flag.LATE}}


def test_foreign_old_rival_and_orphan_are_flagged(desk):
    put(desk, commune="00004")
    put(desk, identity="2" * 64, commune="30589", set_version="0.0.1")
    put(desk, identity="3" * 64, dossier="d3", revision=2, previous="9" * 64)
    put(desk, identity="4" * 64, dossier="d4", previous="3" * 64)
    put(desk, identity="5" * 64, dossier="d5", commune="30526", set_id="nobody-knows")
    assert flags(desk) == {
        "1": {Flag.FOREIGN},
        "2": {Flag.OLD_SET},
        "3": {Flag.PREDECESSOR_MISSING, Flag.RIVAL},
        "4": {Flag.RIVAL},
        "5": set(),
    }


def test_without_a_list_of_communes_none_is_foreign(desk):
    desk._codes = frozenset()
    put(desk, commune="00004")
    assert flags(desk) == {"1": set()}


def test_every_commune_of_the_province_has_a_case_and_foreign_ones_come_last(desk):
    put(desk)
    put(desk, identity="2" * 64, revision=2)
    put(desk, identity="3" * 64, commune="00004", commune_name="Ba Đình")
    put(desk, identity="4" * 64, year=2023)
    cases = desk.cases(NTM, 2024)
    today = [unit for unit in desk.units if unit.until is None]
    assert len(cases) == len(today) + 1
    assert (cases[-1].name, cases[-1].flags) == ("Ba Đình", (Flag.FOREIGN,))
    (own,) = [case for case in cases if case.code == "30604"]
    assert [one.revision for one in own.revisions] == [2, 1]
    assert own.latest.identity == "2" * 64
    assert cases[0].latest is None
    assert desk.sets() == ((NTM, 2024, "Xã NTM"), (NTM, 2023, "Xã NTM"))


def test_dossier_is_found_by_the_beginning_of_its_identity_when_there_is_one_only(desk):
    put(desk)
    put(desk, identity="12" + "0" * 62, commune="30589")
    assert desk.dossier("11").commune == "30604"
    assert desk.dossier("1" * 64).commune == "30604"
    for unclear in ("1", "", "9"):
        with pytest.raises(NotTakenIn):
            desk.dossier(unclear)


def test_certificates_that_cannot_be_read_or_kept_are_refused(desk, tmp_path, monkeypatch):
    junk, anchor = tmp_path / "x.pem", tmp_path / "ca.pem"
    junk.write_text("x")
    anchor.write_bytes(authority().pem)
    with pytest.raises(NoCertificate):
        desk.believe([anchor, junk])
    assert desk.folder.anchors() == ()
    assert desk.believe([anchor, anchor]) == 1
    monkeypatch.setattr(module.shutil, "copyfile", _refuse)
    with pytest.raises(FileUnwritable):
        desk.believe([anchor])


def _refuse(*_args):
    raise PermissionError(13, "no")


def test_desk_opens_again_and_tells_the_time_twice(desk):
    desk.close()
    again = open_review(desk.folder.folder, who=REVIEWER, clock=reviewing_clock)
    again.close()
    assert again.now().isoformat() == "2026-03-02T15:30:00+07:00"
    assert again.now_utc() == "2026-03-02T08:30:00.000Z"


def test_desk_is_read_beside_the_window(tmp_path):
    with review_desk(tmp_path, believing=False) as desk, desk.beside() as beside:
        assert beside.units == desk.units
        assert beside.sets() == ()
