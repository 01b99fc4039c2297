"""The short part of `packaging/dev.py fuzz`: each cheap reader with files changed a little, always the same way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz import targets
from fuzz.targets import Target, every

CHEAP = ("facts", "csv", "mapping", "slip", "signature", "pack")
EXAMPLES = {"pack": 6}
FACTS = {
    "facts": [{"element": "so_cbcc", "subject": None, "period": "2024", "kind": "actual", "value": "21"}]
}


@cache
def made() -> Mapping[str, bytes]:
    return {**dict(targets.plain()), "facts.json": json.dumps(FACTS).encode()}


def named(name: str) -> Target:
    return next(target for target in every() if target.name == name)


@st.composite
def changed(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Cut, repeat and overwrite pieces of a file."""
    content = bytearray(draw(st.sampled_from(seeds)))
    for _change in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(content)))
        piece = draw(
            st.binary(max_size=12) | st.sampled_from([b"\x00", b"\xff\xfe", b"9" * 400, b"[" * 900, b"null"])
        )
        match draw(st.sampled_from(["over", "in", "cut", "twice"])):
            case "over":
                content[at : at + len(piece)] = piece
            case "in":
                content[at:at] = piece
            case "cut":
                del content[at:]
            case _:
                content[at:at] = content[at : at + 40]
    return bytes(content)


@pytest.mark.parametrize("name", CHEAP)
def test_a_reader_gives_something_or_refuses_in_the_programs_words(name: str) -> None:
    target = named(name)
    seeds = target.seeds(made())

    @settings(max_examples=EXAMPLES.get(name, 60), derandomize=True, deadline=None)
    @given(changed(seeds))
    def read(content: bytes) -> None:
        target.try_with(content)

    read()
    assert seeds


def test_every_reader_begins_with_files_it_takes() -> None:
    for name in CHEAP:
        for seed in named(name).seeds(made()):
            assert named(name).read(seed) is not None


def test_anything_but_the_programs_errors_is_a_defect() -> None:
    def broken(_content: bytes) -> object:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Target("broken", lambda _made: [], broken).try_with(b"")
