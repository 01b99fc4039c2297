"""The sheets that say what must hold: criteria, indicators, requirements, thresholds, evidence, bands, migrations."""

from __future__ import annotations

from typing import Final

from ntm_desktop.criteria.check import SHORT_NAME
from ntm_desktop.criteria.language.errors import RuleError
from ntm_desktop.criteria.language.parse import parse
from ntm_desktop.criteria.model import RequirementKind
from ntm_desktop.packs.files import Json
from ntm_desktop.packs.shape import closest
from ntm_desktop.packs.workbook.columns import CellType
from ntm_desktop.packs.workbook.draft import Draft, growing, items, matching, objects, rows_with
from ntm_desktop.packs.workbook.objects import headings_of, put, text_of
from ntm_desktop.packs.workbook.table import Row, Tables
from ntm_desktop.packs.workbook.values import value_of

CHILD_RANK: Final = 1
"""Rank of a child set's thresholds where the row does not say."""
_SHORTHAND: Final = {"": "threshold", "value": "threshold", "basis": "basis", "document": "document"}
"""Where the keys of a threshold stand that is written in the requirement's own row."""


def read_parts(draft: Draft, tables: Tables) -> None:
    """Read the sheets from the whole to its parts."""
    for name, read in (("criteria", _criterion), ("indicators", _indicator), ("requirements", _requirement)):
        for row, code in rows_with(draft, tables[name], "code"):
            if draft.first_time(row, code, "code"):
                read(draft, code, row)
    for row in tables["thresholds"]:
        requirement = draft.requirement(row)
        if requirement is not None:
            _threshold(draft, requirement, draft.lay({}, row))
    for row in tables["evidence"]:
        _evidence(draft, row)
    for name in ("bands", "migrations"):
        if tables[name]:
            draft.head[name] = [draft.lay({}, row) for row in tables[name]]


def _criterion(draft: Draft, code: str, row: Row) -> None:
    data = draft.criteria.setdefault(code, {"indicators": []})
    draft.lay(data, row)
    _short_name(data)


def _indicator(draft: Draft, code: str, row: Row) -> None:
    data = _under(draft, row, code, "criterion", draft.criteria, draft.indicators)
    if data is None:
        return
    draft.lay(data, row)
    _short_name(data)
    data.setdefault("requirements", [])
    text = text_of(row, "guidance", draft.ledger)
    if text is not None:
        # Said once for all requirements of the indicator; one that says more itself keeps its own.
        draft.guidance[code] = text
        for requirement in items(data, "requirements"):
            _share(requirement, text)


def _share(requirement: Json, guidance: object) -> None:
    if "must" not in objects(requirement, "guidance"):
        put(requirement, "guidance.must", guidance)


def _short_name(data: Json) -> None:
    """Let a name that fits into the tree be its own short one."""
    name = data.get("name")
    texts = name.values() if isinstance(name, dict) else [name]
    if "short_name" not in data and name and all(len(str(text)) <= SHORT_NAME for text in texts):
        data["short_name"] = name


def _under(
    draft: Draft, row: Row, code: str, heading: str, above: dict[str, Json], known: dict[str, Json]
) -> Json | None:
    """Return the object of a code, a new one hung under the part that the row names."""
    wanted = row.text(heading)
    if code in known:
        if wanted and wanted != draft.above.get(code):
            draft.ledger.note(row.spot(heading), "inherited_differs", wanted, draft.above.get(code, ""))
        return known[code]
    if wanted not in above:
        problem = "unknown_requirement_code" if wanted else "empty_cell"
        draft.ledger.note(
            row.spot(heading), problem, wanted or heading, closest(wanted, above) if wanted else ""
        )
        return None
    data: Json = {}
    growing(above[wanted], "indicators" if heading == "criterion" else "requirements").append(data)
    draft.above[code] = wanted
    known[code] = data
    return data


# -------------------------------------------------------------------- requirements


def _requirement(draft: Draft, code: str, row: Row) -> None:
    data = _condition(draft, code, row) if row.text("stage") else None
    if data is None:
        if row.text("stage"):
            return
        data = _under(draft, row, code, "indicator", draft.indicators, draft.requirements)
    if data is None:
        return
    shared = draft.guidance.get(draft.above.get(code, ""))
    if shared is not None:
        _share(data, shared)
    draft.lay(data, row)
    headings = headings_of("requirements")
    draft.origins.remember(
        data, row, {**headings, "measure": _measure(draft, data, row), "thresholds": "threshold"}
    )
    if isinstance(data.get("guidance"), dict):
        draft.origins.remember(
            data["guidance"],
            row,
            {
                key.removeprefix("guidance."): name
                for key, name in headings.items()
                if key.startswith("guidance.")
            },
        )
    if "threshold" in row.cells:
        spot = row.spot("threshold")
        value = value_of(row.cells["threshold"], CellType.RULE, spot, draft.ledger)
        if value is not None:
            threshold = {key: data[key] for key in ("basis", "document") if key in data} | {"value": value}
            threshold.setdefault("basis", "missing")
            draft.origins.remember(threshold, row, _SHORTHAND)
            _threshold(draft, data, threshold)


def _condition(draft: Draft, code: str, row: Row) -> Json | None:
    """Return the requirement of a condition of the set, hung under the set itself."""
    stage = row.text("stage")
    if row.text("indicator"):
        draft.ledger.note(row.spot("indicator"), "stage_or_indicator", row.text("indicator"))
        return None
    if code in draft.requirements:
        return draft.requirements[code]
    data: Json = {}
    condition: Json = {"stage": stage, "requirement": data}
    draft.origins.remember(condition, row, {"": "stage", "stage": "stage"})
    growing(draft.head, "conditions").append(condition)
    draft.requirements[code] = data
    return data


def _measure(draft: Draft, data: Json, row: Row) -> str:
    """Read the rule from the column that is for its kind; return its heading."""
    right, wrong = "measure", "pass"
    if data.get("kind") == RequirementKind.YES_NO:
        right, wrong = wrong, right
    if wrong in row.cells:
        draft.ledger.note(row.spot(wrong), "other_column", row.text(wrong), right)
    if right in row.cells:
        value = value_of(row.cells[right], CellType.RULE, row.spot(right), draft.ledger)
        if value is not None:
            data["measure"] = value
    return right


def _threshold(draft: Draft, requirement: Json, threshold: Json) -> None:
    """Add a threshold; in a child set one that the parent already has stays what it is."""
    thresholds = growing(requirement, "thresholds")
    if draft.inherits:
        threshold.setdefault("rank", CHILD_RANK)
        if any(_meaning(each) == _meaning(threshold) for each in items(requirement, "thresholds")):
            return
    thresholds.append(threshold)


def _meaning(threshold: Json) -> Json:
    """Return a threshold so that 0.3 and 30%, rank 0 and none are the same."""
    return {"rank": 0} | {
        key: _tree(piece) if key in {"value", "when"} else piece for key, piece in threshold.items()
    }


def _tree(rule: object) -> object:
    try:
        return parse(str(rule))
    except RuleError:  # Told where the rules are read.
        return rule


def _evidence(draft: Draft, row: Row) -> None:
    requirement = draft.requirement(row)
    if requirement is None:
        return
    code = row.text("code")
    inherited = matching(requirement, "evidence", code=code) if draft.inherits else None
    if inherited is not None and not draft.first_time(row, f"{row.text('requirement')} {code}", "code"):
        return
    data: Json = {} if inherited is None else inherited
    if inherited is None:
        growing(requirement, "evidence").append(data)
    draft.lay(data, row)
