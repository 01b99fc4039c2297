"""How large a table of figures can be; far above any honest file, far below what hurts an old PC."""

from __future__ import annotations

MOST_FILE_BYTES = 64 * 1024 * 1024
MOST_INFLATED_BYTES = 256 * 1024 * 1024
MOST_RATIO = 200
"""Inflated to packed, of one part; honest sheets lie between 5 and 40."""
RATIO_COUNTS_FROM = 8 * 1024 * 1024
"""Small parts may be packed as well as they like."""
MOST_PARTS = 5_000
MOST_CELLS = 2_000_000
MOST_ROWS = 200_000
MOST_STREAMED_BYTES = 128 * 1024 * 1024
MOST_STREAMED_CELLS = 8_000_000
MOST_STREAMED_ROWS = 300_000
"""Rows that are counted and not held."""
CHILD_SECONDS = 60
CHILD_MEMORY_BYTES = 2 * 1024**3
