"""Whole visits in a real browser, against real processes."""
