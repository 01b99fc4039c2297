"""Make resources/administrative-units.csv, the project's own dated table, from the current one.

    python packaging/build_units.py SOURCE.csv

SOURCE has the columns code, province_code, kind, name as of 30 April 2026. What was different before that day is said
here, with the resolutions that changed it; everything else holds since the reform of July 2025. `valid_to` is the
first day a row no longer holds; it is empty while it still does.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

TARGET = Path(__file__).resolve().parents[1] / "resources" / "administrative-units.csv"
COLUMNS = ("code", "name", "kind", "province", "valid_from", "valid_to", "decree")

REFORM, REFORM_DECREE = "2025-07-01", "19/2025/QĐ-TTg"
CITY, CITY_DECREE = "2026-04-30", "30/2026/QH16"
WARDS_DECREE = "237/NQ-UBTVQH16"
DONG_NAI = "75"
NEW_WARDS = frozenset(
    ("25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485")
)
"""The ten communes of Dong Nai that became wards; told by comparing the source data set before and after."""


def main(argv: list[str]) -> int:
    """Write the table from the one source named."""
    if len(argv) != 1:
        print(__doc__)
        return 2
    with Path(argv[0]).open(encoding="utf-8", newline="") as source:
        rows = [
            {key: normalize("NFC", value) for key, value in row.items()} for row in csv.DictReader(source)
        ]
    dated: list[tuple[str, ...]] = [
        tuple(dated_row) for row in rows for dated_row in history(row, provinces(rows))
    ]
    with TARGET.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        dated.sort(key=lambda row: (len(row[0]), row[0], row[4]))
        writer.writerows(dated)
    print(f"{len(dated)} rows for {len(rows)} units")
    return 0


def provinces(rows: list[dict[str, str]]) -> dict[str, str]:
    """Return the name of each province with its kind, by code."""
    return {row["code"]: f"{row['kind']} {row['name']}" for row in rows if not row["province_code"]}


def history(row: dict[str, str], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Give the rows of one unit, the oldest first."""
    code, name, kind, above = row["code"], row["name"], row["kind"], row["province_code"]
    province = names.get(above, "")
    if DONG_NAI not in (code, above):
        yield code, name, kind, province, REFORM, "", REFORM_DECREE
        return
    if code == DONG_NAI:
        yield code, name, "Tỉnh", "", REFORM, CITY, REFORM_DECREE
        yield code, name, kind, "", CITY, "", CITY_DECREE
        return
    was = "Xã" if code in NEW_WARDS else kind
    yield code, name, was, f"Tỉnh {names[DONG_NAI].split(' ', 2)[2]}", REFORM, CITY, REFORM_DECREE
    yield code, name, kind, province, CITY, "", WARDS_DECREE if code in NEW_WARDS else CITY_DECREE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
