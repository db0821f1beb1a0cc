"""A station that nobody knows yet, against the real central."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from sync.central import invitations, stations
from sync.central.setup import load
from sync.durable import open_db
from sync.enrolment import WrongCentral, enrol
from sync.envelope import canonical, public_text
from sync.faults import LineFault, Refused, Unreachable
from sync.invitation import new_invitation, short_fingerprint
from sync.keys import KeysRefused, load_keys
from sync.line import open_line
from tests.central.test_wire import JSON
from tests.sync.samples import NOON, Clock, a_key
from tests.sync.test_line import PAGE, answering
from tests.sync.world import a_station, central_process

_ids = (f"E{number:03d}" for number in count(1))


@pytest.fixture
def station_id():
    return next(_ids)


def invited(central, station=None, *, hours=24.0):
    with open_db(central.folder.database) as db:
        key, lasts = load(central.data).public_key, timedelta(hours=hours)
        return invitations.invite(db, key, station, at=datetime.now(UTC), lasts=lasts)


def known(central, station):
    with open_db(central.folder.database) as db:
        return stations.find(db, station)


def test_a_station_with_a_code_is_let_in_and_both_sides_show_the_same(central, tmp_path, station_id):
    done = enrol(central.url, invited(central), station_id, tmp_path / "keys", Clock())
    keys = load_keys(tmp_path / "keys")
    assert keys.central == load(central.data).public_key
    assert keys.key_set.version == 1
    at_central = known(central, station_id)
    assert (
        done.fingerprint == short_fingerprint(at_central.key) == short_fingerprint(keys.device.public_key())
    )


def test_a_lost_answer_does_no_harm_and_nobody_else_uses_the_code(central, tmp_path, station_id):
    code = invited(central)
    for _ in range(2):
        enrol(central.url, code, station_id, tmp_path / "keys", Clock())
    with pytest.raises(Refused, match=r"^invitation-used"):
        enrol(central.url, code, next(_ids), tmp_path / "other", Clock())
    with pytest.raises(Refused, match=r"^station-known"):
        enrol(central.url, invited(central), station_id, tmp_path / "other", Clock())
    assert not (tmp_path / "other" / "central.pub").exists()


def test_a_code_may_name_its_station_and_ends(central, tmp_path, station_id):
    with pytest.raises(Refused, match=r"^invitation-of-other"):
        enrol(central.url, invited(central, station_id), next(_ids), tmp_path / "keys", Clock())
    with pytest.raises(Refused, match=r"^invitation-expired"):
        enrol(central.url, invited(central, hours=-1), station_id, tmp_path / "keys", Clock())
    guessed = new_invitation(load(central.data).public_key)
    with pytest.raises(Refused, match=r"^invitation-unknown"):
        enrol(central.url, guessed, station_id, tmp_path / "keys", Clock())
    with pytest.raises(Refused, match=r"^bad-enrolment"):
        enrol(central.url, invited(central), "no id", tmp_path / "keys", Clock())
    enrol(central.url, invited(central, station_id), station_id, tmp_path / "keys", Clock())


def test_a_revoked_station_does_not_come_back_by_a_new_code(central, tmp_path, station_id):
    enrol(central.url, invited(central), station_id, tmp_path / "keys", Clock())
    with open_db(central.folder.database) as db:
        stations.revoke(db, station_id)
    with pytest.raises(Unreachable) as caught:
        enrol(central.url, invited(central), station_id, tmp_path / "keys", Clock())
    assert caught.value.fault is LineFault.REVOKED


def test_the_secret_is_said_only_to_the_central_that_made_it(central, tmp_path, station_id):
    code = invited(central)
    a_station(tmp_path / "x", tmp_path / "impostor")
    with central_process(tmp_path / "impostor") as impostor, pytest.raises(WrongCentral):
        enrol(impostor.url, code, station_id, tmp_path / "keys", Clock())
    with answering(PAGE) as url, pytest.raises(Unreachable) as caught:
        enrol(url, code, station_id, tmp_path / "keys", Clock())
    assert caught.value.fault is LineFault.CAPTIVE_PORTAL
    assert not (tmp_path / "keys").exists()


def test_a_station_of_one_central_does_not_change_to_another(central, tmp_path):
    ours = a_station(tmp_path / "station", tmp_path / "first")
    with pytest.raises(KeysRefused):
        enrol(central.url, invited(central), next(_ids), ours.folder / "keys", Clock())


def test_who_enrols_must_have_the_private_half(central, tmp_path, station_id):
    ours = a_station(tmp_path / "station", tmp_path / "first").credentials()
    ours.central = load(central.data).public_key
    stolen = public_text(a_key().public_key())
    wish = {"code": invited(central).secret, "station": station_id, "public_key": stolen}
    line = open_line(central.url, 5.0, ours)
    with pytest.raises(Unreachable) as caught:
        line.ask("POST", "/v1/stations", content=canonical(wish), headers=JSON, expect={201})
    line.close()
    assert caught.value.fault is LineFault.NOT_ENROLLED


def test_a_code_is_kept_only_as_its_hash(tmp_path):
    a_station(tmp_path / "station", tmp_path / "central")
    with open_db(tmp_path / "central" / "central.db") as db:
        made = invitations.invite(db, a_key().public_key(), None, at=NOON, lasts=timedelta(hours=1))
    assert made.secret.encode() not in (tmp_path / "central" / "central.db").read_bytes()
