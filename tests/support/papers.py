"""The usual report with the list of evidence as its annex: one paper that has everything a paper can have."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import BinaryIO

from ntm_desktop.criteria.model import PaperForm, PaperPart
from ntm_desktop.documents.forms import paper_of, usual_forms, write_form
from ntm_desktop.documents.page import Paper
from ntm_desktop.snapshot.model import Snapshot


def usual_form(name: str) -> PaperForm:
    """Return a form of the usual list by its id."""
    return next(form for form in usual_forms() if form.id == name)


def _form() -> PaperForm:
    report = usual_form("bao_cao_ket_qua")
    return dataclasses.replace(report, parts=(*report.parts, PaperPart(block="evidence")))


def report_of(snapshot: Snapshot) -> Paper:
    """Return the paper, ready to be drawn."""
    return paper_of(_form(), snapshot)


def write_report(snapshot: Snapshot, target: Path | BinaryIO) -> int:
    """Write it as PDF and return its pages."""
    return write_form(_form(), snapshot, target)
