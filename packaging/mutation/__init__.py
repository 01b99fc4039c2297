"""Small changes to the source that some test must notice."""
