"""The syntax tree of a rule, in the form packs store it: nested JSON lists `[operation, argument, ...]`.

A node is a tuple whose first item names the operation; arguments are nodes, texts or whole numbers:

    ("number", "3/10")  ("text", "dong_bang")  ("yes",)  ("no",)  ("date", "2024-12-31")
    ("fact", "so_ho")  ("profile", "vung")  ("today",)  ("year",)          ${_ngay_danh_gia}, ${_nam}
    ("+", a, b) ("-", a, b) ("*", a, b) ("/", a, b) ("neg", a)
    ("=", a, b) ("!=", a, b) ("<", a, b) ("<=", a, b) (">", a, b) (">=", a, b)
    ("and", a, b, ...) ("or", a, b, ...) ("not", a) ("if", condition, then, else)
    ("coalesce", a, ...) ("min", a, ...) ("max", a, ...) ("round", a, digits) ("ratio", a, b) ("known", a)
    ("count", table, predicate) ("sum", table, amount) ("all", table, predicate) ("any", table, predicate)
    ("add_months", day, months) ("max_in_days", table, day, days)
    ("previous", a, years) ("years", fold, a, first, last)      fold: sum, min, max, all, any
    ("threshold", set id, requirement code, year)

`table` is `hamlets` or the name of a register.
"""

from __future__ import annotations

Node = tuple["str | int | Node", ...]
