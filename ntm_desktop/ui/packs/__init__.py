"""The screen of criterion packs: what is here, what a newer version would change, taking packs in."""
