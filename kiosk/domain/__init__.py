"""Pure: no files, clocks, sockets or random numbers."""
