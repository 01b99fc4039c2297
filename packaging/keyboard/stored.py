"""Tell what a workspace holds: `keyboard.stored WORKSPACE YEAR`, one JSON document; changes nothing.

It runs in a process of its own, so that what the window says of itself counts for nothing.
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import reading_period
from ntm_desktop.facts.text import encode
from ntm_desktop.operations.elements import elements
from ntm_desktop.operations.start import open_desk


def main(folder: str, year: str) -> int:
    """Print every figure of the year by element and hamlet, and when the last one was entered."""
    with closing(open_desk(Path(folder), who="reader", read_only=True)) as desk:
        book, known = desk.book, elements(desk)
        figures: dict[str, dict[str, str]] = {}
        entered = []
        for key, fact in book.facts.items():
            if key.element not in known or fact.value is None or fact.in_use is None:
                continue
            if key != FactKey(key.element, key.subject, reading_period(known[key.element].period, int(year))):
                continue
            figures.setdefault(key.element, {})[key.subject] = str(encode(fact.value))
            entered.append(fact.in_use.at)
        hamlets = [hamlet.id for hamlet in book.hamlets]
    print(json.dumps({"figures": figures, "hamlets": hamlets, "last": max(entered, default="")}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
