"""One file in the panel: its links, and the page or cell of a figure."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations.attach import Attached, Origin, Spot
from ntm_desktop.snapshot.model import Evidence
from ntm_desktop.ui.entry.evidence_entry import EvidenceEntry
from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.words import Words
from tests.support.windows import key

SHOWN = Attached(
    Evidence("ab" * 32, 7000, "báo cáo.pdf", "application/pdf"), "8.4.d", "", there=True, also_for=()
)
FIGURES = {key("ho_so_truc_tuyen"): "Giải quyết trực tuyến", key("ho_so_giai_quyet"): "Tổng số"}


def links(row: EvidenceEntry) -> list[str]:
    return [one.words() for one in row.findChildren(Button) if one.isVisibleTo(row)]


def test_links_fit_what_may_be_done(dressed: QApplication, shown) -> None:
    row = EvidenceEntry(SHOWN, FIGURES, editable=True)
    shown(row, 280, 120)
    assert links(row) == ["Xem", "Ghi trang…", "Thay tệp…", "Gỡ"]
    assert row.minimumSizeHint().width() <= 280
    replaced = EvidenceEntry(replace(SHOWN, was="cd" * 32), FIGURES, editable=True)
    shown(replaced, 280, 120)
    assert links(replaced) == ["Xem", "Đã xem", "Thay tệp…", "Gỡ"]
    gone = EvidenceEntry(replace(SHOWN, there=False), FIGURES, editable=False)
    shown(gone, 280, 120)
    assert links(gone) == []


def test_every_link_asks_for_its_row(dressed: QApplication, shown) -> None:
    row = EvidenceEntry(replace(SHOWN, was="cd" * 32), FIGURES, editable=True)
    shown(row, 280, 120)
    asked: list[object] = []
    for signal in (row.look_asked, row.looked_asked, row.replace_asked, row.remove_asked):
        signal.connect(asked.append)
    for link in row.findChildren(Button):
        link.click()
    assert asked == [row.attached] * 4


def test_a_page_is_noted_for_a_figure_and_shown(dressed: QApplication, shown) -> None:
    noted = Spot(SHOWN.evidence.sha256, key("ho_so_giai_quyet"), "Sheet1!B7")
    origin = Origin(1, place="10.1, 105.2", remark="macros")
    row = EvidenceEntry(replace(SHOWN, spots=(noted,), origin=origin), FIGURES, editable=True)
    shown(row, 280, 300)
    assert any(words.text() == "Tổng số: Sheet1!B7" for words in row.findChildren(Words))
    given: list[tuple[object, object, str]] = []
    row.spot_noted.connect(lambda *what: given.append(what))
    row.ask_spot()
    assert row.spot.text() == ""
    row.figure.setCurrentIndex(1)
    row.figure.commit()
    assert row.spot.text() == "Sheet1!B7"
    row.spot.replace_text("trang 3")
    row._note()
    assert given == [(row.attached, key("ho_so_giai_quyet"), "trang 3")]
    assert row.spot.control.accessibleName() == "Trang hoặc ô"
    assert row.figure.accessibleName() == "Số liệu có trong tệp này"
    row.ask_spot()
    assert row._form is not None
    assert not row._form.isVisible()
