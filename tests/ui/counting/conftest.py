"""A province with 110 communes planted."""

from __future__ import annotations

import pytest

from tests.support.maps import plant
from tests.support.reviewers import review_desk


@pytest.fixture(scope="session")
def province(tmp_path_factory):
    with review_desk(tmp_path_factory.mktemp("tinh"), believing=False) as desk:
        plant(desk, (2023, 2024))
        yield desk
