"""The page "Ra soat": every problem of the dossier, soft and blocking apart."""
