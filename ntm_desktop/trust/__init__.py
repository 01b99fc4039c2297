"""Keys, certificates and anchors: sign bytes, judge a signature. Several separate facts, never one boolean."""
