from __future__ import annotations

from ntm_desktop.operations.seal import Stage
from ntm_desktop.ui.sealing.pacing import Progress
from ntm_desktop.ui.sealing.work_card import WorkCard


def test_stages_are_named_and_measured(shown):
    card = WorkCard("Đang ghi tệp")
    shown(card, 700, 120)
    card.show_work(busy=True)
    assert card.panel.title.text() == "Đang ghi tệp"
    card.tell(Progress(Stage.PACKING, 512 * 1024, 1024 * 1024))
    assert card.panel.title.text() == "Đang đóng gói và ký"
    assert card.panel.amount.text() == "512 KB trên 1 MB"
    card.tell(Progress(Stage.READING_BACK, 1, 2))
    assert card.panel.title.text() == "Đang đọc lại tệp và tính lại mọi kết quả"
    card.show_work(busy=False)
    assert card.isHidden()


def test_a_stop_is_said_and_a_new_work_takes_the_sentence_away(shown):
    card = WorkCard("Đang ghi tệp")
    shown(card, 700, 120)
    card.show_work(busy=True)
    card.show_work(busy=False, stopped=True)
    assert not card._stopped.isHidden()
    assert card._stopped.text() == "Đã dừng. Chưa có gì thay đổi."
    card.show_work(busy=True, stopped=True)
    assert card._stopped.isHidden()
    card.show_work(busy=False)
    assert card.isHidden()


def test_stop_is_passed_on(shown):
    card = WorkCard("Đang ghi tệp")
    shown(card, 700, 120)
    asked = []
    card.stop_asked.connect(lambda: asked.append(True))
    card.show_work(busy=True)
    card.panel.stop.click()
    assert asked == [True]
    assert not card.panel.stop.isEnabled()
    card.show_work(busy=False)
