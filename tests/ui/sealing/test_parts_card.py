"""Parts are offered for what is too large for a mail, and written beside the window."""

from __future__ import annotations

from ntm_desktop.operations import seal
from ntm_desktop.ui.sealing import parts_card
from ntm_desktop.ui.sealing.parts_card import PartsCard
from tests.support.sealing import SIGNATORY


def test_the_way_says_how_many_parts_it_takes(dressed):
    card = PartsCard()
    card.show_size(1_000_000, busy=False)
    assert card.isHidden()
    card.show_size(40_000_000, busy=False)
    assert not card.isHidden()
    assert card.row.title.text() == "38,1 MB: 3 phần"
    asked = []
    card.split_asked.connect(asked.append)
    card.split.click()
    assert asked == [18_000_000]
    card.way.set_text("chat")
    card.way.committed.emit("chat")
    assert card.row.title.text() == "38,1 MB: vừa, không cần chia"
    assert card.split.isHidden()


def test_a_sealed_file_is_cut_from_its_last_page(bench, qtbot, tmp_path, monkeypatch):
    monkeypatch.setitem(parts_card.PART_SIZES, "mail", 500_000)
    prepared = seal.prepare(bench.desk, SIGNATORY)
    change = seal.commit(bench.desk, seal.build(bench.desk.workspace, prepared, tmp_path / "a.asice", None))
    bench.session.publish(change)
    card = bench.page.end.parts
    assert card.isVisible()
    bench.ask.answer_with(None, tmp_path / "phần")
    card.split.click()
    card.split.click()
    qtbot.waitUntil(lambda: bench.journey.work.kind is None, timeout=20000)
    assert bench.errors == []
    assert card.row.second.text().startswith("2 phần và danh sách đã ghi vào ")
    assert len(list((tmp_path / "phần").iterdir())) == 3
