"""A row of the review: its reason unfolds, Esc folds it, an empty one is not taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.findings import Finding, FindingKind
from ntm_desktop.ui.review.finding_row import FindingRow
from ntm_desktop.ui.review.words import Group, Line, Subject


def line(*, reason_before: str = "", group: Group = Group.SOFT) -> Line:
    finding = Finding(FindingKind.CHECK, blocking=False, requirement="8.4.d", reason_before=reason_before)
    return Line(finding, group, Subject.RULES, "8.4", "8", "Hai số không khớp", "Hồ sơ", "Sửa", "Giữ…")


def test_escape_folds_the_reason_away_and_the_focus_goes_back(dressed: QApplication, shown) -> None:
    row = FindingRow(line(reason_before="Đã đối chiếu"))
    shown(row, 800, 120)
    row.ask_reason()
    assert row._reason is not None
    assert row._reason.text() == "Đã đối chiếu"
    QTest.keyClick(row, Qt.Key.Key_Escape)
    assert row._form is not None
    assert not row._form.isVisible()
    row.ask_reason()
    assert row._form.isVisible()


def test_an_empty_reason_is_not_taken(dressed: QApplication, shown) -> None:
    row = FindingRow(line(group=Group.BLOCKING))
    shown(row, 800, 120)
    given: list[str] = []
    row.kept.connect(given.append)
    row._keep()
    row.ask_reason()
    row._keep()
    assert given == []
    assert row._reason is not None
    row._reason.replace_text("Sổ gốc đúng")
    row._keep()
    assert given == ["Sổ gốc đúng"]
    QTest.keyClick(row, Qt.Key.Key_A)
    assert row._form is not None
    assert row._form.isVisible()
