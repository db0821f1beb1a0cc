"""What a watcher on the machine may read, and who may not."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from kiosk.rehearsal import CHILDREN, GUARDIAN
from kiosk.web.figures import Figures
from sync import link
from sync.durable import open_db
from sync.faults import LineFault, Unreachable
from tests.web.conftest import PHONE, Screen


def _figures(screen: Screen) -> dict[tuple[str, ...], float]:
    answer = screen.browser.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.get_data(as_text=True))
        for sample in family.samples
    }


def test_a_pledge_and_a_dead_line_are_seen_in_the_figures(screen: Screen) -> None:
    before = _figures(screen)
    assert before["kiosk_lamp", "green"] == 1.0
    screen.has_answered_everything()
    screen.sends("/pledge/", pledge="yes")
    after = _figures(screen)
    state = ("kiosk_declarations", "waiting")
    assert after[state] == before.get(state, 0) + 1
    assert (
        sum(number for key, number in after.items() if key[:2] == ("kiosk_answers_total", "pledge.make")) == 1
    )
    assert after["kiosk_answer_seconds_count",] > before["kiosk_answer_seconds_count",]
    with open_db(screen.station.db_path) as db:
        link.note(db, Unreachable(LineFault.CAPTIVE_PORTAL, ""), at=screen.station.now())
    assert _figures(screen)["kiosk_line_up", "captive-portal"] == 0.0


def test_no_figure_tells_of_a_person(screen: Screen) -> None:
    screen.answers_everything()
    told = screen.browser.get("/metrics").get_data(as_text=True)
    digits = PHONE.replace(" ", "")
    for secret in (GUARDIAN.full_name, CHILDREN[0].full_name, digits, screen.visit_id or "cookie"):
        assert secret not in told


def test_nobody_on_the_network_may_ask(screen: Screen) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert screen.browser.get("/metrics", environ_overrides=elsewhere).status_code == 404


def test_answers_are_counted_up_to_each_bound() -> None:
    figures = Figures()
    for seconds in (0.001, 0.05, 0.06, 99.0):
        figures.count(("start.show", "GET", "200"), seconds)
    up_to = dict(figures.up_to())
    assert (up_to["0.005"], up_to["0.05"], up_to["0.1"], up_to["5.0"], up_to["+Inf"]) == (1, 2, 3, 3, 4)
    assert figures.answers["start.show", "GET", "200"] == 4
