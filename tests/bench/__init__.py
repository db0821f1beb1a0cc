"""Figures, never verdicts: `make bench` prints each beside its baseline."""
