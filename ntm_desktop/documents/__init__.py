"""Snapshot to official papers as PDF, in the page layout of Nghi dinh 30/2020/ND-CP; draws, never signs."""
