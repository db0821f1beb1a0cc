"""JSON schemas of our own types, read from their fields."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from sync.central.spoken import Signed

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    object: {},
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": -(2**53) + 1, "maximum": 2**53 - 1},
    type(None): {"type": "null"},
    Ed25519PublicKey: {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"},
}


class Schemas:
    """Collects the schemas of all types that are mentioned; `named` are they."""

    def __init__(self) -> None:
        self.named: dict[str, Schema] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type, a reference where it has a name.

        Errors: TypeError for a type that no JSON stands for.
        """
        if isinstance(kind, Signed):
            return self._signed(kind.payload)
        if kind in _PLAIN:
            return dict(_PLAIN[kind])
        if is_dataclass(kind) and isinstance(kind, type):
            return self._reference(kind.__name__, lambda: self._of_dataclass(kind))
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"type": "string", "enum": [str(each) for each in kind]}
        return self._of_generic(kind)

    def _of_generic(self, kind: Any) -> Schema:
        origin, arguments = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return {"anyOf": [self.of(each) for each in arguments]}
        if origin in (tuple, list, Sequence):
            return {"type": "array", "items": self.of(arguments[0])}
        if kind is dict or origin is dict:
            return {"type": "object"}
        raise TypeError(f"no schema for {kind}")

    def _of_dataclass(self, kind: type) -> Schema:
        hints = get_type_hints(kind)
        described = [field for field in fields(kind) if field.init]
        required = [f.name for f in described if f.default is MISSING and f.default_factory is MISSING]
        schema: Schema = {"type": "object", "additionalProperties": False, "required": required}
        schema["description"] = (kind.__doc__ or "").split("\n")[0]
        schema["properties"] = {field.name: self.of(hints[field.name]) for field in described}
        return schema

    def _signed(self, payload: type) -> Schema:
        def document() -> Schema:
            text = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"}
            members = {"payload": self.of(payload), "key_id": text, "signature": text}
            return {
                "type": "object",
                "additionalProperties": False,
                "required": list(members),
                "description": f"{payload.__name__}, signed with Ed25519, in canonical JSON.",
                "properties": members,
            }

        return self._reference(f"Signed{payload.__name__}", document)

    def _reference(self, name: str, make: Any) -> Schema:
        if name not in self.named:
            self.named[name] = {}  # a type may mention itself
            self.named[name] = make()
        return {"$ref": f"#/components/schemas/{name}"}
