from __future__ import annotations

import dataclasses

import openpyxl
import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.operations.review_counts import Count, count, write_counts
from ntm_desktop.snapshot.return_slip import Demand, Remark
from ntm_desktop.workspace.review_notes import Kept, RemarkState
from tests.support.reviewers import communes, review_desk
from tests.workspace.test_review_folder import FIRST, take_in


@pytest.fixture
def desk(tmp_path):
    with review_desk(tmp_path, believing=False) as made:
        yield made


def planted(desk, met: dict[str, int], total: int) -> None:
    """Take in dossiers of so many communes; the first ones meet each code."""
    for number, commune in enumerate(communes(total)):
        one = dataclasses.replace(
            FIRST,
            identity=f"{number:064}",
            dossier=f"d{number}",
            commune=commune.code,
            commune_name=commune.name,
        )
        verdicts = [
            ("criterion", code, ("MET" if number < count_ else "NOT_MET")) for code, count_ in met.items()
        ]
        take_in(desk.folder, one, verdicts)


def test_counts_are_exactly_what_was_planted(desk):
    total = len(communes(1000))
    planted(desk, {"10": total, "2": total - 5, "8": total - 10}, total)
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.codes == ("2", "8", "10")
    assert [table.counts[code].words() for code in table.codes] == ["97/102", "92/102", "102/102"]
    assert len(table.rows) == total


def test_communes_that_sent_nothing_are_counted_and_stand_below(desk):
    planted(desk, {"1": 1}, 2)
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.counts["1"] == Count(1, 102)
    assert [row.case.latest is None for row in table.rows[:3]] == [False, False, True]
    assert table.rows[2].verdicts == {}
    assert {row.verdicts["1"] for row in table.rows[:2]} == {Verdict.MET, Verdict.NOT_MET}


def test_percentage_is_cut_off_as_reports_print_it():
    assert Count(105, 110).percent() == "95,45\u00a0%"
    assert Count(110, 110).percent() == "100\u00a0%"
    assert Count(0, 0).percent() == ""


def test_remark_marks_its_indicator_and_its_criterion_until_it_is_settled(desk):
    planted(desk, {"8": 1, "letters": 1}, 1)
    kept = Kept(Remark(0, "8.4.d", Demand.ASK, "?"), FIRST.identity, RemarkState.OPEN, "", "", "")
    number = desk.folder.notes.put("d0", dataclasses.replace(kept, identity="0" * 64))
    row = count(desk, FIRST.set_id, FIRST.year).rows[0]
    assert row.remarked == {"8", "8.4", "8.4.d"}
    settled = dataclasses.replace(kept.remark, number=number)
    desk.folder.notes.put(
        "d0", dataclasses.replace(kept, remark=settled, identity="0" * 64, state=RemarkState.SETTLED)
    )
    table = count(desk, FIRST.set_id, FIRST.year)
    assert table.rows[0].remarked == frozenset()
    assert table.codes == ("8", "letters")


def test_workbook_says_the_same_as_the_table(desk, tmp_path):
    planted(desk, {"8": 1}, 2)
    target = tmp_path / "tong-hop.xlsx"
    write_counts(count(desk, FIRST.set_id, FIRST.year), target, "An Giang")
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert [row[3] for row in rows[2:5]] == ["Đạt", "Chưa đạt", None]
    assert [row[3] for row in rows[-3:]] == [1, "1/102", "0,98\u00a0%"]
    assert (rows[2][2], rows[4][2]) == ("lần 1", "chưa gửi")
    assert len(rows) == 2 + 102 + 3
