"""What a visitor does, one verb per file."""
