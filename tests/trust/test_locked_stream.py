"""A locked stream opens with its passphrase, whole and in order, or not at all."""

from __future__ import annotations

import hashlib
import io
import unicodedata

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from ntm_desktop.trust import locked_stream
from ntm_desktop.trust.locked_stream import (
    BLOCK,
    LockedFileDamaged,
    LockedReader,
    LockedWriter,
    WeakPassphrase,
    WrongPassphrase,
    is_locked,
)

WORDS = "mật khẩu của xã"
HEAD = 50
SEALED = (64 << 10) + 16


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost of a guess is what makes it slow; most tests do not need it."""
    monkeypatch.setattr(locked_stream, "_COST", 10)


def lock(content: bytes, step: int = 50_000) -> bytes:
    out = io.BytesIO()
    writer = LockedWriter(lambda block: out.write(block) and None, WORDS)
    for start in range(0, len(content), step):
        writer.write(content[start : start + step])
    writer.finish()
    return out.getvalue()


def unlock(locked: bytes, words: str = WORDS) -> bytes:
    reader = LockedReader(io.BytesIO(locked), words, "a.ntmbackup")
    parts = []
    while part := reader.read(30_000):
        parts.append(part)
    return b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_what_was_locked_opens_whole(size: int) -> None:
    content = bytes(n % 251 for n in range(size))
    locked = lock(content)
    assert is_locked(locked)
    assert len(locked) == HEAD + size + 16 * max(1, -(-size // BLOCK))
    assert unlock(locked) == content
    assert unlock(locked, unicodedata.normalize("NFD", WORDS)) == content


def test_the_file_is_what_its_description_says() -> None:
    """Read as docs/backup-file.md describes it, without the program."""
    content = bytes(64 << 10) + b"rest"
    locked = lock(content)
    salt, prefix, check = locked[11:27], locked[27:34], locked[34:HEAD]
    both = hashlib.scrypt(WORDS.encode(), salt=salt, n=2**10, r=8, p=1, dklen=48)
    assert both[32:] == check
    cipher, head = AESGCM(both[:32]), locked[:HEAD]
    first = cipher.decrypt(prefix + bytes((0, 0, 0, 0, 0)), locked[HEAD : HEAD + SEALED], head)
    assert first + cipher.decrypt(prefix + bytes((0, 0, 0, 1, 1)), locked[HEAD + SEALED :], head) == content


def test_nothing_of_the_content_is_readable_and_no_two_files_are_alike() -> None:
    first, second = lock(b"Nguyen Thi Hong" * 100), lock(b"Nguyen Thi Hong" * 100)
    assert b"Nguyen" not in first
    assert first != second


def test_another_passphrase_is_told_from_damage() -> None:
    with pytest.raises(WrongPassphrase):
        unlock(lock(b"abc"), "mật khẩu khác")


def test_short_passphrase_is_refused_before_anything_is_written() -> None:
    out = io.BytesIO()
    with pytest.raises(WeakPassphrase):
        LockedWriter(lambda block: out.write(block) and None, "1234567")
    assert out.getvalue() == b""
    LockedWriter(lambda block: out.write(block) and None, "12345678")
    assert len(out.getvalue()) == HEAD


@settings(max_examples=40, deadline=None)
@given(at=st.integers(0, 2 * SEALED + HEAD + 20), bit=st.integers(0, 7))
def test_one_changed_bit_anywhere_is_noticed(at: int, bit: int) -> None:
    locked = bytearray(lock(bytes(2 * BLOCK + 10)))
    at = min(at, len(locked) - 1)
    locked[at] ^= 1 << bit
    with pytest.raises((WrongPassphrase, LockedFileDamaged)):
        unlock(bytes(locked))


def test_blocks_cut_off_doubled_swapped_or_left_out_do_not_open() -> None:
    locked = lock(bytes(BLOCK) + b"x" * BLOCK + b"y" * 5)
    head, first, second, last = (
        locked[:HEAD],
        locked[HEAD : HEAD + SEALED],
        locked[HEAD + SEALED : HEAD + 2 * SEALED],
        locked[HEAD + 2 * SEALED :],
    )
    for forged in (
        head + first + second,
        head + first,
        head,
        head + second + first + last,
        head + first + first + second + last,
        head + first + last,
        locked + last,
        locked + b"z",
        locked[:-1],
        locked[: HEAD - 1],
        b"NTMLOCK2" + locked[8:],
    ):
        with pytest.raises(LockedFileDamaged):
            unlock(forged)


def test_head_that_asks_for_all_memory_is_refused() -> None:
    locked = lock(b"abc")
    for cost in (b"\x1f\x08\x01", b"\x10\xff\x01", b"\x10\x08\xff", b"\x02\x08\x01", b"\x10\x00\x01"):
        with pytest.raises(LockedFileDamaged):
            unlock(locked[:8] + cost + locked[11:])


def test_the_cost_of_a_guess_is_what_the_docs_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    locked = lock(b"abc")
    assert locked[8:11] == bytes((16, 8, 1))
    assert unlock(locked) == b"abc"
