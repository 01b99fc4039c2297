"""A criterion whose indicators are not known says so, in whole sentences."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ntm_desktop.criteria.model import Criterion
from ntm_desktop.i18n import Text
from ntm_desktop.ui.entry.unknown import unknown_indicators
from ntm_desktop.ui.parts.words import Words
from tests.ui.conftest import Shown


def test_it_names_the_criterion_and_asks_for_nothing(shown: Shown, dressed: QApplication) -> None:
    card = unknown_indicators(Criterion("3", Text("Phát triển kinh tế nông thôn"), Text("Kinh tế")))
    shown(card)
    said = " ".join(words.text() for words in card.findChildren(Words))
    assert "Phát triển kinh tế nông thôn" in said
    assert "{" not in said
