"""The long fault runs: what is too slow for every run of the tests."""
