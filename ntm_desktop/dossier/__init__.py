"""The dossier as one file: snapshot to signed container (ASiC-E), and back: read, verify, replay."""
