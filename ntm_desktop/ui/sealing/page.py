"""The page "sign and export": one step at a time, from the open dossier to a file that was read back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.i18n import gettext as _
from ntm_desktop.operations import dossiers, seal, templates
from ntm_desktop.operations.dossiers import Dossier, DossierState
from ntm_desktop.operations.findings import reviewed
from ntm_desktop.operations.outside import next_step
from ntm_desktop.operations.papers import WrittenPaper
from ntm_desktop.operations.seal import Role, Sealed
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import TextRole
from ntm_desktop.ui.opening import open_outside
from ntm_desktop.ui.papers.jobs import WordJob
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.sealing import outcome, steps, wizard
from ntm_desktop.ui.sealing.check_view import CheckView
from ntm_desktop.ui.sealing.end_view import EndView
from ntm_desktop.ui.sealing.export_view import ExportView
from ntm_desktop.ui.sealing.foot import Foot
from ntm_desktop.ui.sealing.jobs import SplitJob
from ntm_desktop.ui.sealing.journey import Journey
from ntm_desktop.ui.sealing.outcome import Action, Outcome, Tone
from ntm_desktop.ui.sealing.outside_way import OutsideWay
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.preview_view import PreviewView
from ntm_desktop.ui.sealing.sign_view import SignView
from ntm_desktop.ui.sealing.step_list import StepList
from ntm_desktop.ui.sealing.wizard import Draft, Step
from ntm_desktop.ui.sealing.work import Kind
from ntm_desktop.ui.session import Session


class SealingPage(ComputedPage):
    """The wizard of the chosen dossier, or the end page of a sealed one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._narrow = False
        self._proven = False
        self._place: tuple[str, object] = ("", None)
        self.journey = Journey(session, self)
        self.journey.moved.connect(self.refresh)
        self.journey.work.progressed.connect(self._progressed)
        self.steps = StepList()
        self.title = Words("", TextRole.PAGE_TITLE)
        self.check = CheckView(session)
        self.preview = PreviewView()
        self.sign = SignView()
        self.outside = OutsideWay(session, self.journey.work, self.sign.outside, self)
        self.outside.moved.connect(self.refresh)
        self.export = ExportView()
        self.end = EndView(session)
        self.empty = EmptyState("pen", _("No dossier yet"), _("A dossier is signed here once it exists."))
        self.views = QStackedWidget()
        for view in (self.check, self.preview, self.sign, self.export, self.end, self.empty):
            self.views.addWidget(view)
        self.foot = Foot()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        right = QWidget()
        self._column = QVBoxLayout(right)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head = QHBoxLayout()
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._column.addLayout(self._head)
        self._column.addWidget(self.views, 1)
        self._column.addWidget(self.foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.steps)
        row.addWidget(right, 1)

    def _connect(self) -> None:
        self.foot.primary.clicked.connect(self.press_primary)
        self.foot.back.clicked.connect(self.press_back)
        self.preview.opened.connect(self._open_paper)
        self.preview.word_asked.connect(self._save_word)
        self.preview.again_asked.connect(self.journey.write_papers)
        self.sign.edited.connect(self._edited)
        self.sign.key.key_asked.connect(self._choose_key)
        self.sign.key.token_asked.connect(self._choose_token)
        self.sign.key.outside_asked.connect(self._sign_outside)
        self.sign.body.key_asked.connect(self._choose_body_key)
        self.sign.body.token_asked.connect(self._choose_body_token)
        self.sign.body.picture_asked.connect(self._choose_seal)
        self.sign.body.details_asked.connect(self._show_body)
        self.sign.body.dropped.connect(self._drop_body)
        self.sign.outside.give_asked.connect(self._give_out)
        self.sign.outside.take_asked.connect(self.outside.take_back)
        self.sign.outside.anew_asked.connect(self.outside.begin_anew)
        self.sign.outside.confirmed.connect(self.outside.confirm)
        self.sign.outside.inside_asked.connect(self._sign_inside)
        self.sign.key.picture_asked.connect(self._choose_picture)
        self.sign.key.unsigned_asked.connect(self.journey.choose_unsigned)
        self.sign.key.details_asked.connect(self._show_person)
        self.export.target_asked.connect(self.journey.choose_target)
        self.end.asked.connect(self._follow)
        self.end.parts.split_asked.connect(self._split)
        for view in (self.preview, self.export, self.end):
            view.work.stop_asked.connect(self.journey.work.stop)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.press_primary)

    # ------------------------------------------------------------ showing

    @override
    def fit(self, room: Room) -> None:
        narrow = room.breadth < Breadth.DRAWER
        margin = room.page_margin + (8 if room.breadth is Breadth.FULL else 0)
        self.steps.set_narrow(narrow=narrow)
        self._narrow = narrow
        self._head.setContentsMargins(margin, 10 if narrow else 0, margin, 0)
        for view in (self.check, self.preview, self.sign, self.export, self.end):
            view.set_margins(margin, 10 if narrow else 16, margin, 12)
        self.check.fit(room)
        self.sign.fit(room)
        self.foot.set_margin(margin)
        self.title.setVisible(narrow and bool(self.title.text()))

    @override
    def regions(self) -> list[QWidget]:
        return [self.views, self.foot]

    @override
    def refresh(self) -> None:
        """Show the chosen dossier as it stands."""
        super().refresh()
        dossier = self.session.desk.dossier
        self.steps.setVisible(dossier is not None)
        self.foot.setVisible(dossier is not None)
        if dossier is None:
            self.views.setCurrentWidget(self.empty)
        elif dossier.state is DossierState.OPEN:
            self._show_wizard(dossier)
        else:
            self._show_end(dossier)

    def _show_wizard(self, dossier: Dossier) -> None:
        desk, draft = self.session.desk, self.journey.draft()
        found = reviewed(desk)
        view: QWidget = self.check
        if draft.step is Step.CHECK:
            self.check.show_findings(found)
        elif draft.step is Step.PREVIEW:
            view = self.preview
            self._show_preview(draft)
        elif draft.step is Step.SIGN:
            view = self.sign
            self.outside.show_card(draft)
            self.sign.show_draft(draft, desk.now())
        else:
            view = self.export
            self.export.show_draft(draft, seal.default_name(desk))
            busy, stopped = self.journey.is_busy(Kind.SEAL), dossier.id in self.journey.stopped
            self.export.show_work(busy=busy, stopped=stopped)
        self.title.set_text(wizard.title(draft.step))
        sealing = self.journey.work.progress if self.journey.is_busy(Kind.SEAL) else None
        self.steps.show_steps(*steps.of_wizard(draft, desk.evaluation, sealing))
        self._show_foot(draft, blocking=sum(1 for one in found if one.blocking and one.kept is None))
        settled = (
            self.journey.papers_stand() if draft.step is Step.PREVIEW else not self.journey.is_busy(Kind.SEAL)
        )
        self._put_in_view(view, (dossier.id, (draft.step, settled)))

    def _show_preview(self, draft: Draft) -> None:
        if self.journey.papers_stand():
            self.preview.show_papers(draft.papers, named=bool(draft.name.strip()))
        elif self.journey.dossier in self.journey.stopped:
            self.preview.show_stopped()
        elif self.journey.is_busy(Kind.PREVIEW):
            self.preview.show_working()
        else:
            self.journey.write_papers()

    def _show_foot(self, draft: Draft, *, blocking: int) -> None:
        reason = wizard.hindrance(
            draft, blocking=blocking, papers_ready=self.journey.papers_stand(), now=self.session.desk.now()
        )
        if self.journey.is_busy(Kind.SEAL):
            reason = _("The file is being written")
        elif self.journey.is_busy(Kind.UNLOCK):
            reason = _("The key is being opened")
        elif self.journey.is_busy(Kind.FIND):
            reason = _("Looking for the token")
        elif self.journey.is_busy(Kind.GIVE_OUT, Kind.TAKE_BACK):
            reason = _("The papers are being worked on")
        self.foot.back.set_words(_("Go back"))
        self.foot.back.setVisible(draft.step is not Step.CHECK)
        self.foot.back.setEnabled(not self.journey.is_busy(Kind.SEAL))
        self.foot.show_primary(wizard.primary_words(draft), reason)
        self.foot.say(reason or "", beside_buttons=True)

    def _show_end(self, dossier: Dossier) -> None:
        desk = self.session.desk
        record = seal.latest(desk)
        if record is None:
            return
        checked = self.journey.checked.get(dossier.id)
        shown = self._outcome(dossier, record)
        self.end.show_outcome(shown, record)
        self.end.show_work(busy=self.journey.is_busy(Kind.VERIFY, Kind.SPLIT))
        written = self.journey.parts.get(dossier.id, ())
        self.end.show_parts(record.size, written, busy=self.journey.work.kind is not None)
        self.title.set_text("")  # the sentence of the end is the title
        self.steps.show_steps(*steps.of_sealed(record, shown, checked, desk.evaluation))
        self._show_end_foot(shown)
        self._put_in_view(self.end, (dossier.id, shown.checked))

    def _outcome(self, dossier: Dossier, record: Sealed) -> Outcome:
        desk = self.session.desk
        name = next(one.words() for one in dossiers.names(desk) if one.id == dossier.id)
        checked = self.journey.checked.get(dossier.id)
        if checked is not None:
            return outcome.outcome_of(record, name, desk.compiled.source, checked)
        if dossier.id in self.journey.unreadable:
            return outcome.not_readable(record, name)
        return outcome.not_read(record, name)

    def _show_end_foot(self, shown: Outcome) -> None:
        self._proven = shown.checked and shown.tone is not Tone.BROKEN
        away, check = _("Back to the overview"), _("Check the file again")
        reason = _("The file is being read") if self.journey.is_busy(Kind.VERIFY) else None
        self.foot.back.setVisible(True)
        self.foot.back.set_reason(reason if self._proven else None)
        self.foot.back.set_words(check if self._proven else away)
        self.foot.show_primary(away if self._proven else check, None if self._proven else reason)
        note = _("The figures and results of this dossier are locked.")
        self.foot.say(reason or note, beside_buttons=reason is not None)

    def _put_in_view(self, view: QWidget, place: tuple[str, object]) -> None:
        self.title.setVisible(self._narrow and bool(self.title.text()))
        self.views.setCurrentWidget(view)
        if place == self._place or not self.isVisible():
            return
        self._place = place
        if isinstance(view, SignView):
            view.focus_first()
        else:  # a grey primary cannot have the focus; the keys of the page must work all the same
            target = self.foot.primary if self.foot.primary.isEnabled() else self
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------ buttons

    def press_primary(self) -> None:
        """Do what the primary says, unless it is grey."""
        dossier = self.session.desk.dossier
        if dossier is None or not self.foot.primary.isEnabled():
            return
        if dossier.state is not DossierState.OPEN:
            self._leave_or_check(leave=self._proven)
        elif self.journey.draft().step is Step.EXPORT:
            self.journey.seal()
        else:
            self.journey.draft().advance()
            self.refresh()

    def press_back(self) -> None:
        """Go back one step; on the end page do the other thing that is offered."""
        dossier = self.session.desk.dossier
        if dossier is None or not self.foot.back.isEnabled():
            return
        if dossier.state is not DossierState.OPEN:
            self._leave_or_check(leave=not self._proven)
        else:
            self.journey.draft().go_back()
            self.refresh()

    def _leave_or_check(self, *, leave: bool) -> None:
        if leave:
            self.session.go_to.emit("overview", "")
        else:
            self.journey.check_again()

    def _edited(self) -> None:
        self.sign.take_into(self.journey.draft())
        self.refresh()

    def _open_paper(self, path: Path) -> None:
        open_outside(path)

    def _choose_key(self) -> None:
        self.journey.choose_key()

    def _choose_token(self) -> None:
        self.journey.choose_token()

    def _show_person(self) -> None:
        self.journey.show_certificate()

    def _choose_body_key(self) -> None:
        self.journey.choose_key(Role.BODY)

    def _choose_body_token(self) -> None:
        self.journey.choose_token(Role.BODY)

    def _show_body(self) -> None:
        self.journey.show_certificate(Role.BODY)

    def _drop_body(self) -> None:
        self.journey.draft().body = None
        self.refresh()

    def _sign_outside(self) -> None:
        self.journey.draft().choose_outside(next_step(self.session.desk))
        self.refresh()

    def _sign_inside(self) -> None:
        self.journey.draft().outside = None
        self.refresh()

    def _give_out(self) -> None:
        self.outside.give_out(self.journey.draft())

    def _choose_picture(self) -> None:
        """Ask for the picture of the signature. Raises PictureUnreadable, FileUnreadable."""
        draft = self.journey.draft()
        draft.picture = self._picture(_("Choose the picture of the signature"), draft.picture)
        self.refresh()

    def _choose_seal(self) -> None:
        """Ask for the picture of the seal. Raises PictureUnreadable, FileUnreadable."""
        draft = self.journey.draft()
        draft.seal_picture = self._picture(_("Choose the picture of the seal"), draft.seal_picture)
        self.refresh()

    def _picture(self, title: str, known: bytes) -> bytes:
        """Return the picture that was chosen, or the one known."""
        kinds = FileKinds(title=title, words=_("PNG pictures"), patterns=("*.png",))
        path = self.session.ask.open_file(self, kinds)
        return known if path is None else seal.read_picture(path)

    def _save_word(self, paper: WrittenPaper) -> None:
        """Ask where the Word copy goes and save it; what is edited there does not come back into the dossier."""
        kinds = FileKinds(
            title=_("Save the Word copy"),
            words=_("Word documents"),
            patterns=("*.docx",),
            folder=self.session.desk.workspace.folder.parent,
            suggested=paper.path.with_suffix(".docx").name,
        )
        target = self.session.ask.save_as(self, kinds)
        if target is not None:
            own = templates.files(self.session.desk).get(paper.form.id) if paper.form is not None else None
            self.session.tasks.run(
                WordJob(paper, target, own).run, self._word_saved, self.session.fail, title=target.name
            )

    def _word_saved(self, name: str) -> None:
        self.foot.say(_("The Word copy was saved as {name}.").format(name=name), beside_buttons=False)

    def _split(self, part_size: int) -> None:
        """Ask for a folder and cut the sealed file into parts there."""
        record = seal.latest(self.session.desk)
        kinds = FileKinds(title=_("Into which folder are the parts to be written?"))
        if record is None or self.journey.work.kind is not None:
            return
        folder = self.session.ask.folder(self, kinds)
        if folder is not None:
            self.journey.parts.pop(self.journey.dossier, None)
            job = SplitJob(Path(record.path), folder, part_size)
            self.journey.work.start(Kind.SPLIT, self.journey.dossier, job.run)
            self.refresh()

    def _follow(self, action: Action) -> None:
        """Open what the link of a fact leads to."""
        record = seal.latest(self.session.desk)
        match action:
            case Action.CERTIFICATE:
                self.journey.show_signers()
            case Action.RESULTS:
                self.session.go_to.emit("entry", "")
            case Action.THRESHOLDS:
                self.end.show_thresholds(self.session.desk)
            case Action.FIND:
                self.journey.find_file()
            case Action.FOLDER if record is not None:
                open_outside(Path(record.path).parent)
            case _:
                pass

    def _progressed(self, progress: Progress) -> None:
        view = self.views.currentWidget()
        if isinstance(view, PreviewView | ExportView | EndView) and self.journey.is_busy():
            view.work.tell(progress)
        if self.journey.is_busy(Kind.SEAL):
            draft = self.journey.draft()
            self.steps.show_steps(*steps.of_wizard(draft, self.session.desk.evaluation, progress))
