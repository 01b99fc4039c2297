"""Which verdicts of a snapshot rest on estimates."""

from __future__ import annotations

from ntm_desktop.facts.fact import FactKey
from ntm_desktop.facts.period import year_period
from ntm_desktop.snapshot.estimates import estimates_of
from ntm_desktop.snapshot.model import PackFile
from tests.support.pack_sources import sound_source, write_source
from tests.support.snapshots import YEAR, estimated, make_snapshot


def test_a_figure_given_as_an_estimate_is_named_where_a_rule_reads_it() -> None:
    online = FactKey("ho_so_truc_tuyen", "", year_period(YEAR))
    assert estimates_of(make_snapshot()) == {}
    assert estimates_of(estimated(make_snapshot(), "ho_so_truc_tuyen")) == {"8.4.d": (online,)}


def test_sets_that_are_referred_to_are_read_too(tmp_path) -> None:
    from dataclasses import replace

    from ntm_desktop.packs.source import build

    other = build(write_source(tmp_path, sound_source()))
    snapshot = estimated(make_snapshot(), "ho_so_truc_tuyen")
    pack = PackFile(other.set.id, other.set.version, other.sha256, other.content)
    assert set(estimates_of(replace(snapshot, packs=(*snapshot.packs, pack)))) == {"8.4.d"}
