"""Reading strictly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ntm_desktop.criteria.verdicts import Verdict
from ntm_desktop.snapshot.canonical import Json
from ntm_desktop.snapshot.reader import DossierUnreadable, Item


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (Item.text, 1),
        (Item.text, "\ud800"),
        (Item.flag, 1),
        (Item.counter, True),
        (Item.counter, "1"),
        (Item.number, 1),
        (Item.number, "1.50"),
        (Item.day, "2024-2-3"),
        (Item.day, "2024-W01-1"),
        (Item.moment, "2024-01-09"),
        (Item.moment, "2024-01-09T25:00:00Z"),
        (Item.sha256, "A" * 64),
        (Item.texts, {"a": 1}),
        (Item.texts, []),
        (Item.pair, ["a"]),
        (Item.pair, "ab"),
        (lambda item: item.one_of(Verdict), "met"),
        (lambda item: item.each(Item.text), {"a": "b"}),
        (lambda item: item.each(Item.text, unique=lambda text: text), ["a", "a"]),
        (lambda item: item.fields("a"), {"a": 1, "b": 2}),
        (lambda item: item.fields("a"), {}),
        (lambda item: item.fields("a"), []),
    ],
)
def test_a_value_of_another_kind_is_refused(read: Callable[[Item], object], value: Json) -> None:
    with pytest.raises(DossierUnreadable):
        read(Item(value))


def test_the_place_is_named_from_the_root() -> None:
    root = Item({"a": [{"b": 1}]})
    (first,) = root.fields("a")
    with pytest.raises(DossierUnreadable) as caught:
        first.each(lambda item: item.fields("b")[0].text())
    assert caught.value.path == "$.a[0].b"


def test_null_is_none_only_where_it_may_be() -> None:
    assert Item(None).optional(Item.text) is None
    assert Item("x").optional(Item.text) == "x"
    with pytest.raises(DossierUnreadable):
        Item(None).text()
