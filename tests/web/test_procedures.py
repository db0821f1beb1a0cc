"""Every procedure, question by question: what the profile asks is asked, sealed and printed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from hardware.protocols import Paragraph
from kiosk.actions.compose_paper import compose_paper
from kiosk.actions.compose_slip import deadline_words
from kiosk.actions.draw_form import draw_form
from kiosk.actions.print_receipt import reprint
from kiosk.clock import ClockJudge
from kiosk.domain.capture import Capture
from kiosk.domain.declaration import Declaration, Pledge
from kiosk.domain.fields import FieldKind
from kiosk.domain.procedures import Page
from kiosk.domain.steps import Step
from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.spooler import PrintOrder, Spooler
from kiosk.visits import Visit
from tests.forms import words_on
from tests.stations import NOON, a_photograph
from tests.web.conftest import PHONE, Screen

ADULT = ("adult-registration", "change-details", "correct-identity", "stop-using")
TYPED = {
    FieldKind.NAME: "Lê Văn Mẫu",
    FieldKind.TEXT: "Công ty Mẫu 24/7",
    FieldKind.DATE: "01/12/2099",
    FieldKind.PHONE: "0987 654 321",
    FieldKind.EMAIL: "mau@vidu.vn",
    FieldKind.NUMBER: "7900 000 017",
}
CODES = {"old-id-number": "024 681 357", "passport-number": "b1234567", "old-card-number": "024681357"}
PAST = {"birth-date": "05/09/1985", "old-birth-date": "15/06/1989", "certificate-from": "01/02/2026"}


def visit_of(screen: Screen) -> Visit:
    visit = screen.station.visits.get(screen.visit_id)
    assert visit is not None
    return visit


def begin(screen: Screen, procedure: str) -> Visit:
    """Up to the first question of the profile."""
    screen.sends("/start", procedure=procedure)
    if procedure == "child-through-guardian":
        screen.sends("/check/account", answer="yes")
    else:
        assert "mang theo" in screen.sees("/check/bring").text
        screen.sends("/check/bring")
    if procedure.startswith("child"):
        screen.sends("/check/card", answer="yes")
    screen.sends("/consent/", answer="yes")
    return visit_of(screen)


def answer_all(screen: Screen, choices: dict[str, str]) -> None:
    """Answer page after page in the order of the profile, from the first question after the consent."""
    visit, asked = visit_of(screen), {"check.bring", "check.account", "check.card", "consent.show"}
    while page := next((each for each in visit.draft.route() if each.name not in asked), None):
        asked.add(page.name)
        if page.step in (Step.REVIEW, Step.PLEDGE, Step.RECEIPT):
            break
        answer_one(screen, visit, page, choices)
    assert visit.draft.unanswered() == ()


def answer_one(screen: Screen, visit: Visit, page: Page, choices: dict[str, str]) -> None:
    if page.field:
        field = page.field
        typed = choices.get(field.id) or CODES.get(field.id) or PAST.get(field.id) or TYPED.get(field.kind)
        answer = typed or field.choices[0].id
        asked = screen.sees(f"/ask/{field.id}")
        assert field.question.vi in asked.text
        screen.sends(f"/ask/{field.id}", answer=answer)
    elif page.capture:
        capture = Capture(page.capture, a_photograph(3), 160, 120, NOON)
        visit.draft = visit.draft.with_capture(capture)
    elif page.name in ("guardian.show", "child.show"):
        path = f"/{page.step}/"
        screen.sees(path)
        screen.sends(f"{path}look", pressed="1")
        screen.sends(path)
    elif page.name == "contact.address" and visit.draft.guardian is None:
        screen.sends("/place/street/27448", street="12/3 Đường Số 1")
    else:
        path, sent = _FIXED[page.name]
        screen.sends(path, **sent)


_FIXED = {
    "contact.phone": ("/contact/phone", {"phone": PHONE}),
    "contact.relationship": ("/contact/relationship", {"relationship": "grandmother"}),
    "contact.address": ("/contact/address", {"commune": "27448"}),
    "agency.show": ("/agency/", {"agency": "07918"}),
}


CASES = {
    "child-directly": [{}, {"identity-paper": "passport"}],
    "adult-registration": [{}, {"identity-paper": "passport", "certificate": "have", "via": "ivan"}],
    "change-details": [{"change": each} for each in ("phone-and-e-mail", "certificate")],
    "correct-identity": [{"correct": each} for each in ("name", "several")],
    "stop-using": [{"stop-day": "later", "stop-reason": "other", "identity-paper": "old-id-card"}],
}


@pytest.mark.parametrize(
    ("procedure", "choices"), [(name, each) for name, all_ in CASES.items() for each in all_]
)
def test_every_way_through_a_procedure_ends_with_its_receipt(
    screen: Screen, procedure: str, choices: dict[str, str]
) -> None:
    visit = begin(screen, procedure)
    answer_all(screen, choices)
    review = screen.sees("/review/")
    assert review.request.path == "/review/"
    assert GUARDIAN.personal_id.digits not in review.text, "numbers are masked"
    assert screen.sees("/paper/").text.count('<img src="/paper/') >= 1
    receipt = screen.sends("/pledge/")
    assert receipt.request.path == "/receipt/"
    assert visit.draft.procedure.saved.vi in receipt.text
    assert ("10 ngày kể từ hôm nay" in receipt.text) is (visit.draft.procedure.appear_within_days == 10)
    assert ("Khai cho con khác" in receipt.text) is procedure.startswith("child")
    code = visit.given.qr.code.shown() if visit.given else ""
    assert code in words_on(draw_form(screen.station, visit).pdf)


def test_the_form_of_an_adult_says_what_was_answered(screen: Screen) -> None:
    visit = begin(screen, "adult-registration")
    answer_all(
        screen, {"certificate": "have", "via": "ivan", "start-day": "later", "contact-person": "other"}
    )
    assert len(draw_form(screen.station, visit).pages) == 1
    text = words_on(draw_form(screen.station, visit).pdf)
    for words in (
        "Mẫu số 01",
        "Tên cơ quan/tổ chức/cá nhân: Trần Thị Bình",
        "Mã số bảo hiểm xã hội: 7900000017",
        "Số CMND/HC/CC: 079189000123",
        "Người liên hệ: Lê Văn Mẫu",
        "Địa chỉ thư điện tử: mau@vidu.vn",
        "Điện thoại di động: 0912 345 678",
        "Từ ngày 01/02/2026 đến ngày 01/12/2099",
        "từ ngày 01/12/2099",
        "Tên tổ chức I-VAN (nếu giao dịch qua tổ chức I-VAN): Công ty Mẫu 24/7",
        "Địa chỉ liên hệ: 12/3 Đường Số 1, Phường Bình Trị Đông, Thành phố Hồ Chí Minh",
        "Đồng ý xử lý dữ liệu: bản v1",
        "BHXH quận Bình Tân (07918)",
    ):
        assert words in text, words


def test_the_form_of_a_child_is_marked_as_provisional(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    text = words_on(draw_form(screen.station, visit).pdf)
    assert "Bố cục tạm" in text
    assert CHILDREN[0].full_name in text
    assert "Số CMND/HC/CC của người giám hộ: 079189000123" in text


def test_what_is_sealed_holds_every_answer_and_the_form(screen: Screen) -> None:
    visit = begin(screen, "stop-using")
    answer_all(screen, {"stop-reason": "other"})
    paper = compose_paper(screen.station, visit.draft, NOON, "0042-0001-X")
    answers = Declaration(visit.draft, Pledge("v0", "vi", NOON)).answers(paper)
    assert json.loads(json.dumps(answers)) == answers
    assert answers["procedure"] == "stop-using"
    assert answers["consent"]["version"] == "v1"
    assert answers["holder"]["personal_id"] == GUARDIAN.personal_id.digits
    assert answers["answers"]["stop-reason-other"] == "Công ty Mẫu 24/7"
    assert answers["contact"]["commune"] == "27448"
    assert answers["contact"]["address_printed"] == GUARDIAN.address
    assert {each["kind"] for each in answers["captures"]} == {"id-front", "id-back"}
    assert ["- Lý do ngừng", "Công ty Mẫu 24/7"] in answers["paper"]["sections"][2]["lines"]


def test_another_answer_drops_what_hung_on_the_first(screen: Screen) -> None:
    visit = begin(screen, "adult-registration")
    answer_all(screen, {})
    assert visit.draft.guardian is not None
    asked = screen.sends("/ask/identity-paper?from=review", answer="passport")
    assert asked.request.path == "/ask/full-name", "what is now missing is asked, not forgotten"
    assert visit.draft.guardian is None
    assert {each.kind.value for each in visit.draft.captures} == {"adult-portrait"}
    answer_all(screen, {})
    assert screen.sees("/review/").request.path == "/review/"


def test_a_number_or_a_scanned_card_must_say_who_it_is(screen: Screen) -> None:
    begin(screen, "stop-using")
    screen.sends("/ask/identity-paper", answer="passport")
    screen.sends("/ask/full-name", answer="Lê Văn Mẫu")
    screen.sends("/ask/birth-date", answer="05/09/1985")
    screen.sends("/ask/passport-number", answer="B1234567")
    assert "Bỏ qua" not in screen.sees("/ask/bhxh-number").text
    assert screen.sends("/ask/bhxh-number", **{"pass": "1"}).status_code == 422
    screen.sends("/ask/identity-paper", answer="citizen-card")
    screen.sees("/guardian/")
    screen.sends("/guardian/look", pressed="1")
    screen.sends("/guardian/")
    assert "Bỏ qua" in screen.sees("/ask/bhxh-number").text
    assert screen.sends("/ask/bhxh-number", **{"pass": "1"}).request.path == "/ask/stop-day"


def test_of_a_number_that_was_passed_over_the_review_says_so(screen: Screen) -> None:
    begin(screen, "child-directly")
    answer_all(screen, {})
    screen.sends("/ask/guardian-bhxh-number?from=review", **{"pass": "1"})
    assert "<dd>không có</dd>" in screen.sees("/review/").text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("full-name", "Mẫu 2"),
        ("birth-date", "31/02/1985"),
        ("birth-date", "05/09/2199"),
        ("passport-number", "12345678"),
        ("bhxh-number", "123"),
        ("bhxh-number", "GD479ABC1234567"),
        ("bhxh-number", ""),
    ],
)
def test_a_wrong_answer_is_told_its_own_rule_and_kept_in_the_field(
    screen: Screen, field: str, wrong: str
) -> None:
    visit = begin(screen, "stop-using")
    screen.sends("/ask/identity-paper", answer="passport")
    while (page := visit.draft.unanswered()[0]).name != f"ask/{field}":
        answer_one(screen, visit, page, {"identity-paper": "passport"})
    refused = screen.sends(f"/ask/{field}", answer=wrong)
    assert refused.status_code == 422
    assert page.field
    assert page.field.rule.vi in refused.text
    assert f'value="{wrong}"' in refused.text


def test_a_page_the_answers_do_not_lead_through_is_not_shown(screen: Screen) -> None:
    begin(screen, "stop-using")
    assert screen.sees("/ask/stop-reason").request.path == "/ask/identity-paper"
    assert screen.sees("/ask/e-mail").request.path == "/ask/identity-paper"
    assert screen.sees("/child/").request.path == "/ask/identity-paper"
    assert screen.sees("/ask/nothing").request.path == "/ask/identity-paper"


def test_a_deadline_is_a_date_only_where_the_clock_is_verified(screen: Screen) -> None:
    procedure = screen.station.procedures.find("child-directly")
    assert procedure is not None
    soon = deadline_words(screen.station, procedure, NOON)
    assert soon is not None
    assert "trong 10 ngày kể từ hôm nay" in soon.vi
    kept = ClockJudge(is_kept=True, now=lambda: NOON, tick=lambda: 0.0)
    dated = deadline_words(replace(screen.station, clock=kept), procedure, NOON)
    assert dated is not None
    assert "chậm nhất ngày 02/12/2026" in dated.vi
    assert deadline_words(screen.station, screen.station.procedures.first, NOON) is None


def test_a_slip_printed_anew_says_today_to_nobody(screen: Screen) -> None:
    """The clock was not verified at the pledge, so there is no date; and "today" was another day."""
    visit = begin(screen, "child-directly")
    answer_all(screen, {})
    screen.sends("/pledge/")
    assert visit.given is not None
    screen.waits_for_paper(visit.given.uuid)
    orders: list[PrintOrder] = []
    spooler = Spooler(orders.append)
    spooler.start()
    kept = ClockJudge(is_kept=True, now=lambda: NOON, tick=lambda: 0.0)  # by now it is verified
    reprint(replace(screen.station, spooler=spooler, clock=kept), visit.given.qr.code.text)
    spooler.stop()
    told = [each.text for each in orders[0].slip.blocks if isinstance(each, Paragraph)]
    assert "Xin mang giấy tờ gốc đến BHXH trong 10 ngày kể từ ngày kê khai." in told


def test_without_an_account_three_ways_are_offered(screen: Screen) -> None:
    screen.sends("/start")
    page = screen.sends("/check/account", answer="no").text
    for way in ("Đăng ký cho người lớn", "Nhờ người giám hộ khác", "Đăng ký trực tiếp cho con"):
        assert way in page
    assert screen.sends("/start", procedure="adult-registration").request.path == "/check/bring"
    assert visit_of(screen).draft.procedure.id == "adult-registration"


def test_the_start_page_offers_the_others_and_refuses_what_is_not_offered(screen: Screen) -> None:
    page = screen.sees("/").text
    for procedure in ("child-directly", *ADULT):
        assert f'value="{procedure}"' in page
    assert screen.sends("/start", procedure="no-such").status_code == 422


def test_an_agency_is_found_by_code_and_by_name_without_marks(screen: Screen) -> None:
    screen.has_answered_everything()
    for typed in ("07918", "binh tan", "BÌNH TÂN"):
        assert "07918" in screen.sends("/agency/search", name=typed).text
    nothing = screen.sends("/agency/search", name="xyz")
    assert nothing.status_code == 422
    assert 'value="xyz"' in nothing.text


def test_an_address_of_today_is_chosen_step_by_step(screen: Screen) -> None:
    visit = screen.has_answered_everything()
    assert "Trên thẻ" in screen.sees("/contact/address").text
    assert "Thành phố Huế" in screen.sees("/place/").text
    assert "/place/79" in screen.sends("/place/search", name="ho chi minh").text
    assert "Phường Bình Trị Đông" in screen.sends("/place/79/search", name="binh tri").text
    assert screen.sends("/place/79/search", name="xyz").status_code == 422
    screen.sends("/place/street/27448", street="Hẻm 5 Đường Mẫu")
    address = visit.draft.contact.address
    assert address is not None
    assert address.shown() == "Hẻm 5 Đường Mẫu, Phường Bình Trị Đông, Thành phố Hồ Chí Minh"
    assert address.printed == GUARDIAN.address, "what the card prints is kept"
    assert screen.sees("/place/street/99999").status_code == 422
