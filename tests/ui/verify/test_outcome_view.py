from __future__ import annotations

from ntm_desktop.ui.parts.banner import Banner
from ntm_desktop.ui.parts.card import TitledCard
from ntm_desktop.ui.verify.cards import DifferencesCard, RecomputedCard, SignersCard
from ntm_desktop.ui.verify.outcome_view import OutcomeView


def cards(found, shown, kind):
    view = OutcomeView(found(kind))
    shown(view, 1366, 620)
    return view, [type(one) for one in view.cards.cards()[1:]]


def test_valid_has_signers_then_the_recomputation_and_no_banner(found, shown):
    _view, kinds = cards(found, shown, "valid")
    assert kinds == [SignersCard, RecomputedCard]


def test_not_valid_has_what_to_do_and_what_differs_before_the_signers(found, shown):
    _view, kinds = cards(found, shown, "forged")
    assert kinds[:2] == [Banner, DifferencesCard]
    assert kinds.index(SignersCard) > 1


def test_a_broken_container_says_what_was_found(found, shown):
    view, kinds = cards(found, shown, "broken")
    assert TitledCard in kinds
    assert RecomputedCard not in kinds
    view.fit(900)
    assert view.panel.isHidden()


def test_not_concluded_is_a_warning_without_a_letter(found, shown):
    view, kinds = cards(found, shown, "unsigned")
    assert kinds == [Banner, SignersCard, RecomputedCard]
    (banner,) = (one for one in view.cards.cards() if isinstance(one, Banner))
    assert banner.button is None
