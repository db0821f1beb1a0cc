"""What the station keeps: is the database whole, are the keys there?"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from kiosk.health.finding import Finding, Health, Part
from kiosk.store.database import quick_check
from sync.hostkey import NAME, sealed_path
from sync.keyfiles import BadKeyFile
from sync.keys import KeysMissing, load_keys


def examine_database(data_dir: Path) -> Finding:
    """Have SQLite look through the whole file."""
    path = data_dir / "station.db"
    if not path.exists():
        return Finding(Part.DATABASE, Health.WATCH, "Chưa có cơ sở dữ liệu.", "Lần chạy đầu tiên sẽ tạo ra.")
    try:
        wrong = quick_check(path)
    except sqlite3.OperationalError:
        return Finding(
            Part.DATABASE,
            Health.WATCH,
            "Chưa xem được cơ sở dữ liệu.",
            "Xin đợi một lát rồi xem lại; nếu vẫn vậy, xin báo quản trị.",
        )
    if wrong is None:
        return Finding(Part.DATABASE, Health.GOOD, "Nguyên vẹn.")
    return Finding(
        Part.DATABASE,
        Health.BAD,
        "Cơ sở dữ liệu bị hỏng.",
        "Máy tự khôi phục khi không có khách; nếu vẫn vậy, xin tắt bật máy.",
    )


def examine_keys(data_dir: Path, warn_days: int, at: datetime) -> Finding:
    """See whether the station knows central, and whether central's keys are still those of these days."""
    try:
        keys = load_keys(data_dir / "keys")
    except KeysMissing:
        return Finding(
            Part.KEYS, Health.BAD, "Máy chưa được đăng ký với trung tâm.", "Xin chạy kiosk enrol với mã mời."
        )
    except BadKeyFile:
        return Finding(
            Part.KEYS, Health.BAD, "Tệp khoá của máy bị hỏng.", "Xin khôi phục bản sao lưu hoặc đăng ký lại."
        )
    if keys.key_set.is_older_than(warn_days, at):
        return Finding(
            Part.KEYS,
            Health.WATCH,
            "Bộ khoá số %(version)s của trung tâm đã cũ. Máy vẫn nhận tờ khai.",
            "Xin kết nối mạng để máy nhận bộ khoá mới.",
            values={"version": keys.key_set.version},
        )
    sealed = sealed_path(data_dir / "keys" / NAME).exists()
    return Finding(
        Part.KEYS,
        Health.GOOD,
        "Có bộ khoá số %(version)s của trung tâm; khoá của máy chỉ mở được trên máy này."
        if sealed
        else "Có bộ khoá số %(version)s của trung tâm; khoá của máy là tệp chỉ máy này đọc.",
        values={"version": keys.key_set.version},
    )
