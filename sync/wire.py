"""The few words that the postman and central must spell alike (wire version 1)."""

from __future__ import annotations

JSON = "application/json"
PROBLEM = "application/problem+json"
"""Source: RFC 9457."""

BYTES = "application/octet-stream"
LINES = "application/jsonl"
"""What goes to `POST /v1/returns`, a bundle without parts, and what comes back."""

TUS = "1.0.0"
TUS_HEADER = "Tus-Resumable"
OFFSET_STREAM = "application/offset+octet-stream"
"""Source: tus resumable upload protocol 1.0.0."""

RELAY_PREFIX = "/relay/1"
"""Where a relay on the LAN takes what stations hand over; central has no such address."""

MAX_BATCH = 50
"""Manifests in one question. Source: design.md, section 5."""

MAX_QUESTION_BYTES = 512 * 1024
"""Of everything but parts. Source: fifty manifests of 7 kB, the largest allowed, are 350 kB."""

OFFSET_DIFFERS = "offset-differs"
HASH_DIFFERS = "hash-differs"
PARTS_MISSING = "parts-missing"
UNKNOWN_UPLOAD = "unknown-upload"
UNKNOWN_DECLARATION = "unknown-declaration"
NOT_ENROLLED = "not-enrolled"
REVOKED = "revoked"
WITHDRAWN = "withdrawn"
DECIDED = "decided"
WRONG_CLOCK = "wrong-clock"
"""Problem codes on which the postman acts; all others put the declaration aside."""
