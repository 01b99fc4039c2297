from __future__ import annotations

from ntm_desktop.operations.findings import findings
from ntm_desktop.ui.look.breakpoints import Room
from ntm_desktop.ui.sealing.check_view import CheckView
from tests.support.sealing import stored_evidence


def test_what_blocks_comes_first_and_verdicts_that_do_not_occur_get_no_word(bench, shown):
    view = CheckView(bench.session)
    shown(view, 1000, 600)
    stored_evidence(bench.desk).unlink()
    view.show_findings(findings(bench.desk))
    assert view.cards()[0] is view.blocking
    assert not view.blocking.isHidden()
    words = dict(view.counts._counts.items())
    for verdict, count in bench.desk.evaluation.counts().items():
        assert words[verdict].isHidden() == (count == 0)


def test_without_blocking_problems_their_card_is_not_there(bench, shown):
    view = CheckView(bench.session)
    shown(view, 1000, 600)
    view.show_findings(())
    assert view.blocking.isHidden()
    assert view.soft.isHidden()
    assert not view.thresholds.isHidden()


def test_counts_stand_in_two_columns_where_it_is_narrow(bench, shown):
    view = CheckView(bench.session)
    shown(view, 500, 400)
    view.show_findings(())
    wide = {word.y() for word in view.counts._counts.values() if word.isVisible()}
    view.fit(Room(600, 400))
    shown.settle()
    assert len({word.y() for word in view.counts._counts.values() if word.isVisible()}) > len(wide)
