"""`dev.py texts`: find the texts of the source, merge what is translated, compile, and name what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

from devtools.places import ROOT, say, speak_utf8
from texts.catalogue import as_mo, as_po, merge, missing, read
from texts.finding import texts_of

TRANSLATIONS = ROOT / "translations"


def main(folder: Path = TRANSLATIONS) -> int:
    """Write catalogue and compiled catalogue anew; 1 when a text has no translation yet."""
    target = folder / "vi" / "LC_MESSAGES" / "ntm_desktop.po"
    known = [target] if target.exists() else []
    # A fragment is newer than the catalogue: it is how somebody adds or corrects texts beside others at work.
    known += sorted((folder / "fragments").glob("*.po"))
    merged = merge(texts_of(ROOT / "ntm_desktop", ROOT), [read(path) for path in known])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(as_po(merged))
    # Compiled from what was written, so that a test which reads it back gets the same bytes.
    target.with_suffix(".mo").write_bytes(as_mo(read(target)))
    lacking = missing(merged)
    for text in lacking:
        say(f"not translated: {text}")
    say(f"{len(merged)} texts, {len(lacking)} not translated")
    return 1 if lacking else 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main())
