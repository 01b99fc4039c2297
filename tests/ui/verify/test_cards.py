from __future__ import annotations

from ntm_desktop.ui.parts.buttons import Button
from ntm_desktop.ui.parts.chip import StateWord
from ntm_desktop.ui.parts.words import Words
from ntm_desktop.ui.verify.cards import DifferencesCard, RecomputedCard, SignersCard
from ntm_desktop.ui.verify.report_words import differences, signers_of, tallies


def words_of(widget):
    return [one.text() for one in widget.findChildren(Words)]


def buttons_of(widget):
    return [one.words() for one in widget.findChildren(Button)]


def test_a_root_certificate_is_asked_for_only_where_the_issuer_is_not_known(found, shown):
    card = SignersCard(signers_of(found("stranger").report))
    shown(card, 900, 200)
    asked = []
    card.anchor_asked.connect(lambda: asked.append(1))
    next(one for one in card.findChildren(Button) if "gốc" in one.words()).click()
    assert asked == [1]
    known = SignersCard(signers_of(found("valid").report))
    shown(known, 900, 200)
    assert buttons_of(known) == ["Xem chứng thư"]


def test_an_unsigned_file_says_that_nobody_vouches(found, shown):
    card = SignersCard(signers_of(found("unsigned").report))
    shown(card, 900, 200)
    assert card.aside.text() == "chưa ký"
    assert any("Bất cứ ai" in words for words in words_of(card))


def test_the_total_counts_a_differing_indicator_once(found, shown):
    card = RecomputedCard(tallies(found("forged").report), 57, "bằng gói", ["Ghi chú"])
    shown(card, 900, 300)
    assert card.title.text() == "Tính lại 57 chỉ tiêu"
    assert words_of(card)[-6:-2] == ["Cộng", "57", "57", "1"]
    assert "Ghi chú" in words_of(card)


def test_differences_are_files_then_results_with_both_verdicts(found, shown):
    card = DifferencesCard([("Báo cáo", "khác lúc ký")], differences(found("forged").report))
    shown(card, 900, 300)
    assert card.aside.text() == "1 tệp, 1 kết quả"
    assert [one.text() for one in card.findChildren(StateWord)] == ["Đạt", "Chưa đạt"]
