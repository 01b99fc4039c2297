from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.operations import seal
from ntm_desktop.operations.seal import Sealed
from ntm_desktop.operations.verify import verify_with
from ntm_desktop.ui.sealing import outcome
from ntm_desktop.ui.sealing.outcome import Action, Checked, Tone, issuer_name, outcome_of
from tests.support.containers import rezip
from tests.support.sealing import (
    SIGNATORY,
    desk_to_seal,
    forged,
    own_pack,
    pack_by_hand,
    with_lower_threshold,
)
from tests.support.signers import NOW, authority, key_file

NAME = "Xã NTM · năm 2023"


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """A signed and an unsigned file with their records, and the set."""
    folder = tmp_path_factory.mktemp("outcome")
    with desk_to_seal(folder) as desk:
        prepared = seal.prepare(desk, SIGNATORY)
        key = key_file(folder)
        signed = seal.build(desk.workspace, prepared, folder / "signed.asice", key)
        unsigned = seal.build(desk.workspace, prepared, folder / "unsigned.asice", None)
        snapshot = forged(prepared.snapshot, with_lower_threshold(own_pack(prepared.snapshot)))
        foreign = pack_by_hand(desk, snapshot, folder / "foreign.asice", key)
        return SealedFiles(folder, desk.compiled.source, signed, unsigned, foreign)


class SealedFiles:
    def __init__(self, folder, criterion_set, signed, unsigned, foreign):
        self.folder, self.set = folder, criterion_set
        self.signed, self.unsigned, self.foreign = signed, unsigned, foreign

    def record(self, built, **more):
        made = Sealed(
            "d", 1, built.identity, str(built.path), built.size, "UNKNOWN", "2026-03-02T08:30:00.000Z"
        )
        return dataclasses.replace(made, **more)

    def shown(self, path, record, anchors=()):
        report = verify_with(path, anchors=anchors, at=NOW)
        return outcome_of(record, NAME, self.set, Checked(report, NOW))


def tones(shown):
    return [row.tone for row in shown.rows]


def test_signed_file_is_said_in_one_sentence_and_unknown_signer_is_no_failure(sealed):
    shown = sealed.shown(sealed.signed.path, sealed.record(sealed.signed))
    assert (shown.tone, shown.headline) == (Tone.FINE, "Hồ sơ đã ký và đã lưu thành tệp")
    assert Tone.BROKEN not in tones(shown)
    (unknown,) = [row for row in shown.rows if "chứng thư gốc để kết luận" in row.title]
    assert unknown.tone is Tone.NEUTRAL


def test_known_signer_needs_no_row(sealed):
    shown = sealed.shown(sealed.signed.path, sealed.record(sealed.signed), [authority().anchor])
    assert not [row for row in shown.rows if "chứng thư gốc để kết luận" in row.title]


def test_neutral_facts_come_after_the_fine_ones(sealed):
    found = tones(sealed.shown(sealed.signed.path, sealed.record(sealed.signed)))
    assert found == [Tone.FINE] * 4 + [Tone.NEUTRAL] * 3


def test_signature_names_who_office_and_when_in_viet_nam(sealed):
    first = sealed.shown(sealed.signed.path, sealed.record(sealed.signed)).rows[0]
    assert first.second == "Nguyễn Thị Hồng Ánh, CHỦ TỊCH · 02/03/2026 15:30"
    assert first.action is Action.CERTIFICATE


def test_use_without_a_timestamp_is_promised_only_where_it_was_found(sealed, tmp_path):
    fine = sealed.shown(sealed.signed.path, sealed.record(sealed.signed)).rows[-1]
    assert (fine.title, fine.tone) == ("Chưa có dấu thời gian", Tone.NEUTRAL)
    assert "Chữ ký hôm nay vẫn dùng được" in fine.second
    assert "tự bổ sung" not in fine.second
    other = rezip(sealed.signed.path, tmp_path / "a.asice", replace={"META-INF/signature001.p7s": b"none"})
    broken = sealed.shown(other, sealed.record(sealed.signed))
    (stamp,) = [row for row in broken.rows if row.icon == "clock"]
    assert "vẫn dùng được" not in stamp.second


def test_unsigned_file_promises_nothing_about_a_signature(sealed):
    shown = sealed.shown(sealed.unsigned.path, sealed.record(sealed.unsigned))
    assert (shown.tone, shown.headline) == (Tone.NEUTRAL, "Hồ sơ đã lưu thành tệp, chưa ký")
    assert shown.rows[0].title == "Chưa ký"
    assert not [row for row in shown.rows if row.icon == "clock"]


def test_broken_signature_comes_first_and_is_the_sentence(sealed, tmp_path):
    other = rezip(sealed.signed.path, tmp_path / "a.asice", replace={"META-INF/signature001.p7s": b"none"})
    shown = sealed.shown(other, sealed.record(sealed.signed))
    assert shown.tone is Tone.BROKEN
    assert shown.headline == shown.rows[0].title == "Chữ ký không khớp với nội dung"


def test_good_signature_over_changed_files_is_not_read_as_good(sealed, tmp_path):
    other = rezip(sealed.signed.path, tmp_path / "a.asice", replace={"index.html": b"<p>57/57</p>"})
    shown = sealed.shown(other, sealed.record(sealed.signed))
    assert shown.headline == shown.rows[0].title == "Tệp đã bị sửa sau khi ghi"
    assert shown.rows[0].second == "index.html"
    assert [row.tone for row in shown.rows[:2]] == [Tone.BROKEN, Tone.NEUTRAL]
    assert shown.rows[1].title == "Chữ ký đúng với danh mục tệp, nhưng tệp hiện có thì khác"
    assert not [row for row in shown.rows if "chưa bị sửa" in row.title or "vẫn dùng được" in row.second]


def test_other_file_at_the_recorded_place_is_found(sealed):
    shown = sealed.shown(sealed.unsigned.path, sealed.record(sealed.signed, identity="00" * 32))
    assert shown.headline == "Tệp này không phải tệp đã ghi ở đây"
    assert shown.rows[0].action is Action.FIND


def test_unreadable_figures_are_said(sealed, tmp_path):
    other = rezip(sealed.signed.path, tmp_path / "a.asice", replace={"dossier.json": b"{"})
    shown = sealed.shown(other, sealed.record(sealed.signed))
    assert shown.headline == "Tệp đã bị sửa sau khi ghi"
    assert "Không tính lại được kết quả" in [row.title for row in shown.rows]


def test_pack_of_unknown_publisher_is_a_neutral_fact(sealed):
    report = verify_with(sealed.foreign, anchors=(), at=NOW)
    record = sealed.record(sealed.signed, identity=report.identity, path=str(sealed.foreign))
    shown = sealed.shown(sealed.foreign, record)
    (row,) = [row for row in shown.rows if "gói tiêu chí" in row.title]
    assert (row.tone, shown.tone) == (Tone.NEUTRAL, Tone.FINE)


def test_before_reading_nothing_is_claimed_about_the_file(sealed):
    shown = outcome.not_read(sealed.record(sealed.signed), NAME)
    assert not shown.checked
    assert tones(shown) == [Tone.NEUTRAL]
    assert shown.headline == "Hồ sơ đã khóa, tệp ghi ngày 02/03/2026 15:30"
    gone = outcome.not_readable(sealed.record(sealed.signed), NAME)
    assert (tones(gone), gone.rows[0].action) == ([Tone.BROKEN], Action.FIND)


def test_issuer_is_shown_by_its_common_name(sealed):
    certificate = verify_with(sealed.signed.path, anchors=(), at=NOW).signatures[0].certificate
    assert issuer_name(certificate) == "Cơ quan chứng thực thử nghiệm"
    tricky = dataclasses.replace(certificate, issuer=r"O=Ban\, cơ yếu,CN=Tên\, có phẩy \+ cộng,C=VN")
    assert issuer_name(tricky) == "Tên, có phẩy + cộng"
    assert issuer_name(dataclasses.replace(certificate, issuer="O=Chỉ có tổ chức")) == "O=Chỉ có tổ chức"


def test_check_code_is_grouped_in_fours():
    assert outcome.grouped("9f2c41a7e05b") == "9F2C 41A7 E05B"


def test_details_of_a_certificate_have_a_line_each(sealed):
    certificate = verify_with(sealed.signed.path, anchors=(), at=NOW).signatures[0].certificate
    lines = outcome.certificate_details(certificate).splitlines()
    assert lines[0] == "Người ký: Nguyễn Thị Hồng Ánh"
    assert len(lines) == 7
