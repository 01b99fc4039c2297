"""What the forms of a set's papers may name: places in texts, ready blocks, figures; everything else is refused.

A text is filled by name only: nothing in it is ever evaluated, and braces around anything but a name are plain letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ntm_desktop.criteria.model import PaperForm, PaperPart
from ntm_desktop.facts.catalogue import Catalogue, SubjectKind

PLACES: Final = frozenset(
    {
        "body",
        "commune",
        "criteria_met",
        "criteria_total",
        "date",
        "evidence",
        "gap",
        "hamlet_label",
        "hamlets",
        "indicators_met",
        "indicators_not_applicable",
        "indicators_not_met",
        "indicators_total",
        "indicators_undetermined",
        "last_year",
        "place",
        "province",
        "set",
        "year",
    }
)
"""Names that may stand in braces in a text of a form."""
BLOCKS: Final = frozenset(
    {
        "conditions",
        "criteria",
        "declared",
        "evidence",
        "general",
        "half_year",
        "indicators",
        "kept",
        "legal_basis",
        "reviewed",
        "unmet",
    }
)
"""Ready tables and passages."""
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SECTION: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class PaperMisfit(NamedTuple):
    """What is wrong with a form, and where in it."""

    place: str
    code: str
    found: str


def fill(text: str, places: Mapping[str, str]) -> str:
    """Return a text with its places filled. Raises KeyError for a place there is none of."""
    return _PLACE.sub(lambda found: places[found[1]], text)


def misfits(forms: tuple[PaperForm, ...], catalogue: Catalogue) -> Iterator[PaperMisfit]:
    """Yield everything the forms name that there is not."""
    counts = Counter(form.id for form in forms)
    for number, form in enumerate(forms):
        here = f"papers[{number}]"
        if not _ID.fullmatch(form.id):
            yield PaperMisfit(f"{here}.id", "wrong_name", form.id)
        if counts[form.id] > 1:
            yield PaperMisfit(f"{here}.id", "duplicate", form.id)
        texts = {"abstract": form.abstract, "addressed": form.addressed}
        texts |= {f"recipients[{place}]": text for place, text in enumerate(form.recipients)}
        for key, text in texts.items():
            yield from _of_text(f"{here}.{key}", text)
        for place, part in enumerate(form.parts):
            yield from _of_part(f"{here}.parts[{place}]", part, catalogue)


def _of_part(here: str, part: PaperPart, catalogue: Catalogue) -> Iterator[PaperMisfit]:
    texts = {"heading": part.heading, "text": part.text}
    texts |= {f"columns[{place}]": text for place, text in enumerate(part.columns)}
    texts |= {f"rows[{place}]": text for place, text in enumerate(part.rows)}
    for key, text in texts.items():
        yield from _of_text(f"{here}.{key}", text)
    if part.block and part.block not in BLOCKS:
        yield PaperMisfit(f"{here}.block", "unknown_block", part.block)
    if part.section and not _SECTION.fullmatch(part.section):
        yield PaperMisfit(f"{here}.section", "wrong_name", part.section)
    if (part.columns or part.rows) and not (part.section and part.columns):
        yield PaperMisfit(f"{here}.columns", "table_without_section", part.section)
    for place, name in enumerate(part.figures):
        element = catalogue.elements.get(name)
        if element is None or element.personal or element.subject is not SubjectKind.COMMUNE:
            yield PaperMisfit(f"{here}.figures[{place}]", "unknown_figure", name)


def _of_text(here: str, text: str) -> Iterator[PaperMisfit]:
    for name in _PLACE.findall(text):
        if name not in PLACES:
            yield PaperMisfit(here, "unknown_place", name)
