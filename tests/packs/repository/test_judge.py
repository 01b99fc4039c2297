"""Pack by pack: what is refused alone while the rest is taken in."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from ntm_desktop.criteria.load import PackUnreadable, load
from ntm_desktop.errors import NtmError
from ntm_desktop.i18n import gettext
from ntm_desktop.packs.repository.admission import Admitted, Confirmation
from ntm_desktop.packs.repository.judge import KnownPack, PackJudge, PacksHere, _Library, require_working
from ntm_desktop.packs.repository.refusals import (
    ExamplesFail,
    ReferenceMissing,
    SameVersionOtherContent,
    SetOfAnotherPublisher,
    Tampered,
    WrongPackName,
)
from ntm_desktop.packs.repository.rules import Walk, newest
from tests.support.pack_repository import (
    NOW,
    PROVINCE,
    PROVINCE_NAME,
    Simulated,
    admission,
    failing_pack,
    pack,
)


@pytest.fixture
def home() -> Simulated:
    repository = Simulated()
    repository.add(pack())
    return repository


def _refused(admitted: Admitted) -> dict[str, type[NtmError]]:
    return {f"{each.id} {each.version}": type(each.reason) for each in admitted.refused}


def _taken(admitted: Admitted) -> list[str]:
    return [f"{each.id} {each.version}" for each in admitted.packs]


def test_a_pack_that_fails_its_own_examples_is_refused_alone_and_says_where(
    tmp_path: Path, home: Simulated
) -> None:
    home.add(failing_pack("1.0.1"))
    admitted = admission(tmp_path, home).admit(home, NOW)
    assert _taken(admitted) == ["bo-thu 1.0.0"]
    [refused] = admitted.refused
    reason = refused.reason
    assert isinstance(reason, ExamplesFail)
    assert (reason.example, reason.place, reason.expected, reason.found, reason.count) == (
        "Đạt",
        "set",
        "NOT_MET",
        "MET",
        1,
    )


def test_the_same_version_with_other_content_is_refused(tmp_path: Path, home: Simulated) -> None:
    known = {("bo-thu", "1.0.0"): KnownPack("0" * 64, home.fingerprint)}
    admitted = admission(tmp_path, home, known).admit(home, NOW)
    assert (_taken(admitted), _refused(admitted)) == ([], {"bo-thu 1.0.0": SameVersionOtherContent})


def test_the_same_version_twice_in_one_source_is_refused_both_times(tmp_path: Path, home: Simulated) -> None:
    home.let_in()
    home.add(pack(publisher="Ai đó"), PROVINCE)
    admitted = admission(tmp_path, home).admit(home, NOW)
    assert _taken(admitted) == []
    assert [type(each.reason) for each in admitted.refused] == [SameVersionOtherContent] * 2


def test_a_province_does_not_publish_under_the_name_of_the_national_set(
    tmp_path: Path, home: Simulated
) -> None:
    home.let_in()
    home.add(pack("9.0.0"), PROVINCE)
    admitted = admission(tmp_path, home).admit(home, NOW)
    assert (_taken(admitted), _refused(admitted)) == (
        ["bo-thu 1.0.0"],
        {"bo-thu 9.0.0": SetOfAnotherPublisher},
    )


def test_of_two_provinces_that_claim_one_set_neither_gets_it(tmp_path: Path, home: Simulated) -> None:
    for number, province in enumerate((PROVINCE, "nghe-an")):
        home.let_in(province)
        home.add(pack(f"1.0.{number}", "bo-tinh"), province)
    admitted = admission(tmp_path, home).admit(home, NOW)
    assert _refused(admitted) == {
        "bo-tinh 1.0.0": SetOfAnotherPublisher,
        "bo-tinh 1.0.1": SetOfAnotherPublisher,
    }
    owners = {
        each.reason.owner for each in admitted.refused if isinstance(each.reason, SetOfAnotherPublisher)
    }
    assert owners == {PROVINCE_NAME}


def test_a_further_publisher_cannot_take_over_a_set_by_listing_it(tmp_path: Path, home: Simulated) -> None:
    known = {("bo-thu", "1.0.0"): KnownPack(load(pack()).sha256, home.fingerprint)}
    other = Simulated(first_key=20)
    other.add(pack())
    other.add(pack("9.0.0"))
    other.add(pack(id_="bo-khac"))
    desk = admission(tmp_path, home, known)
    admitted = desk.admit(other, NOW, Confirmation(other.fingerprint))
    assert (_taken(admitted), _refused(admitted)) == (
        ["bo-khac 1.0.0"],
        {"bo-thu 9.0.0": SetOfAnotherPublisher},
    )


def test_whose_set_it_is_is_told_as_far_as_it_is_known(tmp_path: Path, home: Simulated) -> None:
    stranger = "0123456789abcdef-and-more"
    known = {
        ("bo-thu", "1.0.0"): KnownPack(load(pack()).sha256, home.fingerprint),
        ("bo-la", "1.0.0"): KnownPack("0" * 64, stranger),
    }
    other = Simulated(first_key=20)
    other.add(pack("9.0.0"))
    other.add(pack("9.0.0", "bo-la"))
    admitted = admission(tmp_path, home, known).admit(other, NOW, Confirmation(other.fingerprint))
    reasons = [each.reason for each in admitted.refused]
    assert {one.id: one.owner for one in reasons if isinstance(one, SetOfAnotherPublisher)} == {
        "bo-thu": gettext("the maker of this program"),
        "bo-la": "0123456789abcdef",
    }


def test_the_shipped_publisher_is_never_kept_from_its_own_set(tmp_path: Path, home: Simulated) -> None:
    known = {("bo-thu", "0.9.0"): KnownPack("0" * 64, "somebody")}
    assert _taken(admission(tmp_path, home, known).admit(home, NOW)) == ["bo-thu 1.0.0"]


def test_a_publisher_goes_on_with_its_own_set(tmp_path: Path, home: Simulated) -> None:
    other = Simulated(first_key=20)
    other.add(pack("1.0.0", "bo-khac"))
    first = admission(tmp_path, home).admit(other, NOW, Confirmation(other.fingerprint)).packs[0]
    other.add(pack("1.1.0", "bo-khac"))
    known = {("bo-khac", "1.0.0"): KnownPack(first.sha256, first.publisher.key)}
    assert _taken(admission(tmp_path, home, known).admit(other, NOW)) == ["bo-khac 1.1.0"]


def test_a_pack_under_the_name_of_another_is_refused(tmp_path: Path, home: Simulated) -> None:
    home.add(pack("1.0.1"), path="packs/bo-thu-2.0.0.json")
    assert _refused(admission(tmp_path, home).admit(home, NOW)) == {"bo-thu 2.0.0": WrongPackName}


def test_a_pack_that_is_none_and_one_with_newer_rules_are_refused_alone(
    tmp_path: Path, home: Simulated
) -> None:
    home.put("packs/bo-hong-1.0.0.json", b"{")
    home.put(
        "packs/bo-moi-1.0.0.json", pack(id_="bo-moi").replace(b'"rule_language":1', b'"rule_language":99')
    )
    home.add(pack("1.0.1"))
    admitted = admission(tmp_path, home).admit(home, NOW)
    assert _taken(admitted) == ["bo-thu 1.0.0", "bo-thu 1.0.1"]
    assert _refused(admitted)["bo-hong 1.0.0"] is PackUnreadable
    assert [each.reason.code for each in admitted.refused] == ["pack_unreadable", "unknown_rule_language"]


def test_a_pack_may_refer_to_one_that_comes_along_or_is_here(tmp_path: Path, home: Simulated) -> None:
    home.add(pack(id_="bo-hai", references=("bo-thu",)))
    home.add(pack(id_="bo-ba", references=("bo-o-day", "bo-thu")))
    admitted = admission(tmp_path / "a", home).admit(home, NOW)
    assert (_taken(admitted), _refused(admitted)) == (
        ["bo-hai 1.0.0", "bo-thu 1.0.0"],
        {"bo-ba 1.0.0": ReferenceMissing},
    )
    here = {"bo-o-day": load(pack(id_="bo-o-day"))}
    assert admission(tmp_path / "b", home, library=here).admit(home, NOW).refused == ()


def test_a_reference_reads_the_newest_version_that_comes_along(home: Simulated) -> None:
    for version in ("1.9.0", "1.10.0"):
        home.add(pack(version))
    walk = Walk(home.anchor, NOW)
    walk.follow(home)
    assert newest(walk.packs(), ["bo-thu", "bo-khac"])["bo-thu"].name.version == "1.10.0"


def test_other_things_beside_packs_are_left_alone(tmp_path: Path, home: Simulated) -> None:
    home.put("huong-dan.pdf", b"%PDF")
    home.add(pack("1.0.1"))
    assert _taken(admission(tmp_path, home).admit(home, NOW)) == ["bo-thu 1.0.0", "bo-thu 1.0.1"]


def test_a_list_that_names_an_endless_pack_is_refused_whole(tmp_path: Path, home: Simulated) -> None:
    home.put("packs/bo-to-1.0.0.json", pack(id_="bo-to"))
    home.targets.targets["packs/bo-to-1.0.0.json"].length = 1 << 40
    home.add(pack("1.0.1"))
    with pytest.raises(Tampered):
        admission(tmp_path, home).admit(home, NOW)


def test_a_set_that_works_is_not_refused() -> None:
    found = load(pack())
    require_working(found, {})
    with pytest.raises(ReferenceMissing):
        require_working(dataclasses.replace(found, references=("bo-khac",)), {})


def _reading_another(version: str) -> bytes:
    """A pack whose threshold is the one of `bo-thu`, so that its examples only agree when that set is read."""
    found = load(pack(version, "bo-hai"))
    [criterion] = found.criteria
    first, *others = criterion.indicators
    [requirement] = first.requirements
    [threshold] = requirement.thresholds
    rule = ("threshold", "bo-thu", "1.1.a", ("year",))
    thresholds = (dataclasses.replace(threshold, value=rule),)
    changed = dataclasses.replace(
        first, requirements=(dataclasses.replace(requirement, thresholds=thresholds),)
    )
    criteria = (dataclasses.replace(criterion, indicators=(changed, *others)),)
    return pack(version, "bo-hai", criteria=criteria, references=("bo-thu",))


def test_examples_are_run_with_the_sets_a_pack_reads(tmp_path: Path, home: Simulated) -> None:
    home.add(_reading_another("1.0.0"))
    assert _taken(admission(tmp_path / "a", home).admit(home, NOW)) == ["bo-hai 1.0.0", "bo-thu 1.0.0"]
    alone = Simulated(first_key=20)
    alone.add(_reading_another("1.0.0"))
    here = {"bo-thu": load(pack())}
    assert _taken(admission(tmp_path / "b", alone, library=here).admit(alone, NOW)) == ["bo-hai 1.0.0"]
    other = {"bo-thu": dataclasses.replace(load(pack()), criteria=())}
    assert _refused(admission(tmp_path / "c", alone, library=other).admit(alone, NOW)) == {
        "bo-hai 1.0.0": ExamplesFail
    }


def test_the_sets_at_hand_are_those_that_come_along_and_those_that_are_here(home: Simulated) -> None:
    walk = Walk(home.anchor, NOW)
    walk.follow(home)
    judge = PackJudge(home, walk, PacksHere(home.fingerprint, {}, {}))
    library = _Library(judge, {"bo-o-day": load(pack())}, newest(walk.packs(), ["bo-thu"]))
    assert (sorted(library), len(library)) == (["bo-o-day", "bo-thu"], 2)
    assert library["bo-thu"] is library["bo-thu"]
    with pytest.raises(KeyError):
        library["bo-khac"]


def test_a_further_publisher_keeps_its_set_from_its_own_province(tmp_path: Path, home: Simulated) -> None:
    other = Simulated(first_key=20)
    other.let_in()
    other.add(pack("1.0.0", "bo-khac"))
    other.add(pack("2.0.0", "bo-khac"), PROVINCE)
    admitted = admission(tmp_path, home).admit(other, NOW, Confirmation(other.fingerprint))
    assert (_taken(admitted), _refused(admitted)) == (
        ["bo-khac 1.0.0"],
        {"bo-khac 2.0.0": SetOfAnotherPublisher},
    )
