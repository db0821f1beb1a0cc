"""A bad line in user space, for kernels without netem: two TUN devices, and a process that carries packets.

Run as `python -m tests.bench._emulated NEAR FAR`, as root, between two network namespaces; stops at SIGTERM.
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import os
import select
import struct
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from random import Random

DELAY_SECONDS, LOSS, BITS_PER_SECOND = 0.15, 0.05, 2_000_000
QUEUE_SECONDS = 1.0
"""Each way. A packet that would wait longer for the line to be free is dropped, as a modem does."""

_TUN, _TUNSETIFF, _IFF_TUN_NO_PI, _CLONE_NEWNET = "/dev/net/tun", 0x400454CA, 0x1001, 0x40000000


@dataclass
class Way:
    """One direction: what enters here comes out at `out`, later, or never."""

    into: int
    out: int
    random: Random
    free_at: float = 0.0
    under_way: list[tuple[float, int, bytes]] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def enter(self) -> None:
        packet = os.read(self.into, 2048)
        now = time.monotonic()
        starts = max(now, self.free_at)
        if self.random.random() < LOSS or starts - now > QUEUE_SECONDS:
            return
        self.free_at = starts + len(packet) * 8 / BITS_PER_SECOND
        heapq.heappush(self.under_way, (self.free_at + DELAY_SECONDS, next(self.numbers), packet))

    def deliver(self) -> None:
        while self.under_way and self.under_way[0][0] <= time.monotonic():
            os.write(self.out, heapq.heappop(self.under_way)[2])

    def next_at(self) -> float:
        return self.under_way[0][0] if self.under_way else float("inf")


def device(namespace: str, address: str, peer: str) -> int:
    """Open a TUN device in a namespace; return its descriptor."""
    libc = ctypes.CDLL(None, use_errno=True)
    with open("/proc/self/ns/net") as home, open(f"/run/netns/{namespace}") as there:  # noqa: PTH123
        assert libc.setns(there.fileno(), _CLONE_NEWNET) == 0
        try:
            descriptor = os.open(_TUN, os.O_RDWR)
            fcntl.ioctl(descriptor, _TUNSETIFF, struct.pack("16sH", b"line", _IFF_TUN_NO_PI))
            for command in (f"address add {address} peer {peer} dev line", "link set line up mtu 1400"):
                subprocess.run(["ip", *command.split()], check=True)
        finally:
            assert libc.setns(home.fileno(), _CLONE_NEWNET) == 0
    return descriptor


def main() -> None:
    near, far = sys.argv[1:]
    ends = device(near, "10.99.0.1", "10.99.0.2"), device(far, "10.99.0.2", "10.99.0.1")
    ways = {ends[0]: Way(*ends, Random(1)), ends[1]: Way(*reversed(ends), Random(2))}
    print("up", flush=True)
    while True:
        wait = min(way.next_at() for way in ways.values()) - time.monotonic()
        ready, _, _ = select.select(list(ways), [], [], max(0.0, min(wait, 1.0)))
        for end in ready:
            ways[end].enter()
        for way in ways.values():
            way.deliver()


if __name__ == "__main__":
    main()
