"""The counter: what a visitor sees, and what becomes of it."""
