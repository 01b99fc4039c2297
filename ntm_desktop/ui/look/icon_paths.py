"""The shapes of the icons on a 16 x 16 grid, as short path texts.

Letters: `M x y` move, `L x y` line, `Q` and `C` curves, `Z` close, `O cx cy r` circle, `R x y w h r` rectangle
with round corners. All are strokes with round ends; a line of almost no length is a dot.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHEET = (
    "M 9.5 1.8 L 4.3 1.8 Q 3.3 1.8 3.3 2.8 L 3.3 13.2 Q 3.3 14.2 4.3 14.2 L 11.7 14.2 Q 12.7 "
    "14.2 12.7 13.2 L 12.7 5 Z"
)
_SHIELD = "M 8 1.6 L 13.2 3.5 L 13.2 7.6 C 13.2 10.9 11 13.2 8 14.4 C 5 13.2 2.8 10.9 2.8 7.6 L 2.8 3.5 Z"

SHAPES: Mapping[str, str] = MappingProxyType(
    {
        "met": "M 2.9 8.5 L 6.3 11.9 L 13.1 4.5",
        "not_met": "M 5.6 5.6 L 10.4 10.4 M 10.4 5.6 L 5.6 10.4",
        "und": "O 8 8 6.2 M 5.2 8 L 5.21 8 M 8 8 L 8.01 8 M 10.8 8 L 10.81 8",
        "na": "M 4.2 8 L 11.8 8",
        "unchecked": "M 8 2.6 L 13.4 8 L 8 13.4 L 2.6 8 Z",
        "warn": "M 8 2.2 L 14.3 13.4 L 1.7 13.4 Z M 8 6.4 L 8 9.3 M 8 11.4 L 8 11.41",
        "info": "O 8 8 6.2 M 8 7.4 L 8 11.1 M 8 4.9 L 8 4.91",
        "home": "M 1.9 7.9 L 8 2.2 L 14.1 7.9 M 3.7 6.6 L 3.7 13.7 L 12.3 13.7 L 12.3 6.6",
        "edit": "R 2.3 2.3 11.4 11.4 1.5 M 5 5.5 L 11 5.5 M 5 8 L 11 8 M 5 10.5 L 8.8 10.5",
        "table": "R 1.8 2.6 12.4 10.8 1.2 M 1.8 6.2 L 14.2 6.2 M 1.8 9.8 L 14.2 9.8 M 6.4 2.6 L 6.4 13.4",
        "layers": "M 8 1.9 L 14.2 5.1 L 8 8.3 L 1.8 5.1 Z M 1.8 8.1 L 8 11.3 L 14.2 8.1 M 1.8 11 L 8 "
        "14.2 L 14.2 11",
        "list": "M 1.6 3.6 L 2.7 4.7 L 4.7 2.5 M 1.6 8 L 2.7 9.1 L 4.7 6.9 M 1.6 12.4 L 2.7 13.5 L 4.7 11.3 "
        "M 7.2 3.6 L 14.2 3.6 M 7.2 8 L 14.2 8 M 7.2 12.4 L 14.2 12.4",
        "pages": "M 5.2 3.6 L 5.2 2.6 Q 5.2 1.7 6.1 1.7 L 10.2 1.7 L 13.6 5.1 L 13.6 10.6 Q 13.6 "
        "11.5 12.7 11.5 "
        "L 6.1 11.5 Q 5.2 11.5 5.2 10.6 Z M 2.4 4.9 L 2.4 13.4 Q 2.4 14.3 3.3 14.3 L 10.4 14.3",
        "pen": "M 2.3 13.7 L 3 10.6 L 11.2 2.4 Q 12 1.7 12.8 2.4 L 13.6 3.2 Q 14.3 4 13.6 4.8 L "
        "5.4 13 Z M 9.7 4 L 12 6.3",
        "send": "M 14.3 1.7 L 1.7 6.4 L 6.9 9.1 L 9.6 14.3 Z M 14.3 1.7 L 6.9 9.1",
        "box": "M 8 1.7 L 13.7 4.7 L 13.7 11.3 L 8 14.3 L 2.3 11.3 L 2.3 4.7 Z M 2.3 4.7 L 8 7.8 L "
        "13.7 4.7 M 8 7.8 L 8 14.3",
        "shield": _SHIELD,
        "shieldok": _SHIELD + " M 5.4 7.9 L 7.3 9.8 L 10.7 6.1",
        "search": "O 7 7 4.6 M 10.4 10.4 L 14 14",
        "file": _SHEET + " M 9.5 1.8 L 9.5 5 L 12.7 5",
        "image": "R 1.8 2.8 12.4 10.4 1.3 O 5.2 6 1.1 M 2.2 12.4 L 6.6 8.9 L 8.6 10.5 L 11 7.8 L 13.9 10.8",
        "clip": "M 13.4 7.4 L 8.1 12.7 C 6.7 14.1 4.6 14.1 3.3 12.8 C 2 11.5 2 9.4 3.4 8 L 9 2.4 C "
        "9.9 1.5 11.3 1.5 12.2 2.4 "
        "C 13.1 3.3 13.1 4.7 12.2 5.6 L 6.9 10.9 C 6.4 11.4 5.7 11.4 5.2 10.9 C 4.7 10.4 "
        "4.7 9.7 5.2 9.2 L 10 4.4",
        "book": "M 3 12.4 L 3 3.6 Q 3 1.9 4.7 1.9 L 13 1.9 L 13 14.1 L 4.7 14.1 Q 3 14.1 3 12.4 Q 3 "
        "10.8 4.7 10.8 L 13 10.8",
        "folder": "M 1.8 12.2 L 1.8 3.9 Q 1.8 2.9 2.8 2.9 L 6 2.9 L 7.6 4.8 L 13.2 4.8 Q 14.2 4.8 "
        "14.2 5.8 L 14.2 12.2 "
        "Q 14.2 13.2 13.2 13.2 L 2.8 13.2 Q 1.8 13.2 1.8 12.2 Z",
        "usb": "R 4.2 6 7.6 8.4 1.4 M 5.6 6 L 5.6 1.7 L 10.4 1.7 L 10.4 6 M 7.2 3.8 L 7.21 3.8 M "
        "8.8 3.8 L 8.81 3.8",
        "disk": "M 2.6 4 C 2.6 1 13.4 1 13.4 4 C 13.4 7 2.6 7 2.6 4 M 2.6 4 L 2.6 12 C 2.6 15 13.4 "
        "15 13.4 12 L 13.4 4 "
        "M 2.6 8 C 2.6 11 13.4 11 13.4 8",
        "print": "M 4.4 5.6 L 4.4 1.8 L 11.6 1.8 L 11.6 5.6 M 4.4 11.6 L 2.9 11.6 Q 1.9 11.6 1.9 "
        "10.6 L 1.9 6.6 Q 1.9 5.6 2.9 5.6 "
        "L 13.1 5.6 Q 14.1 5.6 14.1 6.6 L 14.1 10.6 Q 14.1 11.6 13.1 11.6 L 11.6 11.6 M 4.4 "
        "9.4 L 11.6 9.4 L 11.6 14.2 L 4.4 14.2 Z",
        "eye": "M 1.4 8 C 4.2 2.7 11.8 2.7 14.6 8 C 11.8 13.3 4.2 13.3 1.4 8 Z O 8 8 2",
        "lock": "R 3 7 10 7.2 1.3 M 5.1 7 L 5.1 4.8 C 5.1 0.9 10.9 0.9 10.9 4.8 L 10.9 7",
        "clock": "O 8 8 6.2 M 8 4.4 L 8 8 L 10.5 9.4",
        "paste": "M 5.4 2.8 L 4 2.8 Q 3 2.8 3 3.8 L 3 13.2 Q 3 14.2 4 14.2 L 12 14.2 Q 13 14.2 13 "
        "13.2 L 13 3.8 Q 13 2.8 12 2.8 "
        "L 10.6 2.8 R 5.4 1.5 5.2 2.7 0.8 M 5.6 7.6 L 10.4 7.6 M 5.6 10.7 L 10.4 10.7",
        "fill": "M 2.4 2 L 13.6 2 M 8 4.9 L 8 13.8 M 4.2 10.2 L 8 14 L 11.8 10.2",
        "undo": "M 5.4 2.6 L 2.2 5.8 L 5.4 9 M 2.4 5.8 L 9.8 5.8 C 15 5.8 15 13.2 9.8 13.2 L 6.4 13.2",
        "plus": "M 8 2.4 L 8 13.6 M 2.4 8 L 13.6 8",
        "more": "O 3.2 8 0.5 O 8 8 0.5 O 12.8 8 0.5",
        "review": _SHEET + " M 5.6 9.3 L 7.3 11 L 10.5 7.5",
        "remark": "M 2 11 L 2 3.6 Q 2 2.4 3.2 2.4 L 12.8 2.4 Q 14 2.4 14 3.6 L 14 9.8 Q 14 11 12.8 11 "
        "L 6.8 11 L 3.6 13.9 L 3.6 11 "
        "L 3.2 11 Q 2 11 2 9.8",
        "down": "M 4 6.2 L 8 10.2 L 12 6.2",
        "right": "M 6 3.8 L 10.2 8 L 6 12.2",
        "left": "M 10 3.8 L 5.8 8 L 10 12.2",
        "arrow": "M 2.2 8 L 13.8 8 M 9.6 3.8 L 13.8 8 L 9.6 12.2",
    }
)

_NUMBERS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0, "O": 3, "R": 5}


def path(icon: str) -> QPainterPath:
    """Return the strokes of the icon on the 16 x 16 grid. Raises KeyError for an unknown id."""
    strokes = QPainterPath()
    for letter, values in _steps(SHAPES[icon]):
        _draw(strokes, letter, values)
    return strokes


def _steps(shape: str) -> Iterator[tuple[str, list[float]]]:
    parts = iter(shape.split())
    for letter in parts:
        yield letter, [float(next(parts)) for _ in range(_NUMBERS[letter])]


def _draw(strokes: QPainterPath, letter: str, at: list[float]) -> None:
    match letter:
        case "M":
            strokes.moveTo(at[0], at[1])
        case "L":
            strokes.lineTo(at[0], at[1])
        case "Q":
            strokes.quadTo(at[0], at[1], at[2], at[3])
        case "C":
            strokes.cubicTo(at[0], at[1], at[2], at[3], at[4], at[5])
        case "O":
            strokes.addEllipse(QPointF(at[0], at[1]), at[2], at[2])
        case "R":
            strokes.addRoundedRect(QRectF(at[0], at[1], at[2], at[3]), at[4], at[4])
        case _:
            strokes.closeSubpath()
