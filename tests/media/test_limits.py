"""The limits let every honest photo through."""

from __future__ import annotations

from ntm_desktop.media import limits


def test_the_largest_phone_fits_and_a_sheet_stays_legible() -> None:
    assert limits.MOST_PIXELS > 12_000 * 9_000
    assert limits.LONGEST_SIDE / 11.7 > 200  # A4 is 11.7 inches long
    assert limits.MOST_PIXELS * 4 < limits.CHILD_MEMORY_BYTES
