"""Signed documents: JSON with one spelling only, and a signature that says what it is for."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Payload = dict[str, Any]

MAX_DOCUMENT_BYTES = 64 * 1024
"""Source: the largest manifest allowed, 32 parts with the longest names, is 7 kB."""

_LARGEST_INTEGER = 2**53 - 1  # every JSON reader agrees on integers up to here (RFC 8259, section 6)
_MEMBERS = {"payload", "key_id", "signature"}


class BadDocument(ValueError):
    """Not a document of ours; the message never repeats the input."""


class BadSignature(BadDocument):
    """A document of ours, but not signed by this key for this purpose."""


class Context(StrEnum):
    """What a signature is for. It is signed too, so that no document passes for another kind."""

    MANIFEST = "bhxh-station/manifest/1"
    ACKNOWLEDGEMENT = "bhxh-station/acknowledgement/1"
    KEY_SET = "bhxh-station/key-set/1"
    TIME = "bhxh-station/time/1"
    EVENT = "bhxh-station/event/1"
    BUNDLE = "bhxh-station/bundle/1"
    RETURN = "bhxh-station/return/1"
    NOTICE = "bhxh-station/notice/1"


@dataclass(frozen=True, slots=True)
class Unverified:
    """A document taken apart and not yet believed: good for finding out whose key should open it."""

    payload: Payload
    key_id: str
    signature: bytes


def sign_document(payload: Payload, key: Ed25519PrivateKey, context: Context) -> bytes:
    """Sign a payload. The same payload and key give the same bytes, always.

    Errors: BadDocument, if the payload holds anything but text, integers, booleans, null, lists and objects.
    """
    signature = key.sign(_signed_bytes(payload, context))
    return canonical(
        {"payload": payload, "key_id": key_id(key.public_key()), "signature": to_base64(signature)}
    )


def open_document(data: bytes, key: Ed25519PublicKey, context: Context) -> Payload:
    """Return the payload of a document signed by this key for this purpose.

    Errors: BadDocument; BadSignature.
    """
    document = take_apart(data)
    try:
        key.verify(document.signature, _signed_bytes(document.payload, context))
    except InvalidSignature as why:
        raise BadSignature(f"{context}: the signature is not by key {key_id(key)}") from why
    return document.payload


def take_apart(data: bytes) -> Unverified:
    """Read a document without believing it.

    Errors: BadDocument, also for any spelling but the canonical one: the bytes are what gets hashed.
    """
    document = read_canonical(data)
    if not isinstance(document, dict) or document.keys() != _MEMBERS:
        raise BadDocument("not a signed document")
    payload, key_name, signature = document["payload"], document["key_id"], document["signature"]
    if not (isinstance(payload, dict) and isinstance(key_name, str) and isinstance(signature, str)):
        raise BadDocument("not a signed document")
    return Unverified(payload, key_name, from_base64(signature))


def canonical(value: Any) -> bytes:
    """Write JSON in its only spelling: sorted keys, no spaces, UTF-8, no fractions.

    Errors: BadDocument.
    """
    _must_be_plain(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as why:
        raise BadDocument("half a character") from why


def read_canonical(data: bytes) -> Any:
    """Read JSON that `canonical` could have written.

    Errors: BadDocument for too much, too deep, or another spelling (which also refuses doubled keys).
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise BadDocument(f"{len(data)} bytes")
    try:
        value = json.loads(data)
        written = canonical(value)
    except (ValueError, RecursionError) as why:
        raise BadDocument("not canonical JSON") from why
    if written != data:
        raise BadDocument("not canonical JSON")
    return value


def key_id(key: Ed25519PublicKey) -> str:
    """Name a key by its fingerprint. Shape: 16 characters of base64url."""
    return to_base64(sha256(key.public_bytes_raw()).digest())[:16]


def public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from base64url.

    Errors: BadDocument.
    """
    try:
        return Ed25519PublicKey.from_public_bytes(from_base64(text))
    except ValueError as why:
        raise BadDocument("not a public key") from why


def public_text(key: Ed25519PublicKey) -> str:
    """Write a public key as base64url."""
    return to_base64(key.public_bytes_raw())


def to_base64(data: bytes) -> str:
    """Write bytes as base64url without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_base64(text: str) -> bytes:
    """Read base64url without padding, in its only spelling.

    Errors: BadDocument.
    """
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as why:
        raise BadDocument("not base64url") from why
    if to_base64(data) != text:
        raise BadDocument("not base64url")
    return data


def _signed_bytes(payload: Payload, context: Context) -> bytes:
    return f"{context}\n".encode() + canonical(payload)


def _must_be_plain(value: Any) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if type(value) is int and abs(value) <= _LARGEST_INTEGER:
        return
    if type(value) is list:
        for each in value:
            _must_be_plain(each)
        return
    if type(value) is not dict or not all(isinstance(name, str) for name in value):
        raise BadDocument(f"{type(value).__name__} has no canonical spelling")
    for each in value.values():
        _must_be_plain(each)
