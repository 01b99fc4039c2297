"""What a widget draws is saved with twice as many dots, or as SVG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ntm_desktop.ui.parts.pictures import save_picture


def draw(painter: QPainter) -> None:
    painter.fillRect(0, 0, 10, 10, Qt.GlobalColor.red)


def test_picture_has_a_white_ground_and_what_was_drawn(dressed: QApplication, tmp_path: Path) -> None:
    save_picture(tmp_path / "a.png", "Bản đồ", QSize(40, 20), draw)
    picture = QImage(str(tmp_path / "a.png"))
    assert (picture.width(), picture.height()) == (80, 40)
    assert [picture.pixelColor(x, 5).name() for x in (5, 60)] == ["#ff0000", "#ffffff"]
    save_picture(tmp_path / "a.svg", "Bản đồ", QSize(40, 20), draw)
    assert "<title>Bản đồ</title>" in (tmp_path / "a.svg").read_text(encoding="utf-8")
