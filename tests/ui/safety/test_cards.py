"""The cards show what they are told, with icon and words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel, QWidget

from ntm_desktop.operations.copies import Known, Medium
from ntm_desktop.operations.doctor import Diagnosis, Finding
from ntm_desktop.operations.restoring import Compared, Rehearsal, Rehearsed
from ntm_desktop.operations.safety import Loss, LossKind, Safety
from ntm_desktop.ui.safety.cards import CopiesCard, LossLine, MachineCard, RehearsalCard
from tests.ui.conftest import Shown

TODAY = date(2024, 12, 31)
STICK = Known("E:/NTM", "E:", Medium.STICK, "2024-12-25T09:10:00Z", 10, daily=False)
NOTED = Rehearsed("2025-01-03T02:20:00Z", "2025-01-02T00:00:00Z", "D:", 4812, 126, 99, 3, 41, agrees=False)


def words_in(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def safe(*, synced: str = "", free: int = 1 << 40) -> Safety:
    return Safety(Path("/kho"), (STICK,), (), None, (), free, "C:", synced)


def test_a_loss_says_what_comes_back(shown: Shown) -> None:
    line = LossLine(Loss(LossKind.MACHINE, STICK), TODAY)
    shown(line)
    assert line.words.text() == "Hỏng hoặc mất cả máy: lấy lại được đến 25/12/2024 16:10, từ USB E:"
    nothing = LossLine(Loss(LossKind.DISK, None), TODAY)
    shown(nothing)
    assert "chưa lấy lại được gì" in nothing.words.text()


def test_an_old_copy_shows_its_age(shown: Shown) -> None:
    card = CopiesCard()
    shown(card)
    card.show_places(safe(), TODAY)
    shown.settle()
    assert "6 ngày trước" in words_in(card)
    card.show_places(Safety(Path("/kho"), (), (), None, (), 1, "C:", ""), TODAY)
    shown.settle()
    assert "Bản đầu tiên tự chép" in words_in(card)


def test_a_rehearsal_that_differs_says_so_first(shown: Shown) -> None:
    card = RehearsalCard()
    shown(card)
    found = Rehearsal(NOTED, Compared(4812, 9, ("claim",), 126, 99, ()), (), 57)
    card.show_rehearsed(NOTED, found)
    shown.settle()
    words = words_in(card)
    assert "Khôi phục chưa được trọn vẹn." in words
    assert words.index("Khác: claim") < words.index("4.812")


def test_a_synced_folder_a_full_disk_and_damage_are_told(shown: Shown) -> None:
    card = MachineCard()
    shown(card)
    at = datetime(2024, 12, 31, 8, 1, tzinfo=UTC)
    damaged = Diagnosis(Path("/kho"), 1001, ((Finding.NOT_INTACT, "x"),), None, 1, 0, 0)
    card.show_machine(safe(synced="OneDrive", free=1), damaged, ["Tệp kho không còn nguyên: x"], at)
    shown.settle()
    words = words_in(card)
    for part in (
        "có lỗi, kiểm tra lúc 08:01",
        "OneDrive cũng chép",
        "nên dọn bớt",
        "Tệp kho không còn nguyên",
    ):
        assert part in words
