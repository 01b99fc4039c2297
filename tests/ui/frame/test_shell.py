"""The one window on the screen: contents follow each other in it, and may refuse to be closed."""

from __future__ import annotations

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override

from ntm_desktop.ui.frame.shell import Shell
from tests.support.windows import settle
from tests.ui.conftest import deliver_deletes


class Content(QWidget):
    """Something that can refuse."""

    def __init__(self, title: str, *, refuses: bool = False) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setMinimumSize(300, 200)
        self.refuses = refuses
        self.closed = 0

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed += 1
        event.setAccepted(not self.refuses)


def test_one_content_follows_another_in_its_place_and_size(dressed: QApplication) -> None:
    shell, first, second = Shell(), Content("a"), Content("b")
    shell.resize(640, 480)
    shell.show_content(first)
    shell.show()
    settle(dressed)
    shell.show_content(second)
    assert second.size() == shell.size()
    deliver_deletes()
    settle(dressed)
    assert (shell.windowTitle(), first.closed, second.isVisible()) == ("b", 1, True)
    assert shell.findChildren(Content) == [second]
    assert second.size() == shell.size()
    assert shell.minimumSize().width() == 300
    shell.close()


def test_what_it_shows_may_refuse_to_be_closed(dressed: QApplication) -> None:
    shell, content = Shell(), Content("a", refuses=True)
    shell.show_content(content)
    shell.show()
    assert not shell.close()
    assert shell.isVisible()
    content.refuses = False
    assert shell.close()
    assert not shell.isVisible()
