from __future__ import annotations

import re

from ntm_desktop.dossier.flaws import Flaw


def test_codes_are_plain_words_that_scripts_can_rely_on() -> None:
    assert all(re.fullmatch(r"[a-z_]+", flaw) for flaw in Flaw)
    assert all(flaw.value == flaw.name.lower() for flaw in Flaw)
