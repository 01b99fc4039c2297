"""A dossier's row: its counts in words, one button, wide or stacked."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.overview.dossier_row import DossierRow
from ntm_desktop.ui.parts.words import Words
from tests.ui.conftest import Shown


def test_it_counts_in_words_and_opens(desk: Desk, shown: Shown, dressed: QApplication) -> None:
    summary = dossiers.summaries(desk)[0]
    row, opened = DossierRow(summary), []
    row.opened.connect(opened.append)
    shown(row, 900, 70)
    said = [words.text() for words in row.findChildren(Words)]
    assert "1 chưa đạt" in said
    row._button.click()
    assert opened == [summary.dossier.id]
    high = row.sizeHint().height()
    row.set_wide(wide=False)
    assert row.sizeHint().height() > high
