from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from ntm_desktop.criteria.codec import UnfitError, read, write
from ntm_desktop.criteria.model import Whole, WholeKind
from ntm_desktop.facts.catalogue import Choice, Register
from ntm_desktop.i18n import Text


@dataclass(frozen=True, slots=True)
class Box:
    number: int
    labels: tuple[Text, ...] = ()
    registers: dict[str, Register] = field(default_factory=dict)
    whole: Whole | None = None


FULL = Box(1, (Text("a"), Text("b", "c")), {"so": Register("so", Text("Sổ"), ("x",))}, Whole(WholeKind.ANY))
DATA = {
    "number": 1,
    "labels": ["a", {"vi": "b", "en": "c"}],
    "registers": {"so": {"label": "Sổ", "columns": ["x"]}},
    "whole": {"kind": "any"},
}


def test_an_object_is_written_by_its_field_names_and_read_back():
    assert write(Box, FULL) == DATA
    assert read(Box, DATA) == FULL


def test_what_has_its_default_is_left_out():
    assert write(Box, Box(2)) == {"number": 2}
    assert read(Box, {"number": 2}) == Box(2)
    assert read(Box, {"number": 2, "labels": []}) == Box(2)


@pytest.mark.parametrize(
    ("data", "problem", "place"),
    [
        ({}, "missing_key", ""),
        ([], "wrong_type", ""),
        ({"number": 1, "x": 1}, "unknown_key", ""),
        ({"number": "1"}, "wrong_type", "number"),
        ({"number": 1, "labels": [[]]}, "wrong_type", "labels[0]"),
        ({"number": 1, "registers": {"so": {"columns": []}}}, "missing_key", "registers[so]"),
        (
            {"number": 1, "registers": {"so": {"label": "x", "columns": [1]}}},
            "wrong_type",
            "registers[so].columns[0]",
        ),
        ({"number": 1, "registers": {"\ud800": {"label": "x", "columns": []}}}, "wrong_text", None),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(data, problem, place):
    with pytest.raises(UnfitError) as caught:
        read(Box, data)
    assert caught.value.problem == problem
    assert place is None or caught.value.place == place


def test_what_was_found_is_cut_short():
    with pytest.raises(UnfitError) as caught:
        read(Choice, ["x" * 1000])
    assert len(caught.value.found) == 80
