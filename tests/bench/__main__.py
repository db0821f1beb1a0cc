"""`python -m tests.bench [--quick] [NAME ...]`: run the benchmarks, all of them by default."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

from tests import bench


def main() -> None:
    names = sorted(
        each.name for each in pkgutil.iter_modules(bench.__path__) if not each.name.startswith("_")
    )
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("names", nargs="*", default=names, help=f"of {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="about a twentieth of the work")
    wanted = parser.parse_args()
    for name in wanted.names:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.bench.{name}").run(full=not wanted.quick)


if __name__ == "__main__":
    main()
