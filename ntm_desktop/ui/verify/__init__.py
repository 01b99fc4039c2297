"""The window "Verify": a dossier file judged without any workspace; read-only from end to end."""
