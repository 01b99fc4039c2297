from __future__ import annotations

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations.answer import answer, cite
from ntm_desktop.operations.findings import FindingKind, findings
from ntm_desktop.ui.sealing import finding_words
from tests.support.sealing import ONLINE, SOLVED, figure, stored_evidence


def lines(desk, kind):
    return [finding_words.finding_line(desk, one) for one in findings(desk) if one.kind is kind]


def test_unreadable_figure_is_named_with_what_is_wrong(desk):
    answer(desk, figure(ONLINE), "sáu trăm")
    (line,) = lines(desk, FindingKind.UNREADABLE_FIGURE)
    assert line.title.startswith("Số hồ sơ") or ":" in line.title
    assert line.place == "8.4.d"


def test_estimate_names_the_figure(desk):
    cite(desk, {figure(SOLVED): Provenance("Một cửa", estimated=True)})
    (line,) = lines(desk, FindingKind.ESTIMATE)
    assert line.title.startswith("Số ước tính: ")


def test_check_of_the_set_speaks_in_the_words_of_the_set(desk):
    answer(desk, figure(ONLINE), "9.999")
    (line,) = lines(desk, FindingKind.CHECK)
    assert line.title == "Hồ sơ trực tuyến lớn hơn tổng số hồ sơ. Xem lại hai số."


def test_evidence_that_is_gone_is_named_by_its_file(desk):
    stored_evidence(desk).unlink()
    (line,) = lines(desk, FindingKind.EVIDENCE_GONE)
    assert line.title == 'Tệp đã lưu không mở được nữa: Báo cáo <một cửa> & "quý IV".pdf'


def test_missing_evidence_says_what_is_required(desk):
    missing = lines(desk, FindingKind.EVIDENCE_MISSING)
    assert missing
    assert all(line.title.startswith("Còn thiếu (bắt buộc): ") and line.place for line in missing)


def test_counts_leave_out_what_does_not_occur(desk):
    counts = desk.evaluation.counts()
    line = finding_words.counts_line(desk.evaluation)
    assert f"{counts[Verdict.UNDETERMINED]} chưa đủ số liệu" in line
    assert all(f"{count} " in line for count in counts.values() if count)
    assert finding_words.counts_line(desk.evaluation, ()) == ""


def test_unchecked_thresholds_are_counted_and_their_indicators_named_once(desk):
    found = finding_words.unchecked(desk.set, desk.evaluation)
    assert "8.4.d" in {requirement.code for requirement in found.requirements}
    assert len(set(found.indicators)) == len(found.indicators)
    assert found.headline() == f"{len(found.requirements)} mức đạt chưa đối chiếu với văn bản gốc"
    assert found.codes().endswith(f"và {len(found.indicators) - 18} nữa")


def test_what_does_not_apply_is_not_unchecked(desk):
    found = {
        requirement.code for requirement in finding_words.unchecked(desk.set, desk.evaluation).requirements
    }
    left_out = [c for c, r in desk.evaluation.requirements.items() if r.verdict is Verdict.NOT_APPLICABLE]
    assert not found & set(left_out)
