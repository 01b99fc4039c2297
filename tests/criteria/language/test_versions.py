from __future__ import annotations

import pytest

from ntm_desktop.criteria.language.errors import UnknownRuleLanguage
from ntm_desktop.criteria.language.versions import LANGUAGES, require_known


def test_only_known_versions_of_the_language_are_computed():
    assert require_known(1) is LANGUAGES[1]
    with pytest.raises(UnknownRuleLanguage) as caught:
        require_known(2)
    assert caught.value.facts() == {"version": 2}


def test_version_one_is_here_for_ever():
    assert list(LANGUAGES) == [1]
