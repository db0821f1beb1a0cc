"""schemathesis before a real central: what its document allows and what it forbids, signed by a station."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from sync.credentials import Credentials
from sync.manifest import Manifest
from tests.central.requests_signing import StationAuth

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")

_NOT_ASKED = {"positive_data_acceptance", "missing_required_header", "ignored_auth"}
"""No generator can sign a manifest, and the signature is checked in tests of its own."""

_REJECTED = {"negative_data_rejection": {"expected-statuses": ["4xx"]}}
"""tus wants a 412 and a 460 where others say 400."""


class Fuzzed:
    """A real central that describes itself, and a station that may ask it anything."""

    def __init__(self, url: str, credentials: Credentials, announced: Manifest) -> None:
        told = httpx.get(f"{url}/v1/openapi.json", trust_env=False).json()
        for operation in (each for methods in told["paths"].values() for each in methods.values()):
            del operation["security"]  # the signature comes last, and is not the fuzzer's to leave out
        config = schemathesis.Config.from_dict({"checks": _REJECTED})
        self.url, self.auth = url, StationAuth(credentials)
        self.schema = schemathesis.openapi.from_dict(told, config=config)
        self.there = {"uuid": announced.uuid, "digest": announced.parts[0].sha256}

    def operations(self, *, known: bool) -> Iterator[tuple[Any, dict[str, str] | None]]:
        """Every operation, with addresses behind which there is something."""
        for found in self.schema.get_all_operations():
            operation = found.ok()
            there = {name: value for name, value in self.there.items() if f"{{{name}}}" in operation.path}
            if there or not known:
                yield operation, there if known else None


def fuzz(fuzzed: Fuzzed, mode: GenerationMode, *, known: bool, examples: int) -> int:
    """Ask every operation so many times; return how many questions were asked.

    Errors: schemathesis' FailureGroup, with a command that asks the same again.
    """
    checks = [check for check in CHECKS.get_all() if check.__name__ not in _NOT_ASKED]
    asked = 0

    for operation, there in fuzzed.operations(known=known):

        @settings(
            max_examples=examples, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(operation.as_strategy(mode, path_parameters=there))
        def holds(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(base_url=fuzzed.url, auth=fuzzed.auth, checks=checks)

        with suppress(Unsatisfiable):  # what takes nothing cannot be asked wrongly
            holds()
    return asked
