from __future__ import annotations

import sqlite3

from ntm_desktop.workspace import review_schema, schema


def test_what_is_stamped_is_what_the_constants_say():
    with sqlite3.connect(":memory:") as connection:
        review_schema.lay(connection)
        assert schema.version_of(connection) == review_schema.CURRENT
        assert schema.application_of(connection) == review_schema.APPLICATION_ID
    assert review_schema.APPLICATION_ID != schema.APPLICATION_ID


def test_every_table_holds_its_types():
    with sqlite3.connect(":memory:") as connection:
        review_schema.lay(connection)
        rows = connection.execute("SELECT name, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite%'")
        assert all(strict for _name, strict in rows)
