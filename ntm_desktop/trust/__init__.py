"""Keys, certificates, anchors: sign bytes, judge a signature; separate facts, never one boolean."""
