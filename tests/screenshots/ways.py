"""Where the album is carried: through every procedure, past every page of help, behind the officer's desk."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.walks import PROCEDURES
from tests.screenshots.album import SETTLE_MS, Album

BEFORE = (
    ("/guide/", "help"),
    ("/guide/number", "where-is-my-number"),
    ("/guide/questions", "questions"),
    ("/guide/agencies", "agencies"),
    ("/guide/card", "my-card"),
    ("/status/", "status-scan"),
    ("/settings", "settings"),
    ("/help", "call-staff"),
    ("/nowhere", "nowhere"),
)
"""Pages that need no visit."""


def walk_child(album: Album) -> None:
    """The way nearly everybody goes, with cards that can be read, to the answer of central."""
    album.chapter = "child"
    album.arrive()
    album.begin()
    album.show_guardian_card()
    album.show_child_card()
    album.sees("Số điện thoại")
    album.done()
    album.page.get_by_role("alert").first.wait_for()
    album.keep("phone-missing")
    album.page.get_by_label("Số di động").tap()
    album.give_contact()
    album.take_photographs()
    album.sees("kiểm tra lại")
    album.goes_to("/agency/?from=review", "agency")
    album.touch("Quay lại")
    album.review()
    album.pledge()
    album.page.get_by_text("Đã in biên nhận").wait_for()
    album.keep("receipt")
    code, pin = album.receipt()
    album.touch("Kết thúc")
    album.look_up(code, pin)
    album.page.get_by_text("Cơ quan BHXH đã nhận").first.wait_for()
    album.keep("status")


def walk_others(album: Album) -> None:
    """Each up to its review; with an old card and a passport everything is typed."""
    for chapter, walk in PROCEDURES.items():
        if chapter != "child":
            album.chapter = chapter
            walk(album)
    album.page.request.post(f"{album.url}/leave")


def look_around(album: Album) -> None:
    """Help and settings, and the first page as some need it."""
    album.chapter = ""
    for path, name in BEFORE:
        album.goes_to(path, name)
    for setting, value in (("contrast", "high"), ("size", "largest"), ("language", "en")):
        album.page.goto(f"{album.url}/?{setting}={value}")
        album.keep(f"start-{setting}-{value}")


def rehearse(album: Album) -> None:
    """As an officer learns the station: marked on every screen."""
    album.chapter = "officer"
    album.logs_in()
    album.sees("Bàn nhân viên")
    album.chapter = "rehearsal"
    album.goes_to("/officer/rehearsal/", "begin")
    album.page.get_by_role("button", name="Đăng ký tài khoản VssID cho con").tap()
    for answer in ("Đã có", "Đã có", "Tôi đồng ý"):
        album.page.wait_for_timeout(SETTLE_MS)
        album.page.get_by_role("button", name=answer).first.tap()
    album.sees("Đưa thẻ căn cước")
    album.touch("Kết thúc diễn tập")
    album.page.get_by_text("Đăng ký tài khoản VssID").first.wait_for()


def sit_at_the_desk(album: Album, usb: Path) -> None:
    """The officer's own pages, and the panel beside a visitor; the stick comes and goes."""
    album.chapter = "officer"
    album.logs_in()
    album.sees("Bàn nhân viên")
    for page in ("day", "officers", "adjustments"):
        album.goes_to(f"/officer/{page}/", page)
    album.page.goto(f"{album.url}/officer/usb/")
    album.page.get_by_text("Xin cắm USB vào máy").wait_for()
    album.keep("usb")
    usb.mkdir()
    album.page.locator("#stick-1").wait_for()
    album.keep("usb-found")
    usb.rmdir()
    album.chapter = "beside"
    album.arrive()
    album.begin()
    album.show_guardian_card()
