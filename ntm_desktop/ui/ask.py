"""Every modal question of the program, behind one small class that tests answer with a script.

Rules:
* Nothing else in the program is modal. A question has verbs on its buttons, never "OK / Cancel" where a
  verb belongs.
* The safe answer is the one Esc gives. Texts come from the screen that asks; only the words of the frame
  are here.
* A secret is handed back and not kept; the line is emptied as soon as it was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ntm_desktop.i18n import gettext as _
from ntm_desktop.ui.look.tokens import CONTROL_SMALL, Ink, TextRole
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.chip import Icon
from ntm_desktop.ui.parts.words import Fit, Words

_WIDTH = 460
TABLES = ("*.xlsx", "*.xlsm", "*.xls", "*.ods", "*.csv", "*.txt", "*.json")
"""Files that figures come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that is answered with a verb."""

    title: str
    """What it is about: one bold sentence."""
    text: str
    """What happens, whether the work is safe."""
    action: str
    """The verb on the button that does it."""
    back: str = ""
    """The verb on the button that leaves everything as it is; "Go back" where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKinds:
    """Which files a question about files offers."""

    title: str
    """What the window asks."""
    words: str = ""
    """What the files are called, for example "Excel workbooks"; every file where empty."""
    patterns: tuple[str, ...] = ()
    """For example `*.xlsx`."""
    folder: Path | None = None
    """Where to begin."""
    suggested: str = ""
    """The name offered when saving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretPrompt:
    """Asking for a password or a PIN."""

    title: str
    text: str
    label: str
    """What stands above the line, for example "PIN of the token"."""
    action: str
    problem: str = ""
    """Why it is asked again, for example how many tries are left."""


class AfterBug(IntEnum):
    """What the officer wants after a mistake of the program; the values are those of a dialog that is left."""

    ESCAPED = 0
    GO_ON = 1
    CLOSE = 2
    SUPPORT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """A mistake of the program as an officer is told of it."""

    safe: str
    """How the work stands."""
    proven: bool
    """Whether that was asked of the disk and found in order."""
    details: str
    """For those who look after the program: places in it, no name and no figure."""
    supported: bool
    """Whether a support package can be made from where the officer is."""


class Ask:
    """Ask the officer; each method waits for the answer and returns a typed value."""

    def confirm(self, parent: QWidget | None, question: Question) -> bool:
        """Return True when the officer pressed the verb."""
        window = _Window(parent, question.title, question.text)
        window.offer(question.action, question.back or _("Go back"))
        return window.answer()

    def confirm_text(self, parent: QWidget | None, question: Question) -> bool:
        """Show a text of many lines, which scrolls, and return True when the officer pressed the verb."""
        window = _Window(parent, question.title, "")
        window.add_text(question.text, question.title)
        window.offer(question.action, question.back or _("Go back"))
        return window.answer()

    def open_file(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        """Return the chosen file."""
        name, _used = QFileDialog.getOpenFileName(parent, kinds.title, _start(kinds), _filter(kinds))
        return Path(name) if name else None

    def open_files(self, parent: QWidget | None, kinds: FileKinds) -> tuple[Path, ...]:
        """Return the chosen files."""
        names, _used = QFileDialog.getOpenFileNames(parent, kinds.title, _start(kinds), _filter(kinds))
        return tuple(Path(name) for name in names)

    def folder(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        """Return the chosen folder."""
        name = QFileDialog.getExistingDirectory(parent, kinds.title, _start(kinds))
        return Path(name) if name else None

    def save_as(self, parent: QWidget | None, kinds: FileKinds) -> Path | None:
        """Return where to save; the dialog itself asks before a file is replaced."""
        name, _used = QFileDialog.getSaveFileName(parent, kinds.title, _start(kinds), _filter(kinds))
        return Path(name) if name else None

    def secret(self, parent: QWidget | None, prompt: SecretPrompt) -> str | None:
        """Return the password or PIN, or None when the officer went back."""
        window = _Window(parent, prompt.title, prompt.text)
        line = window.add_secret(prompt.label, prompt.problem)
        window.offer(prompt.action, _("Go back"))
        entered = window.answer()
        secret = line.text()
        line.clear()
        return secret if entered and secret else None

    def show_details(self, parent: QWidget | None, title: str, text: str, details: str) -> None:
        """Show a message with its technical details, which can be selected and copied."""
        window = _Window(parent, title, text)
        window.add_details(details)
        window.offer(_("Close"), "")
        window.answer()

    def tell_bug(self, parent: QWidget | None, bug: Bug) -> AfterBug:
        """Say that the program made a mistake and that the work is safe; return what the officer wants to do."""
        window = _Window(
            parent,
            _("Something went wrong in the program"),
            _("What was just being done was broken off. The log of the program has noted where."),
        )
        window.add_standing(
            "shieldok" if bug.proven else "warn", Ink.MET if bug.proven else Ink.UND, bug.safe
        )
        if bug.proven or not bug.supported:
            next_step = _(
                "Go on working. If it comes again, close the program, open it again and send the support package "
                "to those who look after the program; no name and no figure is in it."
            )
        else:
            next_step = _(
                "Send the support package to those who look after the program; no name and no figure is in it."
            )
        window.add_words(next_step)
        window.add_details(bug.details)
        if bug.supported:
            window.offer_besides(_("Support package\u2026"), AfterBug.SUPPORT)
        window.offer_besides(_("Close the program"), AfterBug.CLOSE)
        window.offer(_("Go on working"), "")
        return AfterBug(window.chosen())


class _Window(QDialog):
    """One question: a bold sentence, plain words, at most one thing to fill in, two verbs."""

    def __init__(self, parent: QWidget | None, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(8)
        self._column.addWidget(Words(title, TextRole.CARD_TITLE, fit=Fit.WRAP))
        if text:
            self._column.addWidget(Words(text, fit=Fit.WRAP))
        self._first: QWidget | None = None
        self._details = QPlainTextEdit(self)
        self._details.hide()
        self._besides: dict[QPushButton, AfterBug] = {}

    def add_standing(self, icon: str, ink: Ink, words: str) -> None:
        """Add a sentence with the mark of how it stands."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Icon(icon, ink), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Words(words, TextRole.STRONG, fit=Fit.WRAP), 1)
        self._column.addSpacing(4)
        self._column.addLayout(row)
        self._column.addSpacing(4)

    def add_words(self, words: str) -> None:
        """Add one more paragraph."""
        self._column.addWidget(Words(words, fit=Fit.WRAP))

    def add_secret(self, label: str, problem: str) -> QLineEdit:
        """Add a line that shows dots."""
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        line.setAccessibleName(label)
        line.setAccessibleDescription(problem)
        self._column.addSpacing(4)
        self._column.addWidget(Words(label, TextRole.SMALL, Ink.TEXT2))
        self._column.addWidget(line)
        if problem:
            self._column.addWidget(Words(problem, TextRole.SMALL, Ink.NOT_MET, fit=Fit.WRAP))
        self._first = line
        return line

    def add_details(self, details: str) -> None:
        """Add the technical details, folded away; unfolded they scroll and can be copied."""
        self._details.setPlainText(details)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(_("Technical details"))
        self._details.setMinimumHeight(160)
        fold = Button(_("Technical details"), ButtonKind.LINK, height=CONTROL_SMALL)
        fold.clicked.connect(self._fold)
        copy = Button(_("Copy the details"), ButtonKind.LINK, height=CONTROL_SMALL)
        copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(fold)
        row.addWidget(copy)
        row.addStretch(1)
        self._column.addSpacing(4)
        self._column.addLayout(row)
        self._column.addWidget(self._details, 1)

    def add_text(self, text: str, name: str) -> None:
        """Add a text of many lines that is read before the verb is pressed."""
        self._details.setPlainText(text)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(name)
        self._details.setMinimumHeight(320)
        self._details.show()
        self._column.addWidget(self._details, 1)

    def _fold(self) -> None:
        self._details.setVisible(self._details.isHidden())
        self._fit_height()

    def _fit_height(self) -> None:
        """Make room for every wrapped line; windows do not ask their layout for this themselves."""
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())

    def offer(self, action: str, back: str) -> None:
        """Add the buttons; Enter presses the verb, Esc goes back."""
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in self._besides:
            row.addWidget(button)
        if back:
            away = Button(back)
            away.clicked.connect(self.reject)
            row.addWidget(away)
        go = Button(action, ButtonKind.PRIMARY if back else ButtonKind.NORMAL)
        go.setDefault(True)
        go.clicked.connect(self.accept)
        row.addWidget(go)
        self._column.addSpacing(12)
        self._column.addLayout(row)
        (self._first or go).setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_besides(self, action: str, chosen: AfterBug) -> None:
        """Put one more verb before those that `offer` adds."""
        button = Button(action)
        button.clicked.connect(self._choose)
        self._besides[button] = chosen

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self.done(self._besides[button])

    def chosen(self) -> int:
        """Show the window, wait, let go of it, and return how it was left."""
        self._fit_height()
        left = self.exec()
        self.deleteLater()
        return left

    def answer(self) -> bool:
        """Show the window, wait, let go of it, and say whether the verb was pressed."""
        return self.chosen() == QDialog.DialogCode.Accepted


def _start(kinds: FileKinds) -> str:
    folder = kinds.folder or Path.home()
    return str(folder / kinds.suggested) if kinds.suggested else str(folder)


def _filter(kinds: FileKinds) -> str:
    every = _("All files ({pattern})").format(pattern="*")
    return f"{kinds.words} ({' '.join(kinds.patterns)});;{every}" if kinds.patterns else every
