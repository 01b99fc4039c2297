"""The chart of the chosen set's dossiers or of one figure, saved where the officer says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from ntm_desktop.operations import answer, dossiers
from ntm_desktop.operations.desk import Desk
from ntm_desktop.ui.overview.years_card import YearsCard
from tests.support.scripted_ask import ScriptedAsk
from tests.support.windows import key, make_session


def test_a_figure_of_several_years_can_be_drawn_and_saved(
    dressed: QApplication, desk: Desk, tmp_path: Path, shown
) -> None:
    desk.record([answer.claim_state(desk, key("ho_so_truc_tuyen", 2023), "498")], "answer")
    ask = ScriptedAsk(tmp_path / "số liệu", None)
    card = YearsCard(make_session(desk, ask))
    shown(card, 400, 260)
    card.show_dossiers(dossiers.summaries(desk))
    assert card.what.accessibleName() == "Biểu đồ về"
    assert [card.what.itemText(n) for n in range(card.what.count())] == [
        "Chỉ tiêu đạt",
        "Số hồ sơ giải quyết trực tuyến",
    ]
    assert card.chart.accessibleName().startswith("2024: ")
    card.what.setCurrentIndex(1)
    card.what.commit()
    assert card.chart.accessibleName() == "2023: 498, 2024: 612"
    card.show_dossiers(dossiers.summaries(desk))
    assert card.title_words() == "Số hồ sơ giải quyết trực tuyến – Xã Vĩnh An"
    card.save.click()
    assert (tmp_path / "số liệu.png").is_file()
    card.save.click()
    assert ask.left() == 0


def test_without_a_dossier_there_is_no_chart(dressed: QApplication, desk: Desk) -> None:
    card = YearsCard(make_session(desk))
    found = dossiers.summaries(desk)
    desk.choose(None)
    card.show_dossiers(found)
    assert card.isHidden()
    card.deleteLater()
