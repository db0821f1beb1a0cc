"""Papers, desks and faces that never existed, drawn with their truth: for tests and benchmarks."""
