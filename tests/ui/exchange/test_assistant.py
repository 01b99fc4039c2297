"""Old letters are shown before and after; nothing can be counted before it is said what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.facts.old_letters import encoded
from ntm_desktop.operations.foreign import Letters, look
from ntm_desktop.ui.exchange.assistant import Assistant, Offered
from ntm_desktop.ui.parts.choice import Option
from tests.operations.test_foreign import ONE_STOP, export
from tests.ui.conftest import Shown


def test_old_letters_are_confirmed_with_an_example(
    dressed: QApplication, shown: Shown, tmp_path: Path
) -> None:
    text = export(tmp_path / "a.csv").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_bytes(encoded(text, Letters.VNI).encode("cp1252"))
    assistant = Assistant()
    shown(assistant, 900, 600)
    figures = [Option(one.element, one.element) for one in ONE_STOP.counted]
    offered = Offered(figures, figures, [], {ONE_STOP.name: ONE_STOP}, (2024,))
    assistant.show_table(look(tmp_path / "a.csv"), offered)
    assert assistant._remarks.count() == 1
    assert assistant.mapping().letters is Letters.VNI
    assistant.letters.setChecked(False)
    assert assistant.mapping().letters is Letters.UNICODE
    assert not assistant.keeps()
    assistant.add.click()
    assert len(assistant.rows) == 2
    assert not assistant.go.isEnabled()
