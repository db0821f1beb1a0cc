from __future__ import annotations

from sync.wake import doorbell, ring

NEVER = 3600.0


def test_ringing_where_nobody_listens_harms_nothing(tmp_path):
    ring(tmp_path)
    ring(tmp_path / "nowhere")
    with doorbell(tmp_path) as bell:
        for _ in range(5000):
            ring(tmp_path)
        bell.wait(NEVER)
        bell.wait(0.0)
    ring(tmp_path)


def test_a_bell_hangs_at_the_end_of_a_long_path(tmp_path):
    deep = tmp_path / ("x" * 100) / ("y" * 100)
    deep.mkdir(parents=True)
    with doorbell(deep) as bell:
        assert (deep / "postman.sock").stat().st_mode & 0o777 == 0o600
        ring(deep)
        bell.wait(NEVER)
