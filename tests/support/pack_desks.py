"""A desk, a publisher the program came with, and packs that differ in one thing."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from unittest import mock

from ntm_desktop.criteria.load import dump, load
from ntm_desktop.criteria.model import CriterionSet, Requirement, Threshold
from ntm_desktop.operations import publishers
from ntm_desktop.packs.shipped import content_of, shipped_pack
from tests.support.pack_repository import Simulated

Change = Callable[[Requirement], Requirement]


@contextmanager
def shipped_with(home: Simulated) -> Iterator[None]:
    """Let the program have come with the root of a publisher."""
    with mock.patch.object(publishers, "shipped_root", return_value=home.first_root):
        yield


def shipped_set(set_id: str) -> CriterionSet:
    """Return a set that came with the program."""
    shipped = shipped_pack(set_id)
    assert shipped is not None
    return load(content_of(shipped))


def with_requirement(source: CriterionSet, code: str, change: Change) -> CriterionSet:
    """Return the set with one requirement changed, without examples: they would tell."""
    criteria = tuple(
        dataclasses.replace(
            criterion,
            indicators=tuple(
                dataclasses.replace(
                    indicator,
                    requirements=tuple(
                        change(one) if one.code == code else one for one in indicator.requirements
                    ),
                )
                for indicator in criterion.indicators
            ),
        )
        for criterion in source.criteria
    )
    return dataclasses.replace(source, criteria=criteria, examples=())


def threshold_at(value: str) -> Change:
    """Return the change that gives every threshold of a requirement that value."""

    def change(requirement: Requirement) -> Requirement:
        thresholds = tuple(_valued(one, value) for one in requirement.thresholds)
        return dataclasses.replace(requirement, thresholds=thresholds)

    return change


def _valued(threshold: Threshold, value: str) -> Threshold:
    return dataclasses.replace(threshold, value=("number", str(Fraction(value))))


def content(source: CriterionSet, version: str, **changed: object) -> bytes:
    """Return the bytes of a set as a pack of that version."""
    return dump(dataclasses.replace(source, version=version, **changed))  # type: ignore[arg-type]


def stick(folder: Path, publisher: Simulated) -> Path:
    """Write what a publisher has published into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return publisher.write(folder)
