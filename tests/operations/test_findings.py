from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from ntm_desktop.facts.fact import Provenance
from ntm_desktop.operations import registers
from ntm_desktop.operations.answer import answer, cite, claim_state, key_for, rows
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.findings import FindingKind, findings
from ntm_desktop.operations.wording import finding_sentence
from ntm_desktop.workspace.states import NewClaim
from tests.support.desks import NANG_CAO, fresh_desk
from tests.support.figures import FILES, ONLINE, key, requirement, show_file, type_in


def of_kind(desk: Desk, kind: FindingKind) -> list[tuple[str, object]]:
    return [(one.requirement, one.key) for one in findings(desk) if one.kind is kind]


def test_an_empty_dossier_only_lacks_its_required_evidence(desk: Desk) -> None:
    assert {one.kind for one in findings(desk)} == {FindingKind.EVIDENCE_MISSING}
    assert not any(one.blocking for one in findings(desk))


def test_unmet_is_no_finding(desk: Desk) -> None:
    before = findings(desk)
    type_in(desk, **{ONLINE: "612", FILES: "2.382"})
    assert desk.evaluation.requirements["8.4.d"].verdict == "NOT_MET"
    assert findings(desk) == before


def test_unreadable_estimated_and_differing_figures_are_found_where_they_are_asked(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "sáu trăm", FILES: "2.382"})
    cite(desk, {key(FILES): Provenance(estimated=True)})
    desk.record([claim_state(desk, key(FILES), "2.400", Provenance("Thống kê xã"))], "answer")
    assert of_kind(desk, FindingKind.UNREADABLE_FIGURE) == [("8.4.d", key(ONLINE))]
    assert of_kind(desk, FindingKind.ESTIMATE) == [("8.4.d", key(FILES))]
    assert of_kind(desk, FindingKind.CONFLICT) == [("8.4.d", key(FILES))]


def test_a_figure_in_a_table_is_found_though_no_rule_reads_it(desk: Desk) -> None:
    table = requirement(desk, "8.2.a").tables[0]
    place = key_for(desk, table.columns[0], rows(desk, table)[0].id)
    answer(desk, place, "có lẽ")
    assert of_kind(desk, FindingKind.UNREADABLE_FIGURE) == [("8.2.a", place)]


def test_a_failed_check_points_at_its_field_and_a_blocking_one_comes_first(desk: Desk) -> None:
    type_in(desk, **{ONLINE: "2.500", FILES: "2.382"})
    (check,) = [one for one in findings(desk) if one.kind is FindingKind.CHECK]
    assert (check.requirement, check.key, check.blocking) == ("8.4.d", key(ONLINE), False)
    claim = claim_state(desk, key(ONLINE), "5").claim
    assert claim is not None
    # Nobody can type it any more, but an earlier program or another's file may have stored it.
    negative = replace(claim, text="-5", value=Fraction(-5))
    desk.record([NewClaim(key(ONLINE), "", negative)], "answer")
    first = findings(desk)[0]
    assert (first.kind, first.requirement, first.key, first.blocking) == (
        FindingKind.CHECK,
        "8.4.d",
        None,
        True,
    )


def test_a_stored_file_that_is_gone_blocks(desk: Desk, tmp_path: Path) -> None:
    sha256 = show_file(desk, tmp_path, "8.4.d", "bao_cao_mot_cua", "báo cáo.pdf")
    next(desk.workspace.folder.glob(f"evidence/*/{sha256}*")).unlink()
    first = findings(desk)[0]
    assert (first.kind, first.blocking, str(first.text)) == (FindingKind.EVIDENCE_GONE, True, "báo cáo.pdf")


def test_findings_follow_the_order_of_the_set(desk: Desk) -> None:
    order = [one.code for one in desk.compiled.source.requirements()]
    type_in(desk, **{ONLINE: "x", "so_cbcc": "y"})
    places = [order.index(one.requirement) for one in findings(desk) if not one.blocking]
    assert places == sorted(places)


def test_without_a_dossier_there_is_nothing_to_find(tmp_path: Path) -> None:
    with fresh_desk(tmp_path) as desk:
        assert findings(desk) == ()


def test_a_line_that_had_run_out_on_the_day_of_assessment_is_told(tmp_path: Path) -> None:
    with fresh_desk(tmp_path, NANG_CAO, year=2023) as desk:
        registers.add(desk, "san_pham_ocop", [{"ocop_ten": "Gạo", "ocop_ngay_cap": "15/01/2020"}])
        registers.add(desk, "van_ban", [{"vb_so": "1", "vb_co_quan": "A", "vb_han": "10/01/2020"}])
        (found,) = [one for one in findings(desk) if one.kind is FindingKind.LINE_EXPIRED]
        assert found.requirement in desk.compiled.requirements
        assert finding_sentence(desk, found).startswith(
            "Sản phẩm OCOP, Gạo: hết hạn ngày 15/01/2023, trước ngày"
        )
        (line,) = registers.lines(desk, "san_pham_ocop")
        registers.type_cells(desk, {(line.id, "ocop_ngay_cap"): "15/01/2023"})
        assert not any(one.kind is FindingKind.LINE_EXPIRED for one in findings(desk))
