"""A built pack file: canonical JSON to criterion set and back.

One JSON object in UTF-8, NFC, keys sorted, no spaces. It mirrors `criteria.model` and `facts.catalogue` name by
name:

* An object of the model is a JSON object whose keys are the field names (`code`, `name`, `short_name`,
  `indicators`, ...). A field that has its default value may be left out, and `dump` leaves it out.
* `Text` is a text when it is Vietnamese only, else `{"vi": "...", "en": "..."}`.
* Numbers of the model that are fractions are texts: `"58"`, `"3/10"`. Whole numbers (years, ranks) are JSON
  integers. There are no floating-point numbers anywhere.
* Dates are `"2022-03-08"`; enumerations are their values (`"at_least"`, `">="`, `"reported"`, `"numerator"`).
* A rule (`measure`, `relevant`, `when`, a threshold's `value`, `whole.rule`, `checks[].rule`) is the syntax tree
  of `language.nodes` as nested lists: `["ratio", ["fact", "a"], ["fact", "b"]]`. (Pack sources hold the rule's
  text there.)
* Mappings keep their keys: `documents`, `catalogue.elements`, `catalogue.registers` and `catalogue.profile` are
  objects from id or name to the rest of the object, which does not repeat its own `id` or `name`.

Top level: `format` (1), then the fields of `CriterionSet` but for `sha256`, which is of the file's bytes:

    {"format": 1, "id": "...", "version": "1.0.0", "title": "...", "short_title": "...", "level": "ntm",
     "rule_language": 1, "valid_from": 2021, "valid_to": 2025, "complete": true, "whole": {"kind": "all"},
     "documents": {"qd-318": {"number": "318", "title": "...", "dated": "2022-03-08", "issuer": "..."}},
     "catalogue": {"id": "...", "version": "...",
                   "elements": {"so_ho": {"label": "...", "type": "integer", "unit": "..."}},
                   "registers": {"ocop": {"label": "...", "columns": ["ocop_ten"]}},
                   "profile": {"vung": {"label": "...", "choices": [{"code": "dbsh", "label": "..."}]}}},
     "criteria": [
       {"code": "8", "name": "...", "short_name": "...", "group": "...", "name_basis": "reported", "indicators": [
         {"code": "8.4", "name": "...", "short_name": "...", "tags": ["chuyen_doi_so"], "requirements": [
           {"code": "8.4.d", "label": "...", "kind": "ratio", "measure": ["ratio", ["fact", "a"], ["fact", "b"]],
            "operator": ">", "basis": "reported", "lever": "both",
            "thresholds": [{"value": ["number", "3/10"], "basis": "reported"}],
            "fields": [{"element": "a", "label": "..."}],
            "tables": [{"register": "ocop", "columns": [{"element": "...", "label": "..."}]}],
            "evidence": [{"code": "bao_cao", "label": "..."}],
            "guidance": {"must": "...", "how": "..."}}]}]}],
     "conditions": [{"stage": "precondition", "requirement": {...}}],
     "examples": [{"name": "...", "year": 2023, "facts": {"a": "2.382"}, "expected": {"8.4.d": "MET"}}],
     "papers": [{"id": "to_trinh", "title": "...", "kind": "...", "abstract": "...", "symbol": "TTr-UBND",
                 "parts": [{"block": "legal_basis"}, {"heading": "...", "text": "... {commune} ..."},
                           {"section": "proposals"}, {"section": "debts", "columns": ["...", "..."]}]}],
     "tags": {"chuyen_doi_so": "..."}, "references": [], "legal_basis": ["qd-318"]}
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Final, cast

from ntm_desktop.criteria.codec import UnfitError, read, write
from ntm_desktop.criteria.language.versions import require_known
from ntm_desktop.criteria.model import CriterionSet
from ntm_desktop.criteria.papers import misfits
from ntm_desktop.errors import Untrusted

FORMAT: Final = 1
MAX_BYTES: Final = 8 * 1024 * 1024


@dataclass(eq=False)
class PackUnreadable(Untrusted):
    """Say that a pack file is not one: wrong JSON, an unknown key, a wrong type, a wrong rule."""

    place: str
    """Path of the wrong piece: `criteria[7].indicators[3].code`; empty: the file itself."""
    problem: str
    """Stable code: `not_json`, `too_large`, `unknown_key`, `missing_key`, `wrong_type`, `duplicate`, ..."""
    found: str = ""

    code: ClassVar[str] = "pack_unreadable"
    what: ClassVar[str] = "The criterion pack cannot be read at {place}: {problem} {found}"
    safe: ClassVar[str] = "The pack was not taken in; nothing was changed."
    next_step: ClassVar[str] = "Get the pack again from its publisher."


def load(content: bytes) -> CriterionSet:
    """Read a built pack file.

    Raises:
        PackUnreadable: The content is not a pack of format 1.
        UnknownRuleLanguage: The pack's rules are in a language this program does not know.
    """
    data = json_of(content)
    if data.pop("format", None) != FORMAT:
        raise PackUnreadable("format", "unknown_format")
    if "sha256" in data:
        raise PackUnreadable("sha256", "unknown_key", "sha256")
    version = data.get("rule_language")
    if isinstance(version, int) and not isinstance(version, bool):
        require_known(version)
    try:
        pack = cast("CriterionSet", read(CriterionSet, data))
    except UnfitError as unfit:
        raise PackUnreadable(unfit.place, unfit.problem, unfit.found) from None
    _refuse_misfits(pack)
    return dataclasses.replace(pack, sha256=hashlib.sha256(content).hexdigest())


def dump(pack: CriterionSet) -> bytes:
    """Return the bytes of the pack file; the same set always gives the same bytes."""
    data = cast("dict[str, object]", write(CriterionSet, dataclasses.replace(pack, sha256="")))
    data["format"] = FORMAT
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def json_of(content: bytes) -> dict[str, object]:
    """Return the object in a built file, read strictly. Raises PackUnreadable."""
    if len(content) > MAX_BYTES:
        raise PackUnreadable("", "too_large", str(len(content)))
    try:
        text = content.decode()
        data = json.loads(text, object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float)
    except RecursionError:
        raise PackUnreadable("", "too_deep") from None
    except ValueError as error:  # also wrong UTF-8, and integers of thousands of digits
        raise PackUnreadable("", "not_json", str(error)[:80]) from None
    if not unicodedata.is_normalized("NFC", text):
        raise PackUnreadable("", "not_nfc")
    if not isinstance(data, dict):
        raise PackUnreadable("", "wrong_type")
    return data


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise ValueError(pairs[0][0])
    return data


def _no_float(text: str) -> object:
    raise ValueError(text[:20])


def _refuse_misfits(pack: CriterionSet) -> None:
    requirements = (*pack.requirements(), *(condition.requirement for condition in pack.conditions))
    for place, codes in (
        ("criteria", [criterion.code for criterion in pack.criteria]),
        ("indicators", [indicator.code for indicator in pack.indicators()]),
        ("requirements", [requirement.code for requirement in requirements]),
        ("examples", [example.name for example in pack.examples]),
    ):
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                raise PackUnreadable(place, "duplicate", code)
            seen.add(code)
    for misfit in misfits(pack.papers, pack.catalogue):
        raise PackUnreadable(misfit.place, misfit.code, misfit.found)
