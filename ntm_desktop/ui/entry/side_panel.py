"""The side panel: guidance of the requirement that has the focus, then the evidence of the indicator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import CriterionSet, Indicator, Requirement
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import attach, evidence_care
from ntm_desktop.operations.answer import key_for
from ntm_desktop.operations.attach import Attached, EvidenceState, MissingEvidence
from ntm_desktop.operations.evidence_intake import Intake
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.entry.evidence_entry import EvidenceEntry
from ntm_desktop.ui.entry.evidence_jobs import Adding, Replacing, first_lacking
from ntm_desktop.ui.entry.evidence_words import intake_words
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.opening import open_outside
from ntm_desktop.ui.parts import evidence as parts
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.card import Hairline
from ntm_desktop.ui.parts.chip import KeyCap
from ntm_desktop.ui.parts.tick import Tick
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session


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
    look_asked = Signal(object)
    """Carries the evidence to look at inside the window."""

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
        self.join = Button(_("Make one PDF of photos\u2026"), ButtonKind.LINK, height=24)
        self.join.clicked.connect(self.join_photos)
        self.originals = Tick(_("Keep photos as they came, too (on this machine only)"), small=True)
        for tool in (self.join, self.originals):
            self.evidence.add_tool(tool)
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
            self.evidence.notice(None)
            self.show_evidence()
        self._enable()

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
        self._enable()

    def _enable(self) -> None:
        """Let files be added only while the dossier takes changes."""
        for one in (self.evidence.add, self.join, self.originals):
            one.setEnabled(self.session.desk.editable)

    def counts(self) -> str:
        """Return "3/4", what is shown of what must be shown."""
        return self._counts

    def _row(self, attached: Attached) -> QWidget:
        row = EvidenceEntry(
            attached, self._figures(attached.requirement), editable=self.session.desk.editable
        )
        row.look_asked.connect(self._look)
        row.looked_asked.connect(self._looked_at)
        row.replace_asked.connect(self._replace)
        row.remove_asked.connect(self.remove)
        row.spot_noted.connect(self._note_spot)
        return row

    def _figures(self, code: str) -> dict[FactKey, str]:
        """Return the figures a requirement asks of the commune, which may stand in a file."""
        if self._indicator is None:
            return {}
        found = next((one for one in self._indicator.requirements if one.code == code), None)
        fields = found.fields if found is not None else ()
        return {key_for(self.session.desk, field): str(field.label) for field in fields}

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
        work = self._adding(self._indicator, self._requirement, paths)
        self.session.tasks.run(work.copy, work.take, self.session.fail, title=_("Copying evidence"))

    def join_photos(self) -> None:
        """Ask for photos and attach them as one PDF."""
        kinds = FileKinds(
            title=_("Choose photos in the order of the pages"),
            words=_("Photos"),
            patterns=("*.jpg", "*.jpeg", "*.png", "*.webp"),
        )
        paths = self.session.ask.open_files(self, kinds)
        if paths and self._indicator is not None and self._requirement is not None:
            work = self._adding(self._indicator, self._requirement, paths)
            self.session.tasks.run(work.join, work.take, self.session.fail, title=_("Making a PDF of photos"))

    def _adding(self, indicator: Indicator, requirement: Requirement, paths: Sequence[Path]) -> Adding:
        target = first_lacking(self.session, indicator, requirement)
        return Adding(self.session, target, paths, self.tell, originals=self.originals.isChecked())

    def tell(self, intake: Intake) -> None:
        """Say what became of the files that were added last."""
        fact, rest = intake_words(intake)
        kind = BannerKind.WARNING if intake.refused or intake.left_out else BannerKind.INFO
        self.evidence.notice(Banner(kind, fact, rest, dismissable=True))

    # ------------------------------------------------------------ what is done with one file

    def remove(self, attached: Attached) -> None:
        """Take a file off its requirement; Ctrl+Z brings it back."""
        change = attach.detach(
            self.session.desk, attached.evidence.sha256, attached.requirement, attached.rule
        )
        self.session.publish(change)

    def _look(self, attached: Attached) -> None:
        if attached.there and evidence_care.can_be_drawn(attached.evidence):
            self.look_asked.emit(attached.evidence)
        else:
            self.open_outside(attached.evidence)

    def open_outside(self, evidence: Evidence) -> None:
        """Open a copy with the system's own program; the stored file is never handed out."""
        open_outside(attach.take_out(self.session.desk, evidence, self.session.looking_folder()))

    def _looked_at(self, attached: Attached) -> None:
        self.session.publish(
            evidence_care.looked_at(self.session.desk, attached.evidence.sha256, attached.requirement)
        )

    def _replace(self, attached: Attached) -> None:
        title = _("Choose the file that takes the place of {file}").format(file=attached.evidence.name)
        path = self.session.ask.open_file(self, FileKinds(title=title))
        if path is not None:
            work = Replacing(self.session, attached.evidence, path, self.tell)
            self.session.tasks.run(work.copy, work.take, self.session.fail, title=_("Copying evidence"))

    def _note_spot(self, attached: Attached, key: FactKey, spot: str) -> None:
        self.session.publish(evidence_care.note_spot(self.session.desk, attached.evidence.sha256, key, spot))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, 1, self.height(), colour(Ink.LINE))


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
