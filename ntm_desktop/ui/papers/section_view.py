"""What the officers write into a paper: a box for each section, stored when it is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.paper_sections import Section
from ntm_desktop.ui.look import fonts
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

_LINES_HIGH = 108
_TAB = 150


class _Box(QPlainTextEdit):
    """Some lines; left with Tab, stored when left."""

    left = Signal(object)

    def __init__(self, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self._stored = section.name, section.text
        self.setFont(fonts.font(TextRole.BODY))
        self.setTabChangesFocus(True)  # columns are parted by | or pasted: nobody is caught in the box
        self.setTabStopDistance(_TAB)
        self.setMinimumHeight(_LINES_HIGH)
        self.setMaximumHeight(2 * _LINES_HIGH)
        self.setAccessibleName(section.heading or section.name)
        self.setPlainText(section.text)

    def show_stored(self, text: str) -> None:
        """Show what is stored; while someone types here only what undo brought back."""
        if text != self._stored:
            self._stored = text
            if text != self.toPlainText():
                self.setPlainText(text)

    def is_new(self) -> bool:
        """Say whether something was typed that is not stored."""
        return self.toPlainText() != self._stored

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_new():
            self.left.emit(self)


class SectionView(CardColumn):
    """The boxes of one paper."""

    written = Signal(str, str)
    """Name of the section, and its text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(spacing=14, parent=parent)
        self.set_margins(16, 12, 16, 12)
        self._paper: tuple[str, tuple[str, ...]] = ("", ())
        self.boxes: tuple[_Box, ...] = ()

    def show_sections(self, paper: str, sections: Sequence[Section], *, editable: bool) -> None:
        """Show these; boxes of the same paper stay where they are, with the cursor in them."""
        shown = (paper, tuple(one.name for one in sections))
        if shown != self._paper:
            self._paper = shown
            self._build(sections)
        for box, section in zip(self.boxes, sections, strict=True):
            box.show_stored(section.text)
            box.setReadOnly(not editable)

    def store(self) -> None:
        """Hand on what was typed and not left yet."""
        for box in self.boxes:
            if box.is_new():
                self._hand_on(box)

    def _build(self, sections: Sequence[Section]) -> None:
        self.clear()
        boxes = []
        for section in sections:
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(5)
            column.addWidget(Words(section.heading or section.name, TextRole.STRONG, fit=Fit.WRAP))
            column.addWidget(Words(_how(section), TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP))
            box = _Box(section, part)
            box.left.connect(self._hand_on)
            column.addWidget(box)
            self.add(part)
            boxes.append(box)
        self.boxes = tuple(boxes)
        if not boxes:
            self.add(Words(_("Nothing is written by hand in this paper."), ink=Ink.TEXT2, fit=Fit.WRAP))

    def _hand_on(self, box: object) -> None:
        if isinstance(box, _Box):
            self.written.emit(box.name, box.toPlainText())


def _how(section: Section) -> str:
    if not section.columns:
        return _("Each line is a paragraph. Left empty, the paper says so.")
    heads = ", ".join(section.columns[1:] if section.given else section.columns)
    columns = _("Columns, parted by |: {columns}. Lines copied in Excel can be pasted.").format(columns=heads)
    order = _("Each line is a row.")
    if section.given:
        order = _("Lines in the order of: {rows}.").format(rows=", ".join(section.given))
    return f"{order} {columns}"
