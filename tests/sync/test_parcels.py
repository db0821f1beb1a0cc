import os
import resource
import subprocess
import sys

import pytest

from sync.manifest import Part
from sync.parcels import DamagedPart, Parcels
from tests.sync.samples import a_manifest


@pytest.fixture
def parcels(tmp_path):
    parcels = Parcels(tmp_path)
    parcels.prepare()
    return parcels


def test_a_part_is_read_as_it_was_written_and_only_its_owner_reads_it(parcels):
    content = os.urandom(5000)
    part = parcels.write_part("portrait.jpg", content)
    assert part.size == 5000
    assert parcels.read_part(part) == content
    assert parcels.part_path(part.sha256).stat().st_mode & 0o777 == 0o600


def test_a_changed_or_missing_part_is_noticed(parcels):
    part = parcels.write_part("portrait.jpg", b"as it was")
    parcels.part_path(part.sha256).write_bytes(b"as it is not")
    with pytest.raises(DamagedPart, match="changed"):
        parcels.read_part(part)
    with pytest.raises(DamagedPart, match="missing"):
        parcels.read_part(Part("portrait.jpg", "ab" * 32, 1))


def test_removing_takes_the_parts_and_leaves_the_manifest(parcels):
    parts = (parcels.write_part("a.jpg", b"1"), parcels.write_part("b.jpg", b"2"))
    kept = parcels.write_part("c.jpg", b"3")
    manifest = a_manifest(parts=parts)
    parcels.write_manifest(manifest.uuid, b"{}")
    parcels.remove(manifest)
    parcels.remove(manifest)
    assert [path.name for path in parcels.parts()] == [kept.sha256]
    assert [path.stem for path in parcels.manifests()] == [manifest.uuid]


def test_the_sweep_sees_what_a_power_cut_left(parcels):
    (parcels.root / "parts" / ".abc.part").write_bytes(b"half")
    assert list(parcels.parts()) == []
    assert [path.name for path in parcels.half_written()] == [".abc.part"]


@pytest.mark.fault
def test_a_full_disk_leaves_no_half_part(tmp_path):
    program = (
        "import sys; from pathlib import Path; from sync.parcels import Parcels\n"
        "parcels = Parcels(Path(sys.argv[1])); parcels.prepare()\n"
        "try: parcels.write_part('a.jpg', bytes(100_000))\n"
        "except OSError: sys.exit(7)\n"
    )
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))  # noqa: E731
    ended = subprocess.run([sys.executable, "-c", program, tmp_path], preexec_fn=limit, check=False)
    assert ended.returncode == 7
    assert list((tmp_path / "parts").iterdir()) == []
