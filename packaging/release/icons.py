"""The icon of the program for Windows, drawn from the same picture as elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

PICTURE: Final = Path(__file__).with_name("linux") / "ntm-desktop.svg"
SIZES: Final = (256, 64, 48, 32, 24, 16)
"""Pixels; Windows takes the fitting one for lists, menus, the task bar and large views."""


def write(target: Path) -> None:
    """Write the icon with every size Windows asks for, each drawn by itself."""
    renderer = QSvgRenderer(str(PICTURE))
    largest, *others = (_drawn(renderer, size) for size in SIZES)
    largest.save(target, format="ICO", sizes=[(size, size) for size in SIZES], append_images=others)


def _drawn(renderer: QSvgRenderer, size: int) -> Image.Image:
    canvas = QImage(size, size, QImage.Format.Format_RGBA8888)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(canvas.constBits()))
