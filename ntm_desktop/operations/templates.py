"""The office's own Word templates: looked through, kept with the workspace, and used for the Word file of a paper.

The PDF that is signed is always the program's own: a template changes what an office prints and edits, never what it
swears to.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ntm_desktop.criteria.model import PaperForm
from ntm_desktop.disk import fault_name, open_file
from ntm_desktop.documents.forms import forms_of
from ntm_desktop.documents.office_template import LARGEST, Filled, require_size
from ntm_desktop.errors import FileUnreadable, Refused
from ntm_desktop.facts.folding import one_line
from ntm_desktop.operations.change import Change
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.papers import write_whole
from ntm_desktop.snapshot.model import Snapshot
from ntm_desktop.workspace.templates import NewTemplate, Template, TemplateFile

__all__ = [
    "Filled",
    "NoSuchPaper",
    "Template",
    "TemplateFile",
    "check",
    "drop",
    "files",
    "form_named",
    "in_use",
    "keep",
    "read",
    "write_sample",
]


@dataclass(eq=False)
class NoSuchPaper(Refused):
    """Say that the set has no paper of this name."""

    paper: str
    known: str

    code: ClassVar[str] = "no_such_paper"
    what: ClassVar[str] = "The set of this dossier has no paper {paper}."
    safe: ClassVar[str] = "Nothing was changed."
    next_step: ClassVar[str] = "Name one of these: {known}."


def form_named(desk: Desk, paper: str) -> PaperForm:
    """Return a paper of the chosen dossier's set by its id. Raises NoSuchPaper, NoDossierChosen."""
    forms = forms_of(desk.compiled.source)
    for form in forms:
        if form.id == paper:
            return form
    raise NoSuchPaper(paper, ", ".join(form.id for form in forms))


def in_use(desk: Desk) -> dict[str, Template]:
    """Return the templates in use, by paper."""
    return desk.workspace.templates.all()


def files(desk: Desk) -> dict[str, TemplateFile]:
    """Return the files of the templates in use, by paper."""
    return desk.workspace.templates.files()


def read(path: Path) -> TemplateFile:
    """Read a template to be looked through. Raises TemplateTooLarge, FileUnreadable."""
    try:
        with open_file(path) as file:
            content = file.read(LARGEST + 1)
    except OSError as fault:
        raise FileUnreadable(str(path), fault_name(fault)) from fault
    require_size(len(content), path.name)
    return TemplateFile(one_line(path.name), content)


def check(template: TemplateFile, form: PaperForm, snapshot: Snapshot) -> Filled:
    """Fill a template with what the paper says now, and tell its places. Safe in a job; raises what `fill_own` does."""
    from ntm_desktop.documents.template_places import fill_own

    return fill_own(template.content, template.name, form, snapshot)


def keep(desk: Desk, paper: str, template: TemplateFile) -> Change:
    """Write a paper with this template from now on; one that was never looked through must not come here.

    Raises what `TemplateShelf.keep` and `Desk.record` raise.
    """
    sha256 = desk.workspace.templates.keep(template.content)
    return desk.record([NewTemplate(paper, Template(paper, sha256, template.name))], "template")


def drop(desk: Desk, paper: str) -> Change:
    """Write a paper as the program lays it out again; the file stays kept. Raises what `Desk.record` raises."""
    return desk.record([NewTemplate(paper, None)], "template")


def write_sample(form: PaperForm, snapshot: Snapshot, target: Path) -> None:
    """Write a template to begin with, every place in it. Safe in a job. Raises DiskFull, FileUnwritable."""
    from ntm_desktop.documents.sample_template import sample_template
    from ntm_desktop.documents.word import write_word

    content = io.BytesIO()
    write_word(sample_template(form, snapshot), content)
    write_whole(target, content.getvalue())
