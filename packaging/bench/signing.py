"""A row about signing: twenty papers with one unlocking of a key file."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from bench.intake import absolute_line
from bench.measure import alternate, run
from bench.rows import Line, Setting
from ntm_desktop.trust.demo import make_demo_key

PAPERS, PAGES, SECONDS = 20, 12, 3.0
OPENS: Final = "bench"
"""The word that opens a key nobody vouches for."""


def papers_signed(setting: Setting) -> tuple[Line, ...]:
    """Sign 20 PDFs of 12 pages, key file opened once; floor: open it, 20 bare signatures over the bytes, a copy."""
    folder = setting.scratch / "papers"
    folder.mkdir()
    make_demo_key(folder, signer="Bench", organisation="Bench", password=OPENS, at=datetime.now(UTC))
    paper = _paper()
    for number in range(PAPERS):
        (folder / f"{number:02}.pdf").write_bytes(paper)
    pairs = alternate(
        lambda: run("bench.program_signing", folder, home=setting.home),
        lambda: run("bench.floor_signing", folder, home=setting.home),
        setting.pairs,
    )
    return (absolute_line("20 papers signed", pairs, SECONDS),)


def _paper() -> bytes:
    from ntm_desktop.documents.page import Paper, write_paper
    from ntm_desktop.documents.signing_room import signing_room
    from ntm_desktop.documents.styles import BODY, paragraph

    lines = [paragraph("Bench " * 60, BODY) for _line in range(9 * PAGES)]
    content = BytesIO()
    write_paper(
        Paper("Bench", "Bench", "0", "2026-01-01T00:00:00Z", [*lines, signing_room(227, 85)]), content
    )
    return content.getvalue()


def papers_in(folder: Path) -> list[Path]:
    """Return the papers to sign."""
    return sorted(folder.glob("??.pdf"))
