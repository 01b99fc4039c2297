from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.schemas import CHECK, fits
from tests.cli.test_dossiers import ids


def _requirements(run: Run, workspace: Path) -> dict[str, dict[str, object]]:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    document = fits(run("check", workspace, "--dossier", dossier, "--json").out, CHECK)
    return {one["code"]: one for indicator in document["indicators"] for one in indicator["requirements"]}


def test_requirement_says_figure_threshold_and_distance(run: Run, workspace: Path) -> None:
    found = _requirements(run, workspace)
    assert found["8.4.d"]["shown"] == "25,69 %"
    threshold = found["8.4.d"]["threshold"]
    assert (threshold["operator"], threshold["value"], threshold["basis"]) == (">", "30%", "reported")
    assert found["8.4.c"]["value"] == "true"
    assert found["10.1.a"]["value"] == "65.2"


def test_missing_figures_are_named_by_subject(run: Run, workspace: Path) -> None:
    missing = _requirements(run, workspace)["8.2.b"]["missing"]
    assert {one["element"] for one in missing} == {"thon_internet_co_dinh", "thon_internet_di_dong"}
    assert len({one["subject"] for one in missing}) == 2


def test_summary_counts_every_indicator_once(run: Run, workspace: Path) -> None:
    dossier = ids(run, workspace)["vn-xa-ntm-2021-2025", 2024]
    document = fits(run("check", workspace, "--dossier", dossier, "--json").out, CHECK)
    counts = dict(document["summary"]["indicators"])
    assert counts.pop("total") == sum(counts.values()) == len(document["indicators"]) == 57
    tagged = [one["code"] for one in document["indicators"] if "chuyen_doi_so" in one["tags"]]
    assert tagged == ["8.2", "8.4", "15.4"]
