"""The side panel: guidance of the requirement that has the focus, then the evidence of the indicator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import attach
from ntm_desktop.operations.attach import Attached, EvidenceState, MissingEvidence, Stored
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, State, TextRole
from ntm_desktop.ui.opening import open_outside
from ntm_desktop.ui.parts import evidence as parts
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.card import Hairline
from ntm_desktop.ui.parts.chip import KeyCap
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_KINDS = {"pdf": "file", "image": "image", "sheet": "table", "excel": "table"}
_KB = 1024


class GuidanceView(QWidget):
    """What must be true, how it is computed, for when, from where, by which document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Words(_("Guidance"), TextRole.CARD_TITLE)
        self._about = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(KeyCap("F1"))
        self._body = QVBoxLayout()
        self._body.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._about)
        column.addLayout(self._body)

    def show_requirement(self, criterion_set: CriterionSet, requirement: Requirement) -> None:
        """Show the guidance of a requirement."""
        self._about.set_text(_("for {requirement}").format(requirement=requirement.label))
        _empty(self._body)
        guidance = requirement.guidance
        for heading, text in (
            (_("What must be true"), guidance.must),
            (_("How it is counted"), guidance.how),
            (_("Period of the figures"), guidance.period),
            (_("Where to get it"), guidance.where),
            (_("Note"), guidance.note),
        ):
            if str(text):
                self._section(heading, str(text))
        documents = [criterion_set.documents[d] for d in guidance.documents if d in criterion_set.documents]
        if documents:
            self._body.addSpacing(8)
            self._body.addWidget(Words(_("Documents"), TextRole.SMALL, Ink.TEXT2))
        for document in documents:
            number = document.number
            if document.dated is not None:
                number = _("{number} of {day}").format(number=number, day=f"{document.dated:%d/%m/%Y}")
            words = Words(number, TextRole.BODY, Ink.TEXT, fit=Fit.WRAP)
            words.setToolTip("\n".join(part for part in (str(document.title), document.note) if part))
            self._body.addWidget(words)

    def _section(self, heading: str, text: str) -> None:
        self._body.addSpacing(8)
        self._body.addWidget(Words(heading, TextRole.SMALL, Ink.TEXT2))
        self._body.addWidget(Words(text, TextRole.BODY, Ink.TEXT, fit=Fit.WRAP))


class SidePanel(QFrame):
    """Guidance above, evidence below; the whole panel takes dropped files."""

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._indicator: Indicator | None = None
        self._requirement: Requirement | None = None
        self._counts = ""
        self._evidence: tuple[EvidenceState, bool] | None = None
        """What is listed."""
        self.guidance = GuidanceView()
        self.evidence = parts.EvidencePanel(_("Evidence"), _("Add files\u2026"))
        self.evidence.add_asked.connect(self.add_files)
        self.evidence.files_dropped.connect(self._dropped)
        self._close = IconButton("right", _("Fold the panel away"), "Esc", height=28)
        self._close.clicked.connect(self.closed)
        self._close.hide()
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(16, 12, 10, 12)
        column.setSpacing(12)
        column.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.guidance)
        column.addWidget(Hairline())
        column.addWidget(self.evidence)
        column.addStretch(1)
        self.pages = QScrollArea()
        self.pages.setWidgetResizable(True)
        self.pages.setFrameShape(QFrame.Shape.NoFrame)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.setAccessibleName(_("Guidance and evidence"))
        self.pages.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.pages.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(self.pages)

    def set_drawer(self, *, drawer: bool) -> None:
        """Offer to fold away while the panel lies over the page."""
        self._close.setVisible(drawer)
        self.pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus if drawer else Qt.FocusPolicy.NoFocus)

    def show_requirement(self, indicator: Indicator, requirement: Requirement) -> None:
        """Show the guidance of this requirement, and the evidence of its indicator."""
        self._page.show()
        other = self._indicator is None or self._indicator.code != indicator.code
        self._indicator, self._requirement = indicator, requirement
        self.guidance.show_requirement(self.session.desk.compiled.source, requirement)
        if other:
            self._evidence = None
            self.show_evidence()
        self.evidence.add.setEnabled(self.session.desk.editable)

    def show_nothing(self) -> None:
        """Show neither guidance nor evidence: nothing is asked for here."""
        self._indicator = self._requirement = None
        self._counts = ""
        self._evidence = None
        self._page.hide()

    def show_evidence(self) -> None:
        """Show the files and what is missing."""
        if self._indicator is None:
            return
        desk = self.session.desk
        state = attach.evidence_state(desk, self._indicator)
        if (state, desk.editable) == self._evidence:
            return  # a verdict changed, but not what is asked for
        self._evidence = (state, desk.editable)
        self._counts = f"{state.have}/{state.need}" if state.need else ""
        rows: list[QWidget] = [self._row(row) for row in state.rows]
        rows += [self._missing(missing) for missing in state.missing]
        if not rows:
            rows = [Words(_("No evidence is asked for here."), TextRole.SMALL, Ink.TEXT2, fit=Fit.WRAP)]
        self.evidence.show_rows(rows, self._counts)
        self.evidence.add.setEnabled(self.session.desk.editable)

    def counts(self) -> str:
        """Return "3/4", what is shown of what must be shown."""
        return self._counts

    def _row(self, attached: Attached) -> QWidget:
        evidence = attached.evidence
        kind = next((icon for word, icon in _KINDS.items() if word in evidence.media_type), "file")
        row = parts.EvidenceRow(kind, evidence.title or evidence.name, _second_line(attached))
        if attached.there:
            row.set_fact(State.MET, _("Opens"))
        else:
            row.set_fact(State.NOT_MET, _("Does not open"))
        look = _Look(evidence, self, row)
        row.opened.connect(look.open)
        if attached.there:
            link = Button(_("Look at it"), ButtonKind.LINK, height=24)
            link.setAccessibleDescription(evidence.name)
            link.clicked.connect(look.open)
            row.add_action(link)
        if self.session.desk.editable:
            remove = _Removal(attached, self)
            row.add_action(remove)
        return row

    def _missing(self, missing: MissingEvidence) -> QWidget:
        return parts.MissingEvidence(
            _("Still missing (required)"),
            str(missing.rule.label),
            _("Drag a file here or press Add files\u2026"),
        )

    # ------------------------------------------------------------ adding

    def add_files(self) -> None:
        """Ask for files and attach them."""
        paths = self.session.ask.open_files(self, FileKinds(title=_("Choose evidence")))
        if paths:
            self._dropped(paths)

    def _dropped(self, paths: Sequence[Path]) -> None:
        if self._indicator is None or self._requirement is None or not self.session.desk.editable:
            return
        work = _Attaching(self.session, self._indicator, self._requirement, tuple(paths))
        self.session.tasks.run(work.copy, work.take, self.session.fail, title=_("Copying evidence"))

    def remove(self, attached: Attached) -> None:
        """Take a file off its requirement; Ctrl+Z brings it back."""
        change = attach.detach(
            self.session.desk, attached.evidence.sha256, attached.requirement, attached.rule
        )
        self.session.publish(change)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, 1, self.height(), colour(Ink.LINE))


class _Look(QObject):
    """Opens a copy of one file with the system's own program; the stored file is never handed out."""

    def __init__(self, evidence: Evidence, panel: SidePanel, row: QWidget) -> None:
        super().__init__(row)
        self._evidence = evidence
        self._panel = panel

    def open(self) -> None:
        """Copy it out and open the copy."""
        session = self._panel.session
        open_outside(attach.take_out(session.desk, self._evidence, session.looking_folder()))


class _Removal(Button):
    """The quiet button that takes one file off."""

    def __init__(self, attached: Attached, panel: SidePanel) -> None:
        super().__init__(_("Remove"), ButtonKind.LINK, height=24)
        self._attached = attached
        self._panel = panel
        self.clicked.connect(self._remove)

    def _remove(self) -> None:
        self._panel.remove(self._attached)


class _Attaching:
    """Copy in a job, link on the window's thread: to the first rule that still lacks a file of the requirement."""

    def __init__(
        self, session: Session, indicator: Indicator, requirement: Requirement, paths: tuple[Path, ...]
    ) -> None:
        self._session = session
        self._paths = paths
        self._target = _first_lacking(session, indicator, requirement)

    def copy(self, _report: Callable[[object], None], cancelled: Callable[[], bool]) -> tuple[Stored, ...]:
        """Copy the files into the store."""
        return attach.store(self._session.desk, self._paths, cancelled=cancelled)

    def take(self, stored: tuple[Stored, ...]) -> None:
        """Show them for the requirement."""
        requirement, rule = self._target
        self._session.publish(attach.attach(self._session.desk, requirement, rule, stored))


def _first_lacking(session: Session, indicator: Indicator, requirement: Requirement) -> tuple[str, str]:
    """Return requirement and rule a new file answers: of the one with the focus first, then of its indicator."""
    missing = attach.evidence_state(session.desk, indicator).missing
    own = [one for one in missing if one.requirement == requirement.code]
    for one in own or missing:
        return one.requirement, one.rule.code
    return requirement.code, requirement.evidence[0].code if requirement.evidence else ""


def _second_line(attached: Attached) -> str:
    evidence = attached.evidence
    parts_shown = [_kind_word(evidence.media_type), _size(evidence.size)]
    if evidence.dated is not None:
        parts_shown.append(f"{evidence.dated:%d/%m/%Y}")
    if attached.also_for:
        parts_shown.append(_("also for {codes}").format(codes=", ".join(attached.also_for)))
    return " \u00b7 ".join(parts_shown)


def _kind_word(media_type: str) -> str:
    for word, shown in (
        ("pdf", "PDF"),
        ("image", _("Picture")),
        ("sheet", "Excel"),
        ("excel", "Excel"),
        ("csv", "CSV"),
    ):
        if word in media_type:
            return shown
    return _("File")


def _size(size: int) -> str:
    if size < _KB * _KB:
        return f"{max(1, round(size / _KB))} KB"
    return f"{size / _KB / _KB:.1f} MB".replace(".", ",")


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
