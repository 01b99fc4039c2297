"""The parts of `packaging/dev.py`: standard library only, one module per job."""
