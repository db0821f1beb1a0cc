"""`python -m sync.central`: the same as `central`."""

from sync.central.cli import main

main()
