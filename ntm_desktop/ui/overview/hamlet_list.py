"""The list of hamlets as it can be changed at any time: names typed over, new ones typed or pasted below.

A hamlet keeps its id when it is renamed, so that every figure stays with it.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget
from typing_extensions import override

from ntm_desktop.facts.text import nfc
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import hamlets, start
from ntm_desktop.operations.change import Change
from ntm_desktop.ui.look.tokens import TREE_ROW, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex

_MOST_ROWS = 8


class HamletNames(QAbstractListModel):
    """The hamlets of the commune in order, and an empty line for a new one."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._hamlets = session.desk.workspace.book.hamlets

    def reload(self) -> None:
        """Read the hamlets again."""
        if self._hamlets != self.session.desk.workspace.book.hamlets:
            self.beginResetModel()
            self._hamlets = self.session.desk.workspace.book.hamlets
            self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._hamlets) + 1

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, TREE_ROW)
        new = index.row() >= len(self._hamlets)
        if role == Qt.ItemDataRole.EditRole:
            return "" if new else self._hamlets[index.row()].name
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return _("Add one\u2026") if new else f"{index.row() + 1}   {self._hamlets[index.row()].name}"
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        name = nfc(str(value)).strip()
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or not name:
            return False
        if index.row() >= len(self._hamlets):
            self.add((start.HamletRow(name),))
        elif name != self._hamlets[index.row()].name:
            self.session.publish(hamlets.rename(self.session.desk, self._hamlets[index.row()].id, name))
        return True

    def add(self, rows: tuple[start.HamletRow, ...]) -> None:
        """Add hamlets behind the ones there are."""
        start.add_hamlets(self.session.desk, rows)
        self.session.publish(Change(label="hamlets", structure=True))


class _Names(QListView):
    """Ctrl+V adds what lies in the clipboard."""

    pasted = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
            return
        super().keyPressEvent(event)


class HamletListCard(TitledCard):
    """Change the list of hamlets after the first start."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        label = session.desk.commune.hamlet_label
        super().__init__(_("List of {label}").format(label=label), parent=parent)
        self.session = session
        self.model = HamletNames(session, self)
        self.view = _Names()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("List of {label}").format(label=label))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.pasted.connect(self._paste)
        paste = Button(_("Paste from Excel"), icon="paste", height=28)
        paste.clicked.connect(self._paste)
        away = Button(_("Done"), ButtonKind.QUIET, height=28)
        away.clicked.connect(self.hide)
        self.head.addWidget(paste)
        self.head.addWidget(away)
        self._words = Words(
            _("Type over a name to change it, F2 edits. Figures stay with their {label}.").format(
                label=label
            ),
            TextRole.SMALL,
            Ink.TEXT2,
            fit=Fit.WRAP,
        )
        self.body.addWidget(self.view)
        self.body.addWidget(self._words)
        self.refresh()

    def open(self) -> None:
        """Show the card and put the focus on the list."""
        self.refresh()
        self.show()
        self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Show the list as it is now."""
        self.model.reload()
        self.view.setFixedHeight(min(_MOST_ROWS, self.model.rowCount()) * TREE_ROW + 4)
        self.set_aside(str(self.model.rowCount() - 1))

    def _paste(self) -> None:
        pasted = start.read_hamlets(QGuiApplication.clipboard().text())
        known = {hamlet.name for hamlet in self.session.desk.workspace.book.hamlets}
        new = tuple(row for row in pasted.rows if row.name not in known and row.duplicate_of is None)
        if new:
            self.model.add(new)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
