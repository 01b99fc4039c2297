"""The SQLite file and the evidence store of one commune: schema, migrations, journal, undo. All SQL lives here."""
