"""The page of a returned dossier at the commune: its slip, the remarks, the answers."""
