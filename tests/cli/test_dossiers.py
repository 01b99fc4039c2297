from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.schemas import CHECK, DOSSIERS, fits


def ids(run: Run, workspace: Path) -> dict[tuple[str, int], str]:
    found = fits(run("dossier", "list", workspace, "--json").out, DOSSIERS)["dossiers"]
    return {(one["set"], one["year"]): one["id"] for one in found}


def test_list_names_every_dossier_with_its_state(run: Run, workspace: Path) -> None:
    found = fits(run("dossier", "list", workspace, "--json").out, DOSSIERS)["dossiers"]
    assert sorted((one["year"], one["state"]) for one in found) == [
        (2023, "open"),
        (2023, "sealed"),
        (2024, "open"),
        (2024, "open"),
    ]
    assert len(run("dossier", "list", workspace).out.splitlines()) == 4


def test_add_prints_the_id_and_nothing_else(run: Run, workspace: Path) -> None:
    added = run(
        "dossier", "add", workspace, "--set", "vn-xa-ntm-2021-2025", "--year", "2022", "--on", "31/12/2022"
    )
    assert (added.code, added.err) == (0, "")
    assert added.out.strip() == ids(run, workspace)["vn-xa-ntm-2021-2025", 2022]


@pytest.mark.parametrize(("set_id", "year"), [("vn-xa-ntm-2021-2025", "2030"), ("khong-co", "2023")])
def test_set_that_does_not_fit_is_refused(run: Run, workspace: Path, set_id: str, year: str) -> None:
    assert run("dossier", "add", workspace, "--set", set_id, "--year", year).code == 1


def test_check_exits_0_whatever_the_verdict_unless_met_is_required(run: Run, workspace: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    checked = run("check", workspace, "--dossier", dossier, "--json")
    assert checked.code == 0
    assert fits(checked.out, CHECK)["year"] == 2024
    assert run("check", workspace, "--dossier", dossier, "--require-met").code == 1


def test_same_facts_miss_both_sets_by_different_numbers_of_files(run: Run, workspace: Path) -> None:
    distances = {}
    for set_id, code in (("vn-xa-ntm-2021-2025", "8.4.d"), ("vn-xa-ntm-nang-cao-2021-2025", "8.4.a")):
        for year in (2023, 2024):
            dossier = ids(run, workspace)[set_id, year]
            document = fits(run("check", workspace, "--dossier", dossier, "--json").out, CHECK)
            requirement = next(
                requirement
                for indicator in document["indicators"]
                for requirement in indicator["requirements"]
                if requirement["code"] == code
            )
            distances[set_id, year] = (requirement["verdict"], requirement["value"], requirement["distance"])
    short = {"element": "ho_so_truc_tuyen", "lever": "numerator", "lower": False}
    assert distances == {
        ("vn-xa-ntm-2021-2025", 2023): ("MET", "2382/2382", None),
        ("vn-xa-ntm-2021-2025", 2024): ("NOT_MET", "612/2382", short | {"by": 103}),
        ("vn-xa-ntm-nang-cao-2021-2025", 2023): ("MET", "2382/2382", None),
        ("vn-xa-ntm-nang-cao-2021-2025", 2024): ("NOT_MET", "612/2382", short | {"by": 580}),
    }


def test_check_for_people_names_what_is_short_and_who_is_missing(run: Run, workspace: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    out = run("check", workspace, "--dossier", dossier).out
    assert "25,69\u00a0%" in out or "25,69 %" in out
    assert "103" in out
    assert "Vĩnh Lợi" in out


def test_unknown_dossier_is_refused(run: Run, workspace: Path) -> None:
    assert run("check", workspace, "--dossier", "0" * 32).code == 1


def test_an_empty_id_names_no_dossier(run: Run, workspace: Path) -> None:
    assert run("check", workspace, "--dossier", "").code == 1
