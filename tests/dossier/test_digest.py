from __future__ import annotations

import hashlib
import zlib
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from ntm_desktop.dossier.digest import Digest


@given(st.lists(st.integers(0, 1 << 17), max_size=8))
def test_blocks_small_and_large_sum_up_to_what_the_library_says_of_the_whole(sizes: list[int]) -> None:
    blocks = [bytes([number % 251]) * size for number, size in enumerate(sizes)]
    with ThreadPoolExecutor(1) as beside:
        digest = Digest(beside)
        for block in blocks:
            digest.begin(block)
        summed = digest.hexdigest()
    whole = b"".join(blocks)
    assert summed == hashlib.sha256(whole).hexdigest()
    assert digest.checksum == zlib.crc32(whole)


def test_a_block_may_be_changed_once_it_is_settled() -> None:
    block = bytearray(1 << 20)
    with ThreadPoolExecutor(1) as beside:
        digest = Digest(beside)
        for _ in range(4):
            digest.begin(memoryview(block))
            digest.settle()
            block[:] = b"\xff" * len(block)
    expected = hashlib.sha256(bytes(1 << 20) + b"\xff" * (3 << 20)).hexdigest()
    assert digest.hexdigest() == expected
