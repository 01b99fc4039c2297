from __future__ import annotations

import pytest

from ntm_desktop.cli.grounds import ground_sentence
from ntm_desktop.dossier.verification import Ground


@pytest.mark.parametrize("ground", list(Ground))
def test_every_ground_has_a_sentence(ground: Ground) -> None:
    assert ground_sentence(ground.value, "").endswith(".")
    assert ground_sentence(ground.value, "a.pdf").endswith("(a.pdf)")


def test_ground_of_a_newer_version_is_shown_as_it_is() -> None:
    assert ground_sentence("brand_new", "") == "brand_new"
