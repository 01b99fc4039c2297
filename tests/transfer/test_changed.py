"""A file is cut to what the receiver lacks and put together again; nothing of a stranger's part is believed."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.transfer.changed import (
    MAGIC,
    MOST_BODIES,
    Base,
    NotAPart,
    Place,
    Plan,
    Question,
    base_of,
    is_proven,
    part_blocks,
    plan_of,
    question_bytes,
    read_plan,
    read_question,
    whole_blocks,
)

ONE, TWO = hashlib.sha256(b"1").hexdigest(), hashlib.sha256(b"2").hexdigest()
CONTENT = bytes(range(256)) * 20


def part_of(content: bytes, plan: Plan) -> bytes:
    return b"".join(part_blocks(io.BytesIO(content), plan))


def head(**said: Any) -> bytes:
    text = json.dumps({"size": 10, "bases": [], "left_out": [], **said}).encode()
    return MAGIC + struct.pack(">I", len(text)) + text


@given(st.data())
def test_what_is_left_out_anywhere_is_put_back(data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=300))
    marks = sorted(data.draw(st.sets(st.integers(0, len(content)), max_size=8)))
    spans = [
        (at, end - at, hashlib.sha256(content[at:end]).hexdigest())
        for at, end in zip(marks[::2], marks[1::2], strict=False)
    ]
    plan = Plan(len(content), (Base(ONE, TWO),), tuple(spans))
    part = io.BytesIO(part_of(content, plan))
    assert read_plan(part) == plan
    assert plan.saved == sum(size for _at, size, _sum in spans)
    rest = part.read()
    assert len(rest) == len(content) - plan.saved
    _put_back(content, plan, rest)


def _put_back(content: bytes, plan: Plan, rest: bytes) -> None:
    import tempfile

    with tempfile.NamedTemporaryFile() as kept:
        kept.write(content)
        kept.flush()
        places = {sha256: Place(Path(kept.name), at, size) for at, size, sha256 in plan.left_out}
        assert b"".join(whole_blocks(io.BytesIO(rest), plan, places)) == content


def test_small_bodies_and_those_the_receiver_lacks_are_sent() -> None:
    spans = [(5000, 1024, TWO), (10, 2000, ONE), (3000, 1023, ONE)]
    plan = plan_of(spans, {ONE}, 9000, [Base(ONE, TWO)])
    assert plan == Plan(9000, (Base(ONE, TWO),), ((10, 2000, ONE),))


def test_a_proof_is_for_one_file_and_one_list_of_contents() -> None:
    base = base_of(ONE, b"muc luc", TWO)
    assert is_proven(base, b"muc luc", TWO)
    assert not is_proven(base, b"muc luc", ONE)
    assert not is_proven(base, b"muc luc khac", TWO)


def test_a_question_comes_over_as_it_was_asked() -> None:
    question = Question(ONE, (Base(ONE, TWO),), (ONE, TWO))
    assert read_question(question_bytes(question)) == question


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"[]",
        b"[" * 100_000,
        b"{}",
        json.dumps({"identity": "../x", "bases": [], "sha256": []}).encode(),
        json.dumps({"identity": ONE, "bases": [[ONE]], "sha256": "x"}).encode(),
        json.dumps({"identity": ONE, "bases": [[ONE, "../.."]], "sha256": []}).encode(),
        json.dumps({"identity": ONE, "bases": [[ONE, TWO]] * 5, "sha256": []}).encode(),
        json.dumps({"identity": ONE, "bases": [], "sha256": [ONE] * (MOST_BODIES + 1)}).encode(),
    ],
)
def test_a_question_that_is_none_is_refused(said: bytes) -> None:
    with pytest.raises(NotAPart):
        read_question(said)


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"PK\x03\x04" * 9,
        MAGIC + b"\xff\xff\xff\xff",
        MAGIC + b"\x00\x00\x00\x02[]",
        head(size=-1),
        head(size=True),
        head(left_out=[[0, 5, "../../etc/passwd"]]),
        head(left_out=[[0, 5]]),
        head(left_out=[[0, 6, ONE], [5, 2, TWO]]),
        head(left_out=[[-1, 6, ONE]]),
        head(left_out=[[5, 6, ONE]]),
        head(left_out=[[0, 0, ONE]] * (MOST_BODIES + 1)),
    ],
)
def test_a_part_that_cannot_be_is_refused_before_anything_is_written(part: bytes) -> None:
    with pytest.raises(NotAPart):
        read_plan(io.BytesIO(part))


def test_a_part_that_does_not_fill_the_file_or_says_more_is_refused(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_bytes(CONTENT)
    plan = Plan(3000, (), ((0, 2000, ONE),))
    places = {ONE: Place(kept, 0, 2000)}
    for rest, where in (
        (b"x" * 999, places),
        (b"x" * 1001, places),
        (b"x" * 1000, {}),
        (b"x" * 1000, {ONE: Place(kept, 0, 1999)}),
        (b"x" * 1000, {ONE: Place(kept, len(CONTENT) - 10, 2000)}),
    ):
        with pytest.raises(NotAPart):
            list(whole_blocks(io.BytesIO(rest), plan, where))
    assert b"".join(whole_blocks(io.BytesIO(b"x" * 1000), plan, places)) == CONTENT[:2000] + b"x" * 1000


def test_a_file_that_became_shorter_is_noticed() -> None:
    with pytest.raises(EOFError):
        part_of(b"abc", Plan(4, (), ()))
