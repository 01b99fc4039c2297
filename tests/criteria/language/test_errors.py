from __future__ import annotations

from ntm_desktop.criteria.language.errors import RuleError, UnknownRuleLanguage
from ntm_desktop.errors import Refused


def test_the_refusals_carry_what_their_sentences_need():
    for error in (RuleError("curly_quotes", 3, "x", '"'), UnknownRuleLanguage(7)):
        assert isinstance(error, Refused)
        sentences = (error.what, error.safe, error.next_step)
        assert all(sentence.format(**error.facts()) for sentence in sentences)
    assert "character 3" in RuleError.what.format(**RuleError("p", 3, "x", "y").facts())
