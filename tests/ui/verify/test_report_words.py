"""What is said of a file: the outcome, the reason, and never that a changed file is good."""

from __future__ import annotations

import dataclasses

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.verify import Ground, Reason, Revocation, Stamp, Trust, Verification
from ntm_desktop.trust.judge import Integrity
from ntm_desktop.trust.revocation import RevocationFacts
from ntm_desktop.trust.timestamps import TimestampFacts
from ntm_desktop.ui.verify.report_words import (
    bound_line,
    changed_files,
    differences,
    file_groups,
    head_of,
    letter_of,
    self_declared_line,
    signers_of,
    tallies,
    time_marks,
    unchecked_line,
)
from tests.support.sealing import SIGNATORY
from tests.support.signers import NOW


@pytest.mark.parametrize(
    ("kind", "outcome", "sentence"),
    [
        ("valid", Verification.VALID, "Hợp lệ: đúng bản xã Vĩnh An đã ký, chưa bị sửa"),
        ("unsigned", Verification.UNKNOWN, "Chưa đủ căn cứ kết luận: hồ sơ chưa được ký"),
        (
            "stranger",
            Verification.UNKNOWN,
            "Chưa đủ căn cứ kết luận: máy này chưa biết nơi cấp chứng thư của người ký",
        ),
        ("changed", Verification.INVALID, "Không hợp lệ: 1 tệp đã bị đổi sau khi ký"),
        ("forged", Verification.INVALID, "Không hợp lệ: tính lại ra kết quả khác"),
        ("paper", Verification.VALID, "Hợp lệ: đúng bản đã ký, chưa bị sửa"),
        ("paged", Verification.INVALID, "Không hợp lệ: giấy tờ bị thêm hoặc bớt trang sau khi ký"),
        ("broken", Verification.INVALID, "Không hợp lệ: tệp không đúng cấu tạo của một hồ sơ"),
    ],
)
def test_head_says_the_outcome_and_its_cause(found, kind, outcome, sentence):
    verified = found(kind)
    head = head_of(verified.report, verified.at)
    assert (head.verification, head.sentence) == (outcome, sentence)
    assert bool(head.advice[0]) is (outcome is not Verification.VALID)
    assert "kiểm tra trên máy này lúc 15:30" in head.under


@pytest.mark.parametrize(
    ("ground", "sentence"),
    [
        (Ground.FORMAT_UNKNOWN, "hồ sơ được lập bằng chương trình mới hơn"),
        (Ground.RULES_UNKNOWN, "bộ tiêu chí trong hồ sơ cần chương trình mới hơn"),
        (Ground.PUBLISHER_UNKNOWN, "máy này chưa biết nơi phát hành gói tiêu chí"),
        (Ground.CERTIFICATE_NOT_VALID, "chứng thư không còn hiệu lực"),
    ],
)
def test_what_is_open_is_named(found, ground, sentence):
    verified = found("valid")
    report = dataclasses.replace(verified.report, reasons=(Reason(ground),))
    head = head_of(report, verified.at)
    assert head.sentence == f"Chưa đủ căn cứ kết luận: {sentence}"
    assert all(head.advice)


@pytest.mark.parametrize(
    ("ground", "sentence"),
    [
        (Ground.SIGNATURE_BROKEN, "chữ ký không khớp với nội dung"),
        (Ground.PACK_DIFFERS, "gói tiêu chí không phải gói mà hồ sơ nêu"),
    ],
)
def test_what_is_wrong_is_named(found, ground, sentence):
    verified = found("valid")
    report = dataclasses.replace(verified.report, reasons=(Reason(ground),))
    assert head_of(report, verified.at).sentence == f"Không hợp lệ: {sentence}"


def test_a_good_signature_over_changed_files_has_a_line_that_says_so(found):
    (signer,) = signers_of(found("changed").report)
    signature, content = signer.marks
    assert (signature.well, signature.words) == (True, "Chữ ký đúng, chứng thư tin cậy")
    assert (content.well, content.words) == (False, "Không còn khớp với 1 tệp")


def test_signer_has_office_time_and_issuer(found):
    (signer,) = signers_of(found("valid").report)
    assert signer.who == "Nguyễn Thị Hồng Ánh, CHỦ TỊCH"
    assert signer.second == "Ký 02/03/2026 15:30 · Cơ quan chứng thực thử nghiệm · hết hạn 31/01/2027"
    assert [mark.well for mark in signer.marks] == [True, None]


def test_an_unknown_issuer_is_neither_well_nor_wrong(found):
    (signer,) = signers_of(found("stranger").report)
    assert signer.marks[0].well is None


def test_a_signature_that_does_not_fit_speaks_for_nothing(found):
    report = found("valid").report
    bad = dataclasses.replace(
        report.signatures[0], integrity=type(report.signatures[0].integrity)("content_changed")
    )
    (signer,) = signers_of(dataclasses.replace(report, signatures=(bad,)))
    assert [mark.well for mark in signer.marks] == [False, False]


def test_a_certificate_that_was_not_valid_then_is_wrong(found):
    report = found("valid").report
    late = dataclasses.replace(report.signatures[0], valid_when_claimed=False)
    (signer,) = signers_of(dataclasses.replace(report, signatures=(late,)))
    assert signer.marks[0].well is False


def test_verdicts_are_counted_on_both_sides_and_rare_kinds_have_no_row(found):
    report = found("valid").report
    counted = tallies(report)
    assert sum(one.recorded for one in counted) == sum(one.computed for one in counted) == 57
    assert all(one.recorded and not one.differing for one in counted)


def test_a_verdict_that_does_not_come_out_is_named_with_figure_and_gap(found):
    (difference,) = differences(found("forged").report)
    assert (difference.code, difference.before, difference.after) == ("8.4", Verdict.MET, Verdict.NOT_MET)
    assert difference.why.whole() == "25,69\u00a0% · Mức đạt > 30\u00a0%. Thiếu 103 hồ sơ."
    assert sum(one.differing for one in tallies(found("forged").report)) == 2


def test_thresholds_nobody_compared_and_own_words_are_told(found):
    report = found("valid").report
    assert "chưa đối chiếu" in unchecked_line(report)
    assert self_declared_line(report) == ""
    told = dataclasses.replace(report, self_declared=("profile:vung", "threshold:8.4.d"))
    assert self_declared_line(told) == "Theo lời xã tự khai: mức đạt do xã tự nêu: 8.4.d; 1 đặc điểm của xã"


def test_nothing_recomputed_has_no_counts(found):
    report = found("newer").report
    assert (tallies(report), differences(report), unchecked_line(report)) == ((), (), "")
    assert head_of(report, found("newer").at).verification is Verification.INVALID


def test_changed_evidence_comes_first_in_its_group_under_its_own_name(found):
    report = found("changed").report
    assert len(changed_files(report)) == 1
    groups = {group.title: group.lines for group in file_groups(report)}
    assert list(groups) == ["Giấy tờ", "Số liệu và kết quả", "Minh chứng", "Gói tiêu chí", "Tệp khác"]
    first = groups["Minh chứng"][0]
    assert (first.ok, first.fact) == (False, "khác lúc ký")
    assert first.title.startswith("8.4.d Báo cáo")
    assert all(line.ok for title, lines in groups.items() if title != "Minh chứng" for line in lines)


def test_letter_names_file_cause_and_check_code(found):
    verified = found("changed")
    letter = letter_of(verified.report, verified.at)
    assert "Kính gửi: Ủy ban nhân dân xã Vĩnh An," in letter
    assert "changed.asice" in letter
    assert verified.report.identity in letter


def test_signature_of_a_paper_says_what_stands_behind_it(found):
    (signer,) = signers_of(found("paper").report)
    assert [mark.words for mark in signer.marks] == ["Chữ ký đúng, chứng thư tin cậy", "Trùm cả tệp"]
    (signer,) = signers_of(found("paged").report)
    assert signer.marks[1].words == "Sau chữ ký này có thêm hoặc bớt trang"
    (broken,) = signers_of(
        dataclasses.replace(found("paper").report, papers=(_broken(found("paper").report.papers[0]),))
    )
    assert broken.marks[1].words == "Chữ ký không xác nhận gì trong tệp này"


def _broken(paper):
    facts = dataclasses.replace(paper.signatures[0].facts, integrity=Integrity.SIGNATURE_WRONG)
    return dataclasses.replace(paper, signatures=(dataclasses.replace(paper.signatures[0], facts=facts),))


def test_index_that_binds_a_dossier_is_said_with_its_signers(found):
    report = found("valid").report
    assert bound_line(report) == ""
    assert "cũng ghi đúng từng tệp" in bound_line(dataclasses.replace(report, bound_by="documents/02.pdf"))
    index = dataclasses.replace(found("paper").report.papers[0], name="documents/02.pdf")
    alone = dataclasses.replace(report, signatures=(), bound_by=index.name, papers=(index,))
    assert "ràng buộc cả hồ sơ" in bound_line(alone)
    assert [one.who for one in signers_of(alone)] == [SIGNATORY.name + ", " + SIGNATORY.title]


def test_advice_on_a_paper_nobody_signed_asks_for_the_signed_one(found):
    report = dataclasses.replace(found("paper").report, reasons=(Reason(Ground.PAPER_UNSIGNED),))
    head = head_of(report, NOW)
    assert head.sentence == "Chưa đủ căn cứ kết luận: giấy tờ chưa được ký"
    assert head.advice[1] == "Đề nghị xã gửi bản giấy tờ đã ký."


def test_time_and_revocation_of_a_signature_are_told_and_what_to_do(found):
    report = found("valid").report
    (bare,) = report.signatures
    stamp = TimestampFacts(Stamp.PROVEN, NOW, bare.path[1:])
    revoked = RevocationFacts(Revocation.REVOKED, NOW, NOW)
    facts = dataclasses.replace(bare, timestamp=stamp, revoked=revoked)
    ground = Reason(Ground.CERTIFICATE_REVOKED, facts.signer)
    bad = dataclasses.replace(report, signatures=(facts,), reasons=(ground,))
    (signer,) = signers_of(bad)
    assert [mark.well for mark in signer.marks] == [None, False]
    assert [mark.well for mark in time_marks((signer,))] == [True]
    assert "ký lại" in head_of(bad, NOW).advice[1]
    expired = dataclasses.replace(bare, trust=Trust.EXPIRED_SINCE, timestamp=TimestampFacts(Stamp.WRONG))
    (signer,) = signers_of(dataclasses.replace(report, signatures=(expired,)))
    assert (signer.marks[0].words, time_marks((signer,))[0].well) == (
        "Chữ ký đúng, chứng thư nay đã hết hạn",
        None,
    )
