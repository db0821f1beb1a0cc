"""Twins: the real drivers over a make-believe wire. Shipped; kiosk.toml chooses."""
