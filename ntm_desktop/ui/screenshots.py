"""Pictures of the window for the papers and the read-me: every page at three sizes, drawn without an event loop.

Nothing in them depends on time: no cursor blinks, no timer fires, jobs are waited for. Only the day and the room on
the disk are those of the moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ntm_desktop.errors import FileUnwritable
from ntm_desktop.operations import dossiers, seal
from ntm_desktop.operations.desk import Desk
from ntm_desktop.operations.dossiers import DossierState
from ntm_desktop.operations.findings import findings
from ntm_desktop.operations.verify import verify_with
from ntm_desktop.ui.frame.window import MainWindow
from ntm_desktop.ui.sealing.page import SealingPage

INDICATOR: Final = "8.4"
"""The indicator shown in the entry page: it has four requirements of different kinds."""
_ROUNDS: Final = 6
_NOT_OPENED: Final = 3


@dataclass(frozen=True, slots=True)
class Size:
    """A client area in logical pixels and how many pixels of the picture each of them gets."""

    width: int
    height: int
    ratio: float = 1.0


SIZES: Final = (Size(1366, 697), Size(1024, 697), Size(911, 512, 1.5))
"""Maximised on 1366x768, on 1024x768, and on 1366x768 at 150 %."""


class Program(Protocol):
    """What is asked of the program: to open a workspace, or its first-start assistant."""

    window: QWidget | None

    def open(self, folder: Path, *, who: str) -> None:
        """Open a workspace in the main window."""

    def show_start(self) -> None:
        """Show the first-start assistant."""


def take(program: Program, workspace: Path, folder: Path) -> int:
    """Take pictures of every page into a folder; return the exit code. Raises FileUnwritable."""
    QApplication.setCursorFlashTime(0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise FileUnwritable(str(folder), fault.strerror or type(fault).__name__) from fault
    program.open(workspace, who="")
    if not isinstance(program.window, MainWindow):
        return _NOT_OPENED
    _take_pages(program.window, folder)
    program.show_start()
    if program.window is not None:
        _take(program.window, folder, "bat-dau")
        program.window.window().close()
    return 0


def _take_pages(window: MainWindow, folder: Path) -> None:
    found = findings(window.session.desk)
    blocking = sum(1 for finding in found if finding.blocking)
    window.status_bar.show_problems(blocking, len(found) - blocking)
    for name, page, place in (
        ("tong-quan", "overview", ""),
        ("nhap-lieu", "entry", INDICATOR),
        ("bang-ap", "hamlets", ""),
        ("so-lieu", "figures", ""),
        ("ra-soat", "review", ""),
        ("goi-tieu-chi", "packs", ""),
        ("an-toan", "safety", ""),
        ("ky-va-xuat", "sealing", ""),
    ):
        window.go_to(page, place)
        _take(window, folder, name)
    shown = window.page()
    if isinstance(shown, SealingPage) and _choose_sealed(window, shown):
        _take(window, folder, "da-ky")


def _choose_sealed(window: MainWindow, page: SealingPage) -> bool:
    """Choose the first sealed dossier whose file is still where it was saved, and read that again."""
    desk: Desk = window.session.desk
    for dossier in dossiers.listed(desk):
        if dossier.state is DossierState.OPEN:
            continue
        change = dossiers.choose(desk, dossier.id)
        record = seal.latest(desk)
        if record is not None and Path(record.path).is_file():
            report = verify_with(Path(record.path), anchors=(), at=desk.now())
            page.journey.take_report(dossier.id, report)
            window.session.publish(change)
            return True
    return False


def _take(window: QWidget, folder: Path, name: str) -> None:
    for size in SIZES:
        window.window().resize(size.width, size.height)
        _settle()
        page = window.page() if isinstance(window, MainWindow) else None
        if isinstance(window, MainWindow):
            window.session.tasks.wait()  # else a job that is quick or slow shows in the picture
            _settle()
        if page is not None:
            page.bring_into_view()
            _settle()
        picture = QPixmap(round(size.width * size.ratio), round(size.height * size.ratio))
        picture.setDevicePixelRatio(size.ratio)
        window.render(picture)
        target = folder / f"{name}-{size.width}.png"
        if not picture.save(str(target)):
            raise FileUnwritable(str(target), "PNG")


def _settle() -> None:
    """Let new widgets appear and layouts take their places: a layout inside a layout asks for one more round.

    Posted events are delivered, timers and answers of the system are not: nothing moves by itself.
    """
    for _round in range(_ROUNDS):
        QCoreApplication.sendPostedEvents()
