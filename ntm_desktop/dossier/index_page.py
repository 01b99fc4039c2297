"""`index.html`: the dossier readable in any browser, without script, without this program.

Vietnamese by law, whatever the window's language; its words lie in `resources/dossier`. Everything that comes from
officers or packs is escaped.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from string import Template
from typing import Final
from urllib.parse import quote

from ntm_desktop.criteria.model import Basis, Operator, Requirement
from ntm_desktop.criteria.shown import shown, shown_threshold
from ntm_desktop.criteria.verdicts import RequirementResult, Verdict, WholeResult
from ntm_desktop.dossier.assemble import Listed
from ntm_desktop.paths import resources_folder
from ntm_desktop.snapshot.content import file_evidence
from ntm_desktop.snapshot.estimates import Estimates, estimates_of
from ntm_desktop.snapshot.model import Evidence, Snapshot

VIETNAM: Final = timezone(timedelta(hours=7))
_SIGNS: Final = {Operator.AT_LEAST: "\u2265", Operator.AT_MOST: "\u2264", Operator.EQUAL: ""}


@cache
def _words() -> Mapping[str, str]:
    words: Mapping[str, str] = json.loads(
        (resources_folder() / "dossier" / "words.json").read_text(encoding="utf-8")
    )
    return words


def index_page(snapshot: Snapshot, papers: Sequence[str], evidence: Sequence[Listed]) -> bytes:
    """Return the page; `papers` and `evidence` are names inside the container, for the links."""
    words = {key: html.escape(text) for key, text in _head(snapshot).items()}
    estimates = estimates_of(snapshot)
    template = (resources_folder() / "dossier" / "index.html").read_text(encoding="utf-8")
    page = Template(template).substitute(
        words,
        rows="\n".join(_rows(snapshot, estimates)),
        estimates=_estimates(snapshot, estimates),
        papers="\n".join(f"<li>{_link(name, name.rpartition('/')[2])}</li>" for name in papers),
        evidence=_evidence(snapshot, evidence),
    )
    return page.encode("utf-8")


def _head(snapshot: Snapshot) -> dict[str, str]:
    words, commune, evaluation = _words(), snapshot.commune, snapshot.evaluation
    moment = datetime.fromisoformat(snapshot.taken_at).astimezone(VIETNAM)
    counts = evaluation.counts()
    facts = {
        "commune": f"{commune.kind} {commune.name}",
        "year": snapshot.year,
        "kind": commune.kind,
        "name": commune.name,
        "province": commune.province,
        "code": commune.code,
        "title": snapshot.set.title.vi,
        "version": snapshot.set.version,
        "day": f"{snapshot.assessed_on:%d/%m/%Y}",
        "moment": f"{moment:%H:%M %d/%m/%Y}",
        "program": snapshot.program,
        "revision": snapshot.revision,
        "criteria_met": sum(1 for one in evaluation.criteria.values() if one.verdict is Verdict.MET),
        "criteria_total": len(evaluation.criteria),
        "met": counts[Verdict.MET],
        "not_met": counts[Verdict.NOT_MET],
        "undetermined": counts[Verdict.UNDETERMINED],
        "not_applicable": counts[Verdict.NOT_APPLICABLE],
        "total": len(evaluation.indicators),
    }
    filled = {key: words[key].format(**facts) for key in ("title", "commune", "set", "taken", "summary")}
    plain = {key: words[key] for key in words if key.startswith(("heading_", "column_")) or key == "bounds"}
    return plain | filled


def _rows(snapshot: Snapshot, estimates: Estimates) -> Iterator[str]:
    evaluation = snapshot.evaluation
    for criterion in snapshot.set.criteria:
        yield _row("criterion", criterion.code, criterion.name.vi, evaluation.criteria.get(criterion.code))
        for indicator in criterion.indicators:
            yield _row(
                "indicator", indicator.code, indicator.name.vi, evaluation.indicators.get(indicator.code)
            )
            for requirement in indicator.requirements:
                result = evaluation.requirements.get(requirement.code)
                if result is not None:
                    code = requirement.code if len(indicator.requirements) > 1 else ""
                    yield _requirement_row(requirement, result, code, estimated=requirement.code in estimates)


def _row(kind: str, code: str, name: str, result: WholeResult | None) -> str:
    verdict = result.verdict if result is not None else Verdict.UNDETERMINED
    return (
        f'<tr class="{kind}"><td>{html.escape(code)}</td><td>{html.escape(name)}</td><td></td><td></td>'
        f"{_verdict(verdict)}</tr>"
    )


def _requirement_row(
    requirement: Requirement, result: RequirementResult, code: str, *, estimated: bool
) -> str:
    figure = _figure(requirement, result)
    if estimated and result.value is not None:
        figure = _words()["estimated"].format(figure=figure)
    return (
        f"<tr><td>{html.escape(code)}</td><td>{html.escape(requirement.label.vi)}</td>"
        f"<td>{html.escape(_threshold(requirement, result))}</td>"
        f'<td class="figure">{html.escape(figure)}</td>{_verdict(result.verdict)}</tr>'
    )


def _estimates(snapshot: Snapshot, estimates: Estimates) -> str:
    """Name the estimates under the table, and say that verdicts rest on them."""
    names = dict.fromkeys(key.element for keys in estimates.values() for key in keys)
    if not names:
        return ""
    known = snapshot.set.catalogue.elements
    labels = "; ".join(known[name].label.vi if name in known else name for name in names)
    return f'<p class="note">{html.escape(_words()["estimates"].format(figures=labels))}</p>'


def _verdict(verdict: Verdict) -> str:
    return f'<td class="{verdict.value.lower()}">{html.escape(_words()[verdict.value])}</td>'


def _figure(requirement: Requirement, result: RequirementResult) -> str:
    if isinstance(result.value, bool):
        return _words()["yes" if result.value else "no"]
    return shown(requirement, result)


def _threshold(requirement: Requirement, result: RequirementResult) -> str:
    words, threshold = _words(), result.threshold
    if threshold is None:
        known = requirement.operator is None and requirement.basis not in {Basis.MISSING, Basis.DELEGATED}
        text, basis = (words["MET"], requirement.basis) if known else (words["no_threshold"], Basis.OFFICIAL)
    else:
        basis = threshold.basis
        if isinstance(threshold.value, bool):
            text = words["yes" if threshold.value else "no"]
        else:
            sign = _SIGNS.get(threshold.operator, threshold.operator.value)
            text = f"{sign} {shown_threshold(requirement, threshold)}".strip()
    return text if basis is Basis.OFFICIAL else f"{text} ({words['unchecked']})"


def _evidence(snapshot: Snapshot, listed: Sequence[Listed]) -> str:
    there = {one.name for one in listed}
    rows = []
    for filed in file_evidence(snapshot.evidence):
        if filed.file in there:
            codes = ", ".join(dict.fromkeys(link.requirement for link in filed.evidence.links))
            name = filed.evidence.title or filed.evidence.name
            words = _words()["evidence"].format(name=name, requirements=codes)
            rows.append(f"<li>{_link(filed.file, words)}{_spots(snapshot, filed.evidence)}</li>")
    if not rows:
        return f"<p>{html.escape(_words()['no_evidence'])}</p>"
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def _spots(snapshot: Snapshot, evidence: Evidence) -> str:
    """Return where in a file figures stand."""
    known, hamlets = snapshot.set.catalogue.elements, {one.id: one.name for one in snapshot.hamlets}
    lines = []
    for one in evidence.spots:
        label = known[one.key.element].label.vi if one.key.element in known else one.key.element
        hamlet = hamlets.get(one.key.subject, "")
        words = _words()["spot_of_hamlet" if hamlet else "spot"]
        lines.append(f"<br>{html.escape(words.format(figure=label, hamlet=hamlet, spot=one.spot))}")
    return f'<span class="quiet">{"".join(lines)}</span>' if lines else ""


def _link(name: str, words: str) -> str:
    return f'<a href="{html.escape(quote(name))}">{html.escape(words)}</a>'
