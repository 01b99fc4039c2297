"""The errors of a workspace: each in the family of who can put it right, each under its own code."""

from __future__ import annotations

import pytest

from ntm_desktop.errors import Damaged, NtmError, Refused, Unavailable
from ntm_desktop.workspace import errors

CONCRETE = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, NtmError) and kind.__module__ == errors.__name__
]


def test_codes_are_unique() -> None:
    codes = [kind.code for kind in CONCRETE]
    assert len(set(codes)) == len(codes) == 20


@pytest.mark.parametrize(
    ("kind", "family", "exit_code"),
    [
        (errors.WorkspaceInUse, Refused, 1),
        (errors.WorkspaceNewer, Refused, 1),
        (errors.EmptyEvidence, Refused, 1),
        (errors.DossierLocked, Refused, 1),
        (errors.WorkspaceMissing, Unavailable, 3),
        (errors.WorkspaceReadOnly, Unavailable, 3),
        (errors.FileChanged, Unavailable, 3),
        (errors.WorkspaceDamaged, Damaged, 5),
        (errors.EvidenceDamaged, Damaged, 5),
        (errors.EvidenceMissing, Damaged, 5),
    ],
)
def test_who_can_put_it_right_is_in_the_type(
    kind: type[NtmError], family: type[NtmError], exit_code: int
) -> None:
    assert issubclass(kind, family)
    assert kind.exit_code == exit_code
