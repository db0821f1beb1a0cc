"""The few words that the postman and central must spell alike (wire version 1)."""

from __future__ import annotations

JSON = "application/json"
PROBLEM = "application/problem+json"
"""Source: RFC 9457."""

TUS = "1.0.0"
TUS_HEADER = "Tus-Resumable"
OFFSET_STREAM = "application/offset+octet-stream"
"""Source: tus resumable upload protocol 1.0.0."""

OFFSET_DIFFERS = "offset-differs"
HASH_DIFFERS = "hash-differs"
PARTS_MISSING = "parts-missing"
UNKNOWN_UPLOAD = "unknown-upload"
UNKNOWN_DECLARATION = "unknown-declaration"
REVOKED = "revoked"
"""Problem codes on which the postman acts; all others put the declaration aside."""
