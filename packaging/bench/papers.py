"""A row about the papers of a large dossier."""

from __future__ import annotations

from functools import partial
from typing import Final

from bench import communes
from bench.intake import absolute_line
from bench.measure import alternate, run
from bench.rows import Line, Setting, memory_line

SECONDS = 1.5
EVIDENCE: Final = 300
ROWS: Final = 300 + 4 * 75
"""Rows of tables in all papers, about: evidence, and the indicators in four of them."""


def papers_written(setting: Setting) -> tuple[Line, ...]:
    """Write all papers of 75 indicators and 300 pieces of evidence; floor: as many rows with bare reportlab."""
    folder = setting.scratch / "papers-written"
    folder.mkdir()
    desk = communes.make(folder / "workspace", communes.ADVANCED)
    communes.attach_files(desk, folder / "incoming", files=EVIDENCE, size=EVIDENCE << 10)
    dossier = desk.dossier.id if desk.dossier is not None else ""
    desk.close()
    asked = (
        "documents",
        folder / "workspace",
        "--dossier",
        dossier,
        "--kinds",
        "pdf",
        "--out",
        folder / "out",
    )
    pairs = alternate(
        partial(run, "ntm_desktop", *asked, "--signatory", "Bench", home=setting.home),
        partial(run, "bench.floor_papers", folder / "floor.pdf", str(ROWS), home=setting.home),
        setting.pairs,
    )
    return absolute_line("whole process", pairs, SECONDS), memory_line(pairs)
