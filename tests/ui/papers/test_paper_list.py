"""The list of papers."""

from __future__ import annotations

import dataclasses

from ntm_desktop.ui.papers.paper_list import ListedPaper, PaperList

LETTER = ListedPaper("to_trinh", "Tờ trình", sent=True, pages=0, unchecked=False, empty=0)


def test_rows_stay_while_what_is_said_of_them_changes(shown):
    papers = PaperList()
    shown(papers, 400, 200)
    papers.show_papers([LETTER], "to_trinh")
    (row,) = papers.rows
    assert papers.words() == ["Tờ trình, "]
    papers.show_papers(
        [dataclasses.replace(LETTER, pages=2, sent=False, unchecked=True, empty=1)], "to_trinh"
    )
    assert papers.rows == (row,)
    assert papers.words() == ["Tờ trình, 2 trang · dùng tại xã · mẫu chưa đối chiếu · 1 phần trống"]
    assert row.isChecked()
