"""The page "official papers": which there are, each as its pages, what is written by hand in it, and saving them."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from PySide6.QtCore import QTemporaryDir
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from ntm_desktop.criteria.model import Basis, PaperForm
from ntm_desktop.errors import FileUnwritable, NtmError
from ntm_desktop.i18n import gettext as _
from ntm_desktop.i18n import ngettext
from ntm_desktop.operations import paper_sections, papers, templates, wording
from ntm_desktop.operations.papers import Page as DrawnPage
from ntm_desktop.operations.papers import Prepared, Signatory, WrittenPaper
from ntm_desktop.ui.ask import FileKinds
from ntm_desktop.ui.frame.page import ComputedPage
from ntm_desktop.ui.look.breakpoints import Breadth, Room
from ntm_desktop.ui.look.colours import colour
from ntm_desktop.ui.look.tokens import Ink, TextRole
from ntm_desktop.ui.papers.jobs import DrawJob, ExportJob, WordJob, WriteJob
from ntm_desktop.ui.papers.paper_list import INDEX, ListedPaper, PaperList
from ntm_desktop.ui.papers.section_view import SectionView
from ntm_desktop.ui.papers.template_view import TemplateView
from ntm_desktop.ui.parts.banner import Banner, BannerKind
from ntm_desktop.ui.parts.buttons import Button, ButtonKind, IconButton
from ntm_desktop.ui.parts.card import Card
from ntm_desktop.ui.parts.choice import Option
from ntm_desktop.ui.parts.empty import EmptyState
from ntm_desktop.ui.parts.filters import FilterRow
from ntm_desktop.ui.parts.page_view import DRAWN_WIDTH, PageView, spoken_page
from ntm_desktop.ui.parts.scroll import CardColumn
from ntm_desktop.ui.parts.words import Fit, Words
from ntm_desktop.ui.session import Session

_LOOK, _WRITE, _TEMPLATE = "look", "write", "template"
_LIST_WIDTH, _LIST_NARROW = 420, 300


class PapersPage(ComputedPage):
    """The papers at the left; at the right the chosen one as its pages, or what is written by hand in it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._prepared: Prepared | None = None
        self._written: tuple[WrittenPaper, ...] = ()
        self._dossier = self._chosen = ""
        self._number = 1
        self._busy = self._again = False
        self._folder: QTemporaryDir | None = None
        self._folders = 0
        self.saved: Banner | None = None
        """Says what was saved; gone with the next paper."""
        self.title = Words(_("Official papers"), TextRole.PAGE_TITLE)
        self.counts = Words("", TextRole.SMALL, Ink.TEXT2, fit=Fit.ELIDE)
        self.list = PaperList()
        self.all = Button(_("Save all papers\u2026"), ButtonKind.PRIMARY)
        self.name = Words("", TextRole.CARD_TITLE, fit=Fit.ELIDE)
        self.filters = FilterRow(
            _("What is shown of the paper"),
            [
                Option(_LOOK, _("Pages")),
                Option(_WRITE, _("Written by hand")),
                Option(_TEMPLATE, _("Own template")),
            ],
        )
        self.back = IconButton("left", _("Page before"), "Page Up")
        self.place = Words("", TextRole.BODY, Ink.TEXT2)
        self.onward = IconButton("right", _("Next page"), "Page Down")
        self.pdf = Button(_("PDF\u2026"))
        self.word = Button(_("Word\u2026"))
        self.excel = Button(_("Excel\u2026"))
        self.pages = PageView(_("Page of the paper"))
        self.sections = SectionView()
        self.template = TemplateView(session)
        self.empty = EmptyState("pages", _("No dossier yet"), _("Its papers are written from its figures."))
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------ shape

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(12)
        title.addWidget(self.title)
        title.addWidget(self.counts, 1)
        card = Card(padded=False)
        card.body.addWidget(self.list)
        column = CardColumn()
        column.add(card)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.all)
        self._left = QWidget()
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setSpacing(10)
        self._left_column.addLayout(title)
        self._left_column.addWidget(column, 1)
        self._left_column.addLayout(foot)
        self._right = _Sheet()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(1, 10, 0, 0)
        right.setSpacing(8)
        for row in self._heads():
            right.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.sections)
        self._stack.addWidget(self.template)
        right.addWidget(self._stack, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(0)
        self._sides.addWidget(self._left)
        self._sides.addWidget(self._right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._sides, 1)
        whole.addWidget(self.empty, 1)

    def _heads(self) -> tuple[QHBoxLayout, QHBoxLayout]:
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setContentsMargins(16, 0, 16, 0)
            row.setSpacing(8)
        first.addWidget(self.name, 1)
        for widget in (self.back, self.place, self.onward):
            first.addWidget(widget)
        second.addWidget(self.filters, 1)
        for button in (self.pdf, self.word, self.excel):
            second.addWidget(button)
        return first, second

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.all.clicked.connect(self.save_all)
        self.filters.chosen.connect(self._show_side)
        self.back.clicked.connect(self.previous_page)
        self.onward.clicked.connect(self.next_page)
        self.pages.turned.connect(self._turn)
        self.sections.written.connect(self._store)
        self.template.saved.connect(self._saved_sample)
        self.pdf.clicked.connect(self.save_pdf)
        self.word.clicked.connect(self.save_word)
        self.excel.clicked.connect(self.save_excel)

    @override
    def fit(self, room: Room) -> None:
        beside = room.breadth >= Breadth.NARROW
        self._sides.setDirection(
            QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        )
        width = _LIST_WIDTH if room.breadth >= Breadth.FULL else _LIST_NARROW
        self._left.setMinimumWidth(width if beside else 0)
        self._left.setMaximumWidth(width if beside else 16_777_215)
        self._left_column.setContentsMargins(room.page_margin, 14, 12, 14)
        self.template.fit(room)

    @override
    def regions(self) -> list[QWidget]:
        return [self.list, self._right]

    # ------------------------------------------------------------ showing

    @override
    def refresh(self) -> None:
        """Write the papers anew beside the window, from the figures as they stand."""
        super().refresh()
        desk = self.session.desk
        for side in (self._left, self._right):
            side.setVisible(desk.dossier is not None)
        self.empty.setVisible(desk.dossier is None)
        if desk.dossier is None:
            return
        if desk.dossier.id != self._dossier:
            self._dossier, self._written = desk.dossier.id, ()
        if self._busy:
            self._again = True
            return
        signatory = Signatory("", _("CHAIRPERSON OF THE COMMUNE"), desk.commune.name)
        self._prepared = papers.freeze_to_look_at(desk, signatory)
        self._busy = True
        job = WriteJob(desk.workspace, self._prepared, self._fresh_folder())
        self.session.tasks.run(
            job.run, self._take, self._fail, stopped=self._stop, title=_("Writing the papers")
        )
        self._show_list()
        self.choose(self._chosen)

    def _fresh_folder(self) -> Path:
        """Return a folder whose pages nobody draws; the one before the last goes, all go with the window."""
        if self._folder is None:
            self._folder = QTemporaryDir()
        if not self._folder.isValid():
            raise FileUnwritable(self._folder.path(), self._folder.errorString())
        whole = Path(self._folder.path())
        self._folders += 1
        rmtree(whole / str(self._folders - 2), ignore_errors=True)
        return whole / str(self._folders)

    def _take(self, written: tuple[WrittenPaper, ...]) -> None:
        self._busy, self._written = False, written
        if (
            not self.isVisible()
        ):  # gone meanwhile, with the whole window perhaps: written anew when it comes back
            self._stale, self._again = True, False
            return
        if self._again:
            self._again = False
            self.refresh()
            return
        self._show_list()
        self._draw()

    def _stop(self) -> None:
        self._busy = False

    def _fail(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, NtmError):
            raise error
        explained = wording.explain(error)
        self.pages.say(f"{explained.what} {explained.safe} {explained.next_step}")

    def _forms(self) -> tuple[PaperForm, ...]:
        return paper_sections.listed(self.session.desk)

    def _form(self) -> PaperForm | None:
        return next((form for form in self._forms() if form.id == self._chosen), None)

    def _paper(self) -> WrittenPaper | None:
        """Return the chosen paper as it was written; None while it was not."""
        for one in self._written:
            if (INDEX if one.form is None else one.form.id) == self._chosen:
                return one
        return None

    def _show_list(self) -> None:
        pages = {INDEX if one.form is None else one.form.id: one.pages for one in self._written}
        forms = self._forms()
        if self._chosen not in {INDEX, *(form.id for form in forms)}:
            self._chosen = forms[0].id if forms else INDEX
        index = ListedPaper(
            INDEX,
            _("Index of all files of the dossier"),
            sent=True,
            pages=pages.get(INDEX, 0),
            unchecked=False,
            empty=0,
        )
        rows = [
            *(self._row(form, pages) for form in forms if form.sent),
            index,
            *(self._row(form, pages) for form in forms if not form.sent),
        ]
        self.list.show_papers(rows, self._chosen)
        count = ngettext("{count} paper", "{count} papers", len(rows)).format(count=len(rows))
        total = sum(pages.values())
        words = ngettext("{count} page", "{count} pages", total).format(count=total)
        version = self.session.desk.compiled.source.version
        self.counts.set_text(
            _("{papers}, {pages} \u00b7 by the pack {version}").format(
                papers=count, pages=words, version=version
            )
        )

    def _row(self, form: PaperForm, pages: dict[str, int]) -> ListedPaper:
        return ListedPaper(
            form.id,
            str(form.title),
            form.sent,
            pages.get(form.id, 0),
            form.basis is not Basis.OFFICIAL,
            sum(not one.text for one in self._sections(form)),
        )

    def _sections(self, form: PaperForm) -> tuple[paper_sections.Section, ...]:
        if self._prepared is None:
            return ()
        return paper_sections.sections(self.session.desk, form, self._prepared)

    def choose(self, key: str) -> None:
        """Show this paper."""
        self.sections.store()
        if key != self._chosen:
            self._number = 1
            self._forget_saved()
        self._chosen = key
        self.list.choose(key)
        form = self._form()
        self.name.set_text(_("Index of all files of the dossier") if form is None else str(form.title))
        for button in (self.word, self.excel):
            button.set_reason(_("Nothing in the index may be edited.") if form is None else None)
        sections = () if form is None else self._sections(form)
        self.filters.set_words(_WRITE, _("Written by hand {count}").format(count=len(sections)))
        self.sections.show_sections(key, sections, editable=self.session.desk.editable)
        self._show_template()
        self._draw()

    def _show_side(self) -> None:
        self.sections.store()
        sides = {_LOOK: self.pages, _WRITE: self.sections, _TEMPLATE: self.template}
        self._stack.setCurrentWidget(sides[self.filters.key()])
        self._show_template()

    def _show_template(self) -> None:
        self.template.show_paper(self._form(), self._prepared, looked_at=self.filters.key() == _TEMPLATE)

    # ------------------------------------------------------------ pages

    def next_page(self) -> None:
        """Turn to the next page."""
        self._turn(1)

    def previous_page(self) -> None:
        """Turn to the page before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        paper = self._paper()
        if paper is not None and 1 <= self._number + step <= paper.pages:
            self._number += step
            self._draw()

    def _draw(self) -> None:
        paper = self._paper()
        self._show_place(paper)
        if paper is None:
            self.pages.say(_("The papers are being written\u2026"))
            return
        if not self.pages.has_page():
            self.pages.say(_("The page is being drawn\u2026"))
        job = DrawJob(paper, self._number, DRAWN_WIDTH)
        self.session.tasks.run(job.run, self._show_page, self._fail, title=_("Drawing a page"))

    def _show_page(self, drawn: tuple[Path, DrawnPage]) -> None:
        path, page = drawn
        paper = self._paper()
        if paper is not None and path == paper.path and page.number == self._number:
            self.pages.show_page(page.png, spoken_page(self.name.text(), page.number, page.count))

    def _show_place(self, paper: WrittenPaper | None) -> None:
        count = 1 if paper is None else paper.pages
        self._number = min(self._number, count)
        self.place.set_text(_("Page {number} of {count}").format(number=self._number, count=count))
        self.back.setEnabled(self._number > 1)
        self.onward.setEnabled(self._number < count)

    # ------------------------------------------------------------ writing and saving

    def _store(self, section: str, text: str) -> None:
        self.session.publish(paper_sections.write_section(self.session.desk, section, text))

    def save_pdf(self) -> None:
        """Ask where the chosen paper goes as PDF. Raises what `papers.copy_pdf` raises."""
        self._save("*.pdf", _("PDF documents"))

    def save_word(self) -> None:
        """Ask where the chosen paper goes for Word. Raises what `papers.save_word` raises."""
        self._save("*.docx", _("Word documents"))

    def save_excel(self) -> None:
        """Ask where the tables of the chosen paper go. Raises what `papers.save_excel` raises."""
        self._save("*.xlsx", _("Excel workbooks"))

    def _save(self, pattern: str, words: str) -> None:
        self.sections.store()
        paper = self._paper()
        if paper is None:
            return
        kinds = FileKinds(
            title=_("Where is the paper to be saved?"),
            words=words,
            patterns=(pattern,),
            folder=self.session.desk.workspace.folder.parent,
            suggested=paper.path.with_suffix(pattern[1:]).name,
        )
        target = self.session.ask.save_as(self, kinds)
        if target is None:
            return
        if pattern == "*.docx":
            own = templates.files(self.session.desk).get(self._chosen)
            job = WordJob(paper, target, own)
            self.session.tasks.run(job.run, self._saved_word, self.session.fail, title=_("Saving the papers"))
            return
        nothing = (papers.copy_pdf if pattern == "*.pdf" else papers.save_excel)(paper, target) is False
        what = _("This paper has no tables; nothing was saved.") if nothing else _("The paper was saved.")
        self._tell(BannerKind.INFO if nothing else BannerKind.DONE, what, "" if nothing else target.name)

    def _saved_word(self, name: str) -> None:
        self._tell(BannerKind.DONE, _("The paper was saved."), name)

    def _saved_sample(self, name: str) -> None:
        self._tell(BannerKind.DONE, _("The sample template was saved."), name)

    def save_all(self) -> None:
        """Ask for a folder and write all papers there: as PDF, for Word, and their tables for Excel."""
        self.sections.store()
        kinds = FileKinds(title=_("Into which folder are the papers to be saved?"), words="")
        folder = self.session.ask.folder(self, kinds)
        if folder is None or self._prepared is None:
            return
        self.all.set_reason(_("The papers are being saved\u2026"))
        desk = self.session.desk
        job = ExportJob(desk.workspace, self._prepared, folder, templates.files(desk))
        self.session.tasks.run(
            job.run, self._saved_all, self._not_saved, stopped=self._all_again, title=_("Saving the papers")
        )

    def _saved_all(self, paths: tuple[Path, ...]) -> None:
        self._all_again()
        count = ngettext("{count} file was saved.", "{count} files were saved.", len(paths))
        self._tell(BannerKind.DONE, count.format(count=len(paths)), str(paths[0].parent) if paths else "")

    def _not_saved(self, error: Exception) -> None:
        self._all_again()
        self.session.fail(error)

    def _all_again(self) -> None:
        self.all.set_reason(None)

    def _tell(self, kind: BannerKind, what: str, where: str) -> None:
        self._forget_saved()
        self.saved = Banner(kind, what, where)
        self._left_column.insertWidget(1, self.saved)

    def _forget_saved(self) -> None:
        if self.saved is not None:
            self.saved.hide()
            self.saved.deleteLater()
            self.saved = None


class _Sheet(QWidget):
    """The white side."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Ink.SURFACE))
        painter.fillRect(0, 0, 1, self.height(), colour(Ink.LINE))
