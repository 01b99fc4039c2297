from __future__ import annotations

from ntm_desktop.snapshot.listing import listing_digest

FILES = [("b", 2, "22"), ("a", 1, "11")]


def test_order_does_not_matter_and_every_part_of_a_file_does():
    whole = listing_digest(FILES)
    assert listing_digest(reversed(FILES)) == whole
    others = (
        [("b", 2, "22")],
        [("b", 3, "22"), FILES[1]],
        [("c", 2, "22"), FILES[1]],
        [("b", 2, "23"), FILES[1]],
    )
    assert whole not in {listing_digest(other) for other in others}
