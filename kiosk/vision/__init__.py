"""Pixels in, measurements and text out. No Flask, no database."""
