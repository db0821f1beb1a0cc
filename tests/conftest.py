"""What every test may lean on."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SLOW = {"actions", "central", "hardware", "health", "sync", "vision", "web"}
"""Folders whose tests open devices, start processes or read many pictures: `make check` leaves them out."""

_ASKED_FOR = {
    "hardware": "a real device: make test-hardware",
    "machine": "a systemd of its own: make test-units",
}
"""Markers of tests that need what most machines have not, or do not allow."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--hardware", metavar="TOML", help="run tests on the devices that this kiosk.toml names, too"
    )
    parser.addoption("--machine", action="store_true", help="start a systemd in namespaces, too; needs root")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for option, why in _ASKED_FOR.items():
            if not config.getoption(f"--{option}") and item.get_closest_marker(option):
                item.add_marker(pytest.mark.skip(why))
        if SLOW & set(item.path.relative_to(ROOT / "tests").parts):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of cases and models beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return folder
