"""What is measured on a photograph: plain numbers with their units, for the domain to judge."""

from __future__ import annotations

Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]
