"""How large a picture or a page can be; far above any phone, far below what hurts an old PC."""

from __future__ import annotations

MOST_PICTURE_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 120_000_000
"""Width times height as the file claims; the largest phones make 50 to 108 million."""
LONGEST_SIDE = 2400
"""Of a stored photo: an A4 sheet photographed whole keeps about 200 dots per inch, small print stays legible."""
QUALITY = 82
DOTS_PER_INCH = 200
"""Of photos joined into a PDF."""
MOST_PAGES = 60
"""Pages of a scan, or frames of a moving picture, that are written anew."""
MOST_JOINED = 60
"""Photos in one PDF."""
MOST_SHOWN_PIXELS = 8_000_000
CHILD_SECONDS = 60
CHILD_MEMORY_BYTES = 1536 * 1024**2
MOST_BOUNDARY_BYTES = 64 * 1024 * 1024
"""Of a file of boundaries: the communes of a province at one dot each 20 metres have 5 to 30 MB."""
MOST_AREAS = 20_000
"""Before 2025 the whole country had 10,600 communes."""
