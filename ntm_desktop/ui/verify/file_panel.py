"""The files of a dossier by kind, each with a tick or what is wrong; long groups are folded."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.rows import GroupHead
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.sealing.finding_words import number
from ntm_desktop.ui.verify.report_words import FileGroup, FileLine

_SHOWN = 6
"""Files of a group that are seen before it is unfolded."""
_LINE = 27


class FilePanel(QWidget):
    """Everything inside the file; nothing here opens anything."""

    save_asked = Signal()

    def __init__(self, groups: Sequence[FileGroup], total: int, same: int) -> None:
        super().__init__()
        self.setAccessibleName(_("Files in the dossier"))
        words = _("{same} of {total} as signed").format(same=number(same), total=number(total))
        self.count = Words(words, TextRole.SMALL, Ink.TEXT2)
        if same != total:
            self.count = Words(words, TextRole.SMALL_STRONG, Ink.NOT_MET)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.addWidget(Words(_("Files in the dossier"), TextRole.CARD_TITLE), 1)
        head.addWidget(self.count)
        self._list = CardColumn(widest=16_777_215, spacing=0)
        self._list.set_margins(0, 0, 0, 0)
        for group in groups:
            self._add(group)
        self.save = Button(_("Save the files in a folder\u2026"), icon="folder")
        self.save.clicked.connect(self.save_asked)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 10)
        foot.addWidget(self.save)
        foot.addStretch(1)
        foot.addWidget(Words(_("No file opens itself"), TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._list, 1)
        column.addLayout(foot)

    def _add(self, group: FileGroup) -> None:
        self._list.add(GroupHead(group.title, number(len(group.lines))))
        shown = max(_SHOWN, sum(not line.ok for line in group.lines))
        for line in group.lines[:shown]:
            self._list.add(_FileRow(line))
        rest = group.lines[shown:]
        if rest:
            self._list.add(_Fold(rest))


class _Fold(QWidget):
    """The rest of a long group behind a link."""

    def __init__(self, rest: Sequence[FileLine]) -> None:
        super().__init__()
        self._rest = rest
        more = ngettext("See {count} more file", "See {count} more files", len(rest)).format(
            count=number(len(rest))
        )
        self._link = Button(more, ButtonKind.LINK, height=_LINE)
        self._link.clicked.connect(self._unfold)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(36, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._link)

    def _unfold(self) -> None:
        self._link.hide()
        self._column.setContentsMargins(0, 0, 0, 0)
        for line in self._rest:
            self._column.addWidget(_FileRow(line))


class _FileRow(QWidget):
    """One file: tick or cross, name, size."""

    def __init__(self, line: FileLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 16, 3)
        row.setSpacing(8)
        state = _("as signed") if line.ok else _("not as signed")
        row.addWidget(
            Icon("met" if line.ok else "not_met", Ink.MET if line.ok else Ink.NOT_MET, 14, name=state)
        )
        row.addWidget(
            Words(line.title, TextRole.BODY if line.ok else TextRole.STRONG, fit=Fit.ELIDE_MIDDLE), 1
        )
        role, ink = (TextRole.SMALL, Ink.TEXT2) if line.ok else (TextRole.SMALL_STRONG, Ink.NOT_MET)
        row.addWidget(Words(line.fact, role, ink))
