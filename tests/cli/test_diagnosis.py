from __future__ import annotations

from pathlib import Path

import pytest

from ntm_desktop.cli.diagnosis import outcome
from ntm_desktop.operations.doctor import Diagnosis
from ntm_desktop.workspace.doctor import Finding


def _diagnosis(*findings: tuple[Finding, str]) -> Diagnosis:
    return Diagnosis(Path("kho"), 1000, findings, None, 1 << 40, 0, 0)


@pytest.mark.parametrize(
    ("findings", "code"),
    [
        ((), 0),
        (((Finding.OLDER, "1000"), (Finding.LEFTOVER, "x")), 0),
        (((Finding.NEWER, "2000"),), 1),
        (((Finding.UNREADABLE, "file_unwritable"),), 3),
        (((Finding.UNREADABLE, "workspace_damaged"),), 5),
        (((Finding.PACK_CHANGED, "ab"),), 5),
    ],
)
def test_the_outcome_says_whose_turn_it_is(findings: tuple[tuple[Finding, str], ...], code: int) -> None:
    assert outcome(_diagnosis(*findings))[1] == code
