"""Bytes over a line: what is fetched, and later what is sent. What the bytes mean is the business of others."""
