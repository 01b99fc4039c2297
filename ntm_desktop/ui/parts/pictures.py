"""Saving what a widget draws as a picture: SVG by the name's ending, else PNG."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPainter

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink

_SHARP = 2
"""Dots of a picture per logical pixel."""


def save_picture(path: Path, title: str, size: QSize, draw: Callable[[QPainter], None]) -> None:
    """Save a drawing of so many logical pixels on a white ground. Raises FileUnwritable."""
    if path.suffix.lower() == ".svg":
        _save_svg(path, title, size, draw)
        return
    image = QImage(size * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(colour(Ink.SURFACE))
    painter = QPainter(image)
    draw(painter)
    painter.end()
    if not QImageWriter(str(path), QByteArray(b"PNG")).write(image):
        raise FileUnwritable(str(path), "PNG")


def _save_svg(path: Path, title: str, size: QSize, draw: Callable[[QPainter], None]) -> None:
    from PySide6.QtSvg import QSvgGenerator  # for this alone

    drawing = QSvgGenerator()
    drawing.setFileName(str(path))
    drawing.setSize(size)
    drawing.setViewBox(QRectF(QPointF(0, 0), QSizeF(size)))
    drawing.setTitle(title)
    painter = QPainter()
    if not painter.begin(drawing):
        raise FileUnwritable(str(path), "SVG")
    painter.fillRect(QRectF(QPointF(0, 0), QSizeF(size)), colour(Ink.SURFACE))
    draw(painter)
    painter.end()
