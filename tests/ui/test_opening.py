from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from ntm_desktop.ui.opening import NothingOpensIt, open_outside


def test_file_is_handed_to_the_system_by_its_address(monkeypatch, qapp):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    open_outside(Path("/tmp/Báo cáo #1 50%.pdf"))
    assert opened == ["/tmp/Báo cáo #1 50%.pdf"]


def test_nothing_that_opens_it_is_said(monkeypatch, qapp):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    with pytest.raises(NothingOpensIt):
        open_outside(Path("a.pdf"))
