"""With which Word template of the office a paper is written: choosing one, what it names, a sample to begin with."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import templates
from ntm_desktop.operations.papers import Prepared
from ntm_desktop.operations.templates import Filled, TemplateFile
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.tokens import Ink, State
from ntm_desktop.ui.papers.jobs import CheckJob, SampleJob
from ntm_desktop.ui.parts.buttons import Button, ButtonKind
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.parts.rows import ListRow
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_WORD = ("*.docx",)


class TemplateView(CardColumn):
    """The template of one paper and its places."""

    saved = Signal(str)
    """Carries the name of the sample that was saved."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.set_margins(16, 12, 16, 12)
        self._session = session
        self._form: PaperForm | None = None
        self._prepared: Prepared | None = None
        self._seen: tuple[str, TemplateFile] | None = None
        """Paper and file that are being looked through."""
        self._busy = False
        self.choose = Button(_("Choose a template\u2026"), icon="folder")
        self.sample = Button(_("Save a sample template\u2026"), icon="file")
        self.drop = Button(_("Stop using it"), ButtonKind.LINK)
        self.name = ListRow("", strong=True)
        self.used = ListRow("")
        self.unknown = ListRow("")
        self.missing = ListRow("")
        self.places = TitledCard(_("Places of this paper"))
        self._buttons = QHBoxLayout()
        self._lay_out()
        self.choose.clicked.connect(self.choose_file)
        self.sample.clicked.connect(self.save_sample)
        self.drop.clicked.connect(self.stop_using)

    def _lay_out(self) -> None:
        card = TitledCard(_("The office's own Word template"))
        self.name.set_icon("file", Ink.TEXT2)
        self.name.set_divided(divided=False)
        card.body.addWidget(self.name)
        about = _(
            "The Word file of this paper is written with the template; the PDF that is signed stays as the program "
            "lays it out. The sample has every place of the paper by its name."
        )
        card.body.addWidget(Words(about, ink=Ink.TEXT2, fit=Fit.WRAP))
        self._buttons.setSpacing(8)
        for button in (self.choose, self.sample, self.drop):
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        card.body.addLayout(self._buttons)
        self.unknown.set_icon(State.NOT_MET.icon, State.NOT_MET.ink)
        self.used.set_icon(State.MET.icon, State.MET.ink)
        self.missing.set_icon(State.NA.icon, State.NA.ink)
        self.missing.set_divided(divided=False)
        self.places.body.setSpacing(0)
        for row in (self.unknown, self.used, self.missing):
            self.places.body.addWidget(row)
        self.places.hide()
        self.add(card)
        self.add(self.places)

    def fit(self, room: Room) -> None:
        """Take the shape for a window of this size."""
        beside = room.breadth >= Breadth.NARROW
        self._buttons.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )

    def show_paper(self, form: PaperForm | None, prepared: Prepared | None, *, looked_at: bool) -> None:
        """Show the template of a paper; its places are looked through once somebody looks at this side."""
        if _id(form) != _id(self._form):
            self._seen = None
            self.places.hide()
        self._form, self._prepared = form, prepared
        self._show_name()
        if looked_at and form is not None:
            stored = templates.files(self._session.desk).get(form.id)
            if stored is not None and self._seen != (form.id, stored):
                self._look_through(form, stored)

    def _show_name(self) -> None:
        form = self._form
        found = None if form is None else templates.in_use(self._session.desk).get(form.id)
        read_only = self._session.desk.workspace.read_only
        for button in (self.choose, self.sample):
            button.setEnabled(
                form is not None and not self._busy and (button is self.sample or not read_only)
            )
        self.drop.setVisible(found is not None and not read_only)
        if form is None:
            self.name.title.set_text(_("The index of files is never edited"))
        elif found is None:
            self.name.title.set_text(_("As the program lays it out"))
        else:
            self.name.title.set_text(found.name)
        self.name.set_second(_("The template is being looked through\u2026") if self._busy else "")
        if found is None:
            self.places.hide()

    # ------------------------------------------------------------ what the officer does

    def choose_file(self) -> None:
        """Ask for a template, look it through and use it. Raises what `templates.read` raises."""
        kinds = FileKinds(title=_("Choose a Word template"), words=_("Word documents"), patterns=_WORD)
        path = None if self._busy else self._session.ask.open_file(self, kinds)
        if path is not None and self._form is not None:
            self._look_through(self._form, templates.read(path))

    def stop_using(self) -> None:
        """Write the paper as the program lays it out again."""
        if self._form is not None and not self._busy:
            self._seen = None
            self._session.publish(templates.drop(self._session.desk, self._form.id))
            self._show_name()

    def save_sample(self) -> None:
        """Ask where the sample goes and write it."""
        if self._form is None or self._prepared is None:
            return
        kinds = FileKinds(
            title=_("Where is the sample template to be saved?"),
            words=_("Word documents"),
            patterns=_WORD,
            folder=self._session.desk.workspace.folder.parent,
            suggested=f"mau_{self._form.id}.docx",
        )
        target = self._session.ask.save_as(self, kinds)
        if target is not None:
            job = SampleJob(self._form, self._prepared.snapshot, target)
            self._session.tasks.run(
                job.run, self.saved.emit, self._session.fail, title=_("Writing the sample template")
            )

    # ------------------------------------------------------------ looking through

    def _look_through(self, form: PaperForm, template: TemplateFile) -> None:
        if self._prepared is None or self._busy:
            return
        self._busy, self._seen = True, (form.id, template)
        job = CheckJob(template, form, self._prepared.snapshot)
        self._session.tasks.run(
            job.run, self._checked, self._refused, stopped=self._ended, title=_("Looking through a template")
        )
        self._show_name()

    def _checked(self, found: Filled) -> None:
        self._ended()
        if self._seen is None:
            return
        paper, template = self._seen
        desk = self._session.desk
        if templates.files(desk).get(paper) != template:
            self._session.publish(templates.keep(desk, paper, template))
        if self._form is not None and self._form.id == paper:
            self._show_places(found)
        self._show_name()

    def _refused(self, error: Exception) -> None:
        self._seen = None
        self._ended()
        self._session.fail(error)

    def _ended(self) -> None:
        self._busy = False
        self._show_name()

    def _show_places(self, found: Filled) -> None:
        count = len(found.unknown)
        self.unknown.setVisible(bool(count))
        self.unknown.title.set_text(
            ngettext(
                "{count} name there is no place of; it is printed with a question mark",
                "{count} names there are no places of; they are printed with a question mark",
                count,
            ).format(count=count)
        )
        self.unknown.set_second(_listed(found.unknown))
        count = len(found.used)
        words = ngettext("{count} place is filled", "{count} places are filled", count)
        self.used.title.set_text(words.format(count=count))
        self.used.set_second(_listed(found.used))
        count = len(found.missing)
        words = ngettext(
            "{count} place is not in the template", "{count} places are not in the template", count
        )
        self.missing.title.set_text(words.format(count=count))
        self.missing.set_second(_listed(found.missing))
        self.places.show()


def _id(form: PaperForm | None) -> str:
    return "" if form is None else form.id


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names)
