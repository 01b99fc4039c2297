"""The overview: all dossiers with their progress, what to do next, what the years brought."""
