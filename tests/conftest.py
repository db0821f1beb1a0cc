"""What every test may lean on."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SLOW = {"actions", "central", "hardware", "health", "sync", "vision", "web"}
"""Folders whose tests open devices, start processes or read many pictures: `make check` leaves them out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--hardware", metavar="TOML", help="run tests on the devices that this kiosk.toml names, too"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = config.getoption("--hardware") is not None
    for item in items:
        if not asked and item.get_closest_marker("hardware"):
            item.add_marker(pytest.mark.skip("a real device: make test-hardware"))
        if SLOW & set(item.path.relative_to(ROOT / "tests").parts):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases and models beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return folder
