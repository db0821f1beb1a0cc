"""Central: is there a way, is it really central, and does it know this station?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from kiosk.config import Config
from kiosk.domain.troubles import in_words
from kiosk.health.finding import Finding, Health, Part
from sync.credentials import Credentials
from sync.faults import Refused, Unreachable
from sync.keyfiles import BadKeyFile
from sync.keys import KeysMissing, load_keys
from sync.line import BadAddress, open_line


def examine_central(config: Config, now: Callable[[], datetime]) -> Finding:
    """Ask central a signed question: name, line, certificate, its signature and ours are then all right."""
    try:
        keys = load_keys(config.station.data_dir / "keys")
        credentials = Credentials(keys.device, keys.central, now)
        with closing(open_line(config.central.url, config.central.timeout_seconds, credentials)) as line:
            line.ask("GET", "/v1/events?after=0", expect={200})
    except (KeysMissing, BadKeyFile):
        return Finding(Part.CENTRAL, Health.WATCH, "Chưa hỏi được máy chủ vì máy chưa có khoá.")
    except BadAddress:
        return Finding(
            Part.CENTRAL,
            Health.BAD,
            "Địa chỉ máy chủ trong kiosk.toml không đúng.",
            "Xin sửa [central] url.",
        )
    except Unreachable as why:
        return Finding(
            Part.CENTRAL, Health.WATCH, in_words(why.fault), "Vẫn nhận khách, tờ khai chờ ở máy này."
        )
    except Refused as why:
        return Finding(  # no declaration was asked about, of which the words for central's codes speak
            Part.CENTRAL,
            Health.WATCH,
            "Máy chủ không nhận câu hỏi của máy này (%(code)s).",
            "Xin xem [central] url trong kiosk.toml, hoặc báo quản trị.",
            {"code": why.code},
        )
    return Finding(Part.CENTRAL, Health.GOOD, "Máy chủ trả lời và nhận ra máy này.")
