r"""One command for everything a developer, a tester or a curious officer does with a checkout.

    python3 packaging/dev.py demo|run|test|check|bench|torture|fuzz|line|keyboard|mutate|texts|lock|package     Linux
    py packaging\dev.py demo|run|test|check|bench|torture|fuzz|line|mutate|texts|lock              Windows

Standard library only. Every command first makes `.venv` and fills it from the hash-pinned locks; that is
skipped when the locks have not changed, so that a second run needs no network. This file and what it imports
first stay readable to old Pythons, so that they are told what is missing instead of showing a traceback.
"""

from __future__ import annotations

import sys

from devtools import interpreter, places


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code."""
    places.speak_utf8()
    try:
        interpreter.require()
        from devtools import commands  # only now: it needs a Python that is new enough

        return commands.run(arguments)
    except places.Stop as stopped:
        places.say(f"\n{stopped.reason}\n-> {stopped.remedy}")
        return places.UNAVAILABLE
    except KeyboardInterrupt:
        places.say("\nStopped.")
        return places.INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
