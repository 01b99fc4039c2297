from __future__ import annotations

import dataclasses

from ntm_desktop.operations.review_remarks import (
    Demand,
    Remark,
    RemarkState,
    RoundKind,
    add_remark,
    add_round,
    change_remark,
    open_dossier,
)
from ntm_desktop.operations.visit_sheet import write_visit_sheet
from tests.support.pdf import text_of
from tests.support.reviewers import container, frozen, review_desk, taken
from tests.support.sealing import desk_to_seal


def test_sheet_has_every_indicator_and_only_what_is_not_settled(tmp_path):
    with desk_to_seal(tmp_path) as made, review_desk(tmp_path) as desk:
        (one,) = taken(desk, container(made, frozen(made), tmp_path / "1.asice", None))
        opened = open_dossier(desk, one.identity)
        add_remark(desk, opened, Remark(0, "8.4.d", Demand.CORRECT, "Báo cáo ghi 702."))
        change_remark(
            desk,
            one.incoming.dossier,
            add_remark(desk, opened, Remark(0, "8.1", Demand.ASK, "Đã xong rồi.")),
            state=RemarkState.SETTLED,
        )
        add_round(desk, opened.incoming, RoundKind.INSPECTION, "2026-03-01", "Xem đường số 2.", "Ông Ba")
        target = tmp_path / "phieu.pdf"
        assert write_visit_sheet(desk, opened, target) > 1
        text = text_of(target)
        assert "1. Báo cáo ghi 702." in text
        assert "Đã xong rồi." not in text
        assert "Xem đường số 2." in text
        assert all(code in text for code in ("1.1", "8.4.d", "19.2"))
        bare_criterion = dataclasses.replace(opened.set.criteria[0], code="99", indicators=())
        more = dataclasses.replace(opened.set, criteria=(*opened.set.criteria, bare_criterion))
        replay = dataclasses.replace(opened.report.replay, set=more)
        wider = dataclasses.replace(opened, report=dataclasses.replace(opened.report, replay=replay))
        write_visit_sheet(desk, wider, target)
        assert "99. " not in text_of(target)
        replay = dataclasses.replace(opened.report.replay, set=None)
        bare = dataclasses.replace(opened, report=dataclasses.replace(opened.report, replay=replay))
        assert write_visit_sheet(desk, bare, target) == 1
