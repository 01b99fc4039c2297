"""The papers that travel in a dossier: written in order, signed as soon as each is written, the index of files last.

They are written while the evidence is packed: the one keeps a processor busy, the other the disk.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from types import MappingProxyType

from ntm_desktop.documents.file_index import IndexedFile, write_index
from ntm_desktop.documents.forms import forms_of, write_form
from ntm_desktop.dossier.assemble import PAGE_NAME, Assembly, Paper
from ntm_desktop.dossier.container import Entry
from ntm_desktop.dossier.index_page import index_page
from ntm_desktop.facts.folding import one_line
from ntm_desktop.snapshot.model import Snapshot

LONGEST_LINE = 200
"""Characters of a name, an office or a place on a paper."""
INDEX = "danh_muc_tep"
"""Names the last paper, which lists every file before it."""


class Stage(StrEnum):
    """What the job is doing, in order."""

    PAPERS = "papers"
    PACKING = "packing"
    READING_BACK = "reading_back"


Progress = Callable[[Stage, int, int], None]
"""Called with the stage, and bytes or papers done and in all."""


def _as_written(paper: Paper) -> Paper:
    return paper


def make_papers(
    assembly: Assembly,
    snapshot: Snapshot,
    tell: Progress,
    sign: Callable[[Paper], Paper] = _as_written,
    numbers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Assembly, tuple[Paper, ...]]:
    """Return the assembly with the page to read, the papers in order, the index of all files as the last; and these.

    Each is signed as soon as it is written: the index lists the others as they were signed. `numbers` are those the
    clerk typed, by the name of the paper.
    """
    forms = [form for form in forms_of(snapshot.set) if form.sent]
    names = [paper_name(number, form.id) for number, form in enumerate(forms, 1)]
    index_name = paper_name(len(forms) + 1, INDEX)
    total = len(forms) + 1
    tell(Stage.PAPERS, 0, total)
    papers = []
    for form, name in zip(forms, names, strict=True):
        papers.append(sign(_paper(name, partial(write_form, form, _numbered(snapshot, name, numbers)))))
        tell(Stage.PAPERS, len(papers), total)
    evidence = tuple(one for one in assembly.listed if one.name.startswith("evidence/"))
    page = index_page(snapshot, [f"documents/{name}" for name in (*names, index_name)], evidence)
    assembly = assembly.with_file(PAGE_NAME, "text/html", page).with_papers(papers)
    files = [IndexedFile(one.name, one.size, one.sha256) for one in assembly.listed]
    numbered = _numbered(snapshot, index_name, numbers)
    index = sign(_paper(index_name, partial(write_index, numbered, files)))
    tell(Stage.PAPERS, total, total)
    return assembly.with_papers((index,)), (*papers, index)


def paper_name(number: int, name: str) -> str:
    """Return the name of a paper's file inside the dossier."""
    return f"{number:02d}_{name}.pdf"


def _numbered(snapshot: Snapshot, name: str, numbers: Mapping[str, str]) -> Snapshot:
    return replace(snapshot, number=one_line(numbers.get(name, ""))[:LONGEST_LINE])


def _paper(name: str, write: Callable[[io.BytesIO], int]) -> Paper:
    target = io.BytesIO()
    pages = write(target)
    return Paper(name, target.getvalue(), pages)


@dataclass(slots=True)
class PapersBeside:
    """The papers as files that are made while others are packed."""

    make: Callable[[], tuple[Assembly, tuple[Paper, ...]]]
    packed: int
    """How many files of the assembly are packed meanwhile."""
    finished: bool = False

    def entries(self) -> tuple[Entry, ...]:
        """Write them and return what is to be packed behind the rest. Raises what writing them raises."""
        assembly, _papers = self.make()
        self.finished = True
        return assembly.entries[self.packed :]
