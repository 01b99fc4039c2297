"""Which verdicts of a snapshot rest on estimates: every paper of it marks them, as the window does."""

from __future__ import annotations

from collections.abc import Mapping

from ntm_desktop.criteria.compiled import compile_set
from ntm_desktop.criteria.estimates import estimates_behind, is_estimate
from ntm_desktop.criteria.load import load
from ntm_desktop.criteria.verdicts import Situation
from ntm_desktop.facts.book import FactBook
from ntm_desktop.facts.fact import FactKey
from ntm_desktop.snapshot.model import Snapshot

Estimates = Mapping[str, tuple[FactKey, ...]]
"""The estimates behind each requirement, by its code; one that rests on none is not there."""


def estimates_of(snapshot: Snapshot) -> Estimates:
    """Return the estimates behind the requirements of a snapshot. Raises what `load` raises of other sets' packs."""
    if not any(is_estimate(fact) for fact in snapshot.facts):
        return {}
    book = FactBook(
        snapshot.facts, hamlets=snapshot.hamlets, records=snapshot.records, profile=snapshot.profile
    )
    others = (load(pack.content) for pack in snapshot.packs if pack.sha256 != snapshot.set.sha256)
    situation = Situation(
        book,
        snapshot.year,
        snapshot.assessed_on,
        {one.requirement: one for one in snapshot.confirmations},
        {one.id: one for one in others},
    )
    compiled = compile_set(snapshot.set)
    found = {code: estimates_behind(compiled, situation, code) for code in compiled.requirements}
    return {code: keys for code, keys in found.items() if keys}
