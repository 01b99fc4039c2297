from __future__ import annotations

from ntm_desktop.sheets import limits


def test_limits_leave_room_for_the_largest_honest_table() -> None:
    assert limits.MOST_CELLS >= 10_000 * 100
    assert limits.MOST_ROWS >= 100_000
    assert limits.MOST_INFLATED_BYTES < limits.CHILD_MEMORY_BYTES
