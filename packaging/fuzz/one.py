"""Feed one reader, with atheris steering by which lines of the program each input reaches.

python -m fuzz.one TARGET CORPUS [options of libFuzzer]
"""

from __future__ import annotations

import importlib
import sys

atheris = importlib.import_module("atheris")  # in a lock of its own; the checks do not have it

with atheris.instrument_imports(include=["ntm_desktop"]):
    from fuzz import targets


def main(argv: list[str]) -> None:
    """Read for ever, or as long as the options say; a defect ends it and leaves the input behind."""
    target = next(one for one in targets.every() if one.name == argv[1])
    atheris.Setup([argv[0], *argv[2:]], target.try_with)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
