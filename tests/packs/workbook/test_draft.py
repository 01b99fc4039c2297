"""A source in the making."""

from __future__ import annotations

import pytest

from ntm_desktop.packs.workbook.draft import Draft, growing, items, matching, named, words
from ntm_desktop.packs.workbook.ledger import Ledger
from ntm_desktop.packs.workbook.unbuilt import source_of
from tests.support.rules import condition, criterion, indicator, make_set, needs


def test_everything_of_the_parent_is_found_by_its_code():
    draft = Draft(Ledger("bo.xlsx"))
    parent = make_set(
        criterion(indicator(needs("${a}", ">", "1"))), conditions=(condition(needs("${co}", code="dk")),)
    )
    draft.take_over(source_of(parent))
    assert set(draft.requirements) == {"1.1.a", "dk"}
    assert draft.above == {"1.1": "1", "1.1.a": "1.1"}
    assert "title" not in draft.head
    assert draft.head["level"] == "ntm"


def test_lists_and_tables_that_are_not_there_are_empty():
    assert (items({}, "a"), named({"a": 1}, "a"), words({}, "a")) == ([], {}, [])
    data: dict[str, object] = {}
    growing(data, "a").append({"code": "x", "rank": 1})
    assert matching(data, "a", code="x", rank=1) == {"code": "x", "rank": 1}
    assert matching(data, "a", code="x", rank=None) is None
    with pytest.raises(TypeError):
        growing({"a": "b"}, "a")
