"""Card 3: the commune's word for hamlet and the list, pasted from Excel or typed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableView, QWidget
from typing_extensions import override

from ntm_desktop.facts.text import fold, nfc
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations.start import HamletRow, PastedHamlets, read_hamlets
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.start.numbered import numbered_head
from ntm_desktop.ui.start.plan import hamlet_words

Index = QModelIndex | QPersistentModelIndex

LABELS = ("th\u00f4n", "b\u1ea3n", "\u1ea5p", "kh\u00f3m", "x\u00f3m", "bu\u00f4n")
_ROW = 28


class HamletModel(QAbstractTableModel):
    """The hamlets typed or pasted so far, with one empty row at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._households: list[int | None] = []
        self.label = LABELS[0]

    def rows(self) -> tuple[HamletRow, ...]:
        """Return the hamlets, with what they repeat."""
        seen: dict[str, int] = {}
        found = []
        for number, (name, households) in enumerate(zip(self._names, self._households, strict=True), start=1):
            key = fold(name)
            found.append(HamletRow(name, households, seen.get(key)))
            seen.setdefault(key, number)
        return tuple(found)

    def take(self, pasted: PastedHamlets) -> None:
        """Put pasted hamlets behind the ones there are."""
        self.beginResetModel()
        self._names += [row.name for row in pasted.rows]
        self._households += [row.households for row in pasted.rows]
        self.endResetModel()

    def clear(self) -> None:
        """Begin again."""
        self.beginResetModel()
        self._names, self._households = [], []
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._names) + 1

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else 2

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if section == 0:
            return _("Name of the {label}").format(label=self.label)
        return _("Households (leave empty if not known)")

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._names):
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            if index.column() == 0:
                return self._names[index.row()]
            households = self._households[index.row()]
            return "" if households is None else f"{households:,}".replace(",", ".")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    @override
    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = nfc(str(value)).strip()
        row = index.row()
        if role != Qt.ItemDataRole.EditRole:
            return False
        if row >= len(self._names):
            if not text or index.column() != 0:
                return False
            self.beginInsertRows(QModelIndex(), row, row)  # before the empty line
            self._names.append(text)
            self._households.append(None)
            self.endInsertRows()
        elif index.column() == 0 and not text:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._names[row], self._households[row]
            self.endRemoveRows()
        elif index.column() == 0:
            self._names[row] = text
        else:
            digits = text.replace(".", "")
            if digits and not digits.isdecimal():
                return False
            self._households[row] = int(digits) if digits else None
        self.dataChanged.emit(index, index)
        return True


class HamletCard(Card):
    """Ask for the word and the list."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.model = HamletModel(self)
        self._pasted = ""
        self._head = numbered_head(3, "")
        paste = Button(_("Paste from Excel"), icon="paste", height=30)
        paste.clicked.connect(self.paste)
        clear = Button(_("Begin again"), ButtonKind.QUIET, height=30)
        clear.clicked.connect(self._clear)
        self._head.row.addWidget(paste)
        self._head.row.addWidget(clear)
        self.body.addWidget(self._head)
        label_row = QHBoxLayout()
        label_row.addWidget(Words(_("Below the commune there are"), TextRole.BODY, Ink.TEXT2))
        self._labels = FilterRow(_("Word for hamlet"), [Option(word, word) for word in LABELS])
        self._labels.chosen.connect(self._label_chosen)
        label_row.addWidget(self._labels, 1)
        self.body.addLayout(label_row)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("List of hamlets"))
        across = self.view.horizontalHeader()
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        across.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.view.verticalHeader().setDefaultSectionSize(_ROW)
        self.view.setCornerButtonEnabled(False)
        self.view.setMinimumHeight(180)
        self.body.addWidget(self.view, 1)
        self._foot = Words("", TextRole.BODY, fit=Fit.WRAP)
        self.body.addWidget(self._foot)
        self.model.dataChanged.connect(self._tell)
        self.model.modelReset.connect(self._tell)
        self.model.rowsInserted.connect(self._tell)
        self.model.rowsRemoved.connect(self._tell)
        self._label_chosen(LABELS[0])

    def label(self) -> str:
        """Return the commune's word for hamlet."""
        return self._labels.key()

    def rows(self) -> tuple[HamletRow, ...]:
        """Return the hamlets."""
        return self.model.rows()

    def paste(self) -> None:
        """Take the hamlets that lie in the clipboard."""
        self.take(QGuiApplication.clipboard().text())

    def take(self, text: str) -> None:
        """Take hamlets from text copied out of a sheet."""
        pasted = read_hamlets(text)
        self._pasted = " ".join(pasted.left_out())
        self.model.take(pasted)

    def _clear(self) -> None:
        self._pasted = ""
        self.model.clear()

    def _label_chosen(self, word: str) -> None:
        self.model.label = word
        self._head.title.set_text(_("List of {label}").format(label=word))
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 1)
        self._tell()

    def _tell(self, *_what: object) -> None:
        rows = self.model.rows()
        parts = (
            [hamlet_words(rows, self.label())]
            if rows
            else [_("Copy the list in Excel, then press Ctrl+V here.")]
        )
        if self._pasted:
            parts.append(self._pasted)
        parts += [
            _("Row {row}: same name as row {other}.").format(row=number, other=row.duplicate_of)
            for number, row in enumerate(rows, start=1)
            if row.duplicate_of is not None
        ]
        self._foot.set_text(" ".join(parts))
        self.changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
            return
        super().keyPressEvent(event)
