from __future__ import annotations

from ntm_desktop.ui.look.tokens import Ink
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.verify.file_panel import FilePanel
from ntm_desktop.ui.verify.report_words import FileGroup, FileLine, file_groups

MANY = FileGroup("Minh chứng", tuple(FileLine(f"tệp {number}", "1 KB", ok=True) for number in range(40)))


def names(panel):
    return [
        one.text() for one in panel.findChildren(Words) if one.text().startswith("tệp ") and one.isVisible()
    ]


def test_a_long_group_is_folded_and_unfolds_on_request(shown):
    panel = FilePanel([MANY], 40, 40)
    shown(panel, 384, 600)
    assert names(panel) == [f"tệp {number}" for number in range(6)]
    (fold,) = (one for one in panel.findChildren(Button) if one.kind is ButtonKind.LINK)
    assert fold.words() == "Xem 34 tệp còn lại"
    fold.click()
    shown.settle()
    assert len(names(panel)) == 40


def test_what_differs_is_never_folded_away(shown):
    bad = tuple(FileLine(f"tệp {number}", "khác lúc ký", ok=False) for number in range(9))
    panel = FilePanel([FileGroup("Minh chứng", bad)], 9, 0)
    shown(panel, 384, 600)
    assert len(names(panel)) == 9
    assert panel.count.text() == "0 trên 9 giống lúc ký"


def test_panel_of_a_real_file_counts_and_asks_to_save(found, shown):
    report = found("valid").report
    panel = FilePanel(file_groups(report), report.files_total, report.files_ok)
    shown(panel, 384, 600)
    asked = []
    panel.save_asked.connect(lambda: asked.append(1))
    panel.save.click()
    assert asked == [1]
    assert panel.count._ink is Ink.TEXT2
